"""Documents are looked at some at a time, their lines column by column: what stands beside a line changes nothing in it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fatturakit.findings import Finding
from fatturakit.saft import documents
from fatturakit.saft.generating import generated
from fatturakit.saft.usual import UsualDocuments

from .ledgers import OCTOBER, complaints, content, document, ledger, line, made
from .test_usual import longer

TAXES: list[dict[str, str]] = [
    {"tax_rate": "23"}, {"tax_rate": "0", "exemption_code": "M07"}, {"tax_rate": "6"},
    {"tax_rate": "", "tax_type": "IS", "tax_code": "ISE", "tax_amount": "2"},
]  # fmt: skip
ODD: list[dict[str, Any]] = [
    {"amount": "0"}, {"side": "D"}, {"discount": "1"}, {"qty": ""}, {"qty": " 2 "}, {"qty": "x"}, {"line_no": "7"},
    {"unit_price": "-1"}, {"uom": "KG"}, {"product": "NEW"}, {"description": "100%s {x} <&>"}, {"qty": "0.0000001"},
]  # fmt: skip


@st.composite
def lines(draw: st.DrawFn) -> dict[str, Any]:
    """Mostly usual lines of few products and rates."""
    numbers = {"qty": draw(st.sampled_from(["1", "2.50", "0"])), "unit_price": draw(st.sampled_from(["10", "0.005"]))}
    odd = draw(st.sampled_from([{}] * 30 + ODD))
    return (
        line(product=draw(st.sampled_from(["P1", "P2"]))) | draw(st.sampled_from(TAXES[:3] * 3 + TAXES)) | numbers | odd
    )


@st.composite
def ledgers(draw: st.DrawFn) -> dict[str, Any]:
    """Some days of documents of a few series, numbered with zeros in front or not."""
    counts: dict[str, int] = {}
    docs = []
    width = draw(st.sampled_from([1, 5]))
    for day in range(10, 12):
        for series in draw(st.lists(st.sampled_from(["FT A", "FT A", "FT B", "NC A", "OR A", "GT A"]), max_size=12)):
            counts[series] = counts.get(series, 0) + 1
            more = {"movement_start": f"2026-10-{day}T10:00:00"} if series == "GT A" else {}
            more |= draw(st.sampled_from([{}, {}, {}, {"status": "A", "reason": "x"}, {"customer": ""}]))
            rows = draw(st.lists(lines(), min_size=1, max_size=5))
            number = f"{series}/{counts[series]:0{width}}"
            docs.append(document(number, *rows, date=f"2026-10-{day}", **more))
    return ledger(*docs)


def contents(source: dict[str, Any]) -> tuple[bytes, tuple[Finding, ...]]:
    with generated(source, options=OCTOBER._replace(force=True)) as result:
        return content(result), result.findings


def company_changes_nothing(source: dict[str, Any], block: int) -> None:
    """The same bytes and findings however many documents are looked at together, and by the long way."""
    expected = contents(source)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(documents, "_BLOCK", block)
        assert contents(source) == expected
        patch.setattr(UsualDocuments, "take", lambda *_: False)
        assert contents(source) == expected


@given(ledgers(), st.sampled_from([1, 3]))
@settings(max_examples=8, deadline=None)
def test_company(source: dict[str, Any], block: int) -> None:
    company_changes_nothing(source, block)


@pytest.mark.slow
@given(ledgers(), st.sampled_from([1, 2, 5, 64]))
@settings(max_examples=300, deadline=None)
def test_much_company(source: dict[str, Any], block: int) -> None:
    company_changes_nothing(source, block)


def test_rates_side_by_side() -> None:
    """Tax is taken of every line at its own rate, zero too, also once the lines are well known."""
    rows = [line(unit_price=price) | tax for price, tax in zip(("10", "20", "40"), TAXES, strict=False)]
    docs = [document(f"FT A/{place}", *rows[: place % 3 + 1]) for place in range(1, 10)]
    found = [Decimal(node.text or "") for node in made(ledger(*docs)).iter("TaxPayable")]
    assert found == [Decimal("2.30"), Decimal("4.70"), Decimal("2.30")] * 3


def test_more_lines_than_usual() -> None:
    """A document of a thousand lines between short ones."""
    docs = [document(f"FT A/{place}", *[line()] * count) for place, count in enumerate((1, 2, 1_001, 3), 1)]
    with generated(ledger(*docs), options=OCTOBER) as short, generated(longer(ledger(*docs)), options=OCTOBER) as long:
        assert content(short) == content(long)


def test_a_series_whose_numbers_grow_too_long() -> None:
    """Sixty characters are allowed, and the number after such a one has one more."""
    name = "FT " + "A" * 55
    docs = [document(f"{name}/{place}") for place in range(7, 11)]
    assert [len(doc["number"]) for doc in docs] == [60, 60, 60, 61]
    assert complaints(ledger(*docs)) == [("SL011", "number")]


@pytest.mark.parametrize("numbers", [("1", "2", "4"), ("1", "2", "2"), ("1", "02", "x")])
def test_a_number_that_does_not_follow(numbers: tuple[str, ...]) -> None:
    docs = [document(f"FT A/{number}") for number in numbers]
    assert {code for code, _ in complaints(ledger(*docs))} & {"SL011", "SL007"}
