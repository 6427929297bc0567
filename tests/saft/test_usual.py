"""Usual documents and lines are written by a shorter way: it leads to the same bytes and the same findings."""

from __future__ import annotations

from copy import deepcopy
from decimal import Context, Decimal, Inexact, localcontext
from typing import Any

import pytest
from hypothesis import given, settings

from fatturakit.money import exactly, times
from fatturakit.saft.generating import generated

from .ledgers import OCTOBER, complaints, content, document, ledger, line
from .test_generating_model import ledgers


def longer(source: dict[str, Any]) -> dict[str, Any]:
    """The same ledger, with what goes without saying said: no document and no line is a usual one any more."""
    found = deepcopy(source)
    for doc in found["documents"]:
        doc["status_date"] = doc.get("status_date", doc["system_entry"]) + ".0"
        for row in doc["lines"]:
            worth = times(Decimal(row["qty"] or 1), Decimal(row["unit_price"]))
            row |= {"amount": f"{worth:f}"} if worth else {"line_no": ""}
    return found


@given(ledgers())
@settings(max_examples=25, deadline=None)
def test_both_ways_lead_to_the_same_file(source: dict[str, Any]) -> None:
    with generated(source, options=OCTOBER) as short, generated(longer(source), options=OCTOBER) as long:
        assert content(short) == content(long)
        assert [row.code for row in short.findings] == [row.code for row in long.findings]


def test_text_that_looks_like_a_template() -> None:
    rows = [line(description="100%s %(a)s {x} {{}} 5%"), line(description="<&>\x85.")]
    source = ledger(document("FT A/1", *rows, customer="C1"))
    with generated(source, options=OCTOBER) as result:
        data = content(result)
    assert b"<Description>100%s %(a)s {x} {{}} 5%</Description>" in data
    assert b"<Description>&lt;&amp;&gt;&#133;.</Description>" in data


def test_what_one_document_says_is_not_said_of_the_next() -> None:
    """The short way is found with documents that have something of their own before, between and after."""
    ship = {"ship_to_address": "Rua Três", "ship_to_city": "Faro", "ship_to_postal_code": "8000-001"}
    own = [ship, {}, {}, {"reason": "x"}, {"status_date": "2026-10-10T12:00:00"}, ship, {"customer": ""}, {}]
    lines = [line(), line(qty="2"), line(discount="1"), line(qty=""), line(unit_price="0.0000001")]
    docs = [document(f"FT A/{place}", *lines[: place % 5 + 1], **more) for place, more in enumerate(own, 1)]
    source = ledger(*docs)
    with generated(source, options=OCTOBER) as short, generated(longer(source), options=OCTOBER) as long:
        assert content(short) == content(long)
        assert content(short).count(b"<ShipTo>") == 2


def test_a_validation_code_with_signs_of_xml() -> None:
    codes = [{"series": "FT A", "validation_code": "AB<&>123"}]
    with generated(ledger(document("FT A/1"), document("FT A/2"), series=codes), options=OCTOBER) as result:
        assert content(result).count(b"<ATCUD>AB&lt;&amp;&gt;123-") == 2


def test_what_is_wrong_is_said_for_every_line() -> None:
    rows = [line(qty="x"), line(), line(qty="x"), line(unit_price="-1"), line(line_no="a")]
    assert complaints(ledger(document("FT A/1", *rows))) == [
        ("SL004", "qty"),
        ("SL004", "qty"),
        ("SL009", "unit_price"),
        ("SL004", "line_no"),
    ]


def test_a_rate_that_is_none_is_one_mistake() -> None:
    assert complaints(ledger(document("FT A/1", line(tax_rate="23%")))) == [("SL010", "tax_rate")]


@pytest.mark.parametrize("field", ["qty", "unit_price"])
def test_a_number_too_long_to_be_one(field: str) -> None:
    assert complaints(ledger(document("FT A/1", line(**{field: "9" * 30 + "." + "9" * 20})))) == [("SL004", field)]


def test_a_document_number_of_thousands_of_digits() -> None:
    shuffled = [document("FT A/2"), document(f"FT A/{'9' * 5000}"), document("FT A/1")]
    assert ("SL011", "number") in complaints(ledger(*shuffled))


def test_a_ledger_that_calculates_while_it_is_read() -> None:
    """What makes the rows keeps its own arithmetic: a third is no error there."""

    def documents() -> Any:
        for place in range(1, 200):
            price = round(Decimal(place) / 3, 6)
            yield document(f"FT A/{place}", line(unit_price=price))

    with generated(ledger() | {"documents": documents}, options=OCTOBER) as result:
        assert result.files[0].documents == 199


def test_the_callers_arithmetic_changes_nothing() -> None:
    source = ledger(document("FT A/1", line(qty="3.333333", unit_price="123456789.123456")))
    with generated(source, options=OCTOBER) as result:
        expected = content(result)
    with localcontext(Context(prec=3, traps=[Inexact])), generated(source, options=OCTOBER) as result:
        assert content(result) == expected
    with exactly():
        assert Decimal("1.000000000000000000000000000001") + 1 == Decimal("2.000000000000000000000000000001")
