"""Receipts before they are sent: one row a rule, by code and by the place it points at."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fatturakit.clock import rome
from fatturakit.money import cents, spell
from fatturakit.receipts import Context, validate, validate_return, validate_void
from fatturakit.receipts.catalogue import ROWS
from fatturakit.receipts.context import transmitted

from ..cli.run import fatturakit
from ..shared import ROOT

NOON = Context(at=datetime(2026, 11, 20, 11, 0, tzinfo=UTC))
ITEM = {"quantity": 2, "description": "Caffè", "unit_price": 1.10, "vat_rate_code": "10"}
RECEIPT = {"fiscal_id": "07654320071", "items": [ITEM], "cash_payment_amount": 2.20}


def receipt(**changes: Any) -> dict[str, Any]:
    data = deepcopy(RECEIPT) | changes
    return {name: value for name, value in data.items() if value is not ...}


def item(**changes: Any) -> dict[str, Any]:
    return {name: value for name, value in (ITEM | changes).items() if value is not ...}


def codes(data: Any, context: Context = NOON) -> list[tuple[str, str | None]]:
    return [(found.code, found.path) for found in validate(data, context).findings]


ELECTRONIC = {"cash_payment_amount": 0, "electronic_payment_amount": 2.20}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (receipt(), []),
        (receipt(**ELECTRONIC), []),
        (receipt(tags=["bar"], linked_receipt="x"), []),
        (receipt(fiscal_id=...), [("SR001", "/fiscal_id")]),
        (receipt(cash_payment_amount=...), [("SR001", "/cash_payment_amount"), ("SR020", "/cash_payment_amount")]),
        (receipt(cash_payment_amount=None, electronic_payment_amount=2.2), [("SR001", "/cash_payment_amount")]),
        (receipt(cash_payment_amount="2.20"), [("SR002", "/cash_payment_amount")]),
        (receipt(cash_payment_amount=True), [("SR002", "/cash_payment_amount")]),
        (receipt(items=[item(quantity="due")]), [("SR002", "/items/0/quantity")]),
        (receipt(items={}), [("SR002", "/items"), ("SR012", "/items")]),
        (receipt(items=[3]), [("SR002", "/items/0")]),
        ([], [("SR002", "")]),
        (receipt(cash_payment=1), [("SR003", "/cash_payment")]),
        (receipt(cash_payment_amount=2.205), [("SR005", "/cash_payment_amount"), ("SR021", "/cash_payment_amount")]),
        (receipt(items=[item(unit_price=Decimal("1.10000000"))]), []),
        (receipt(items=[item(unit_price=Decimal("1.100000001"))]), [("SR005", "/items/0/unit_price")]),
        (receipt(items=[item(quantity=0)]), [("SR006", "/items/0/quantity"), ("SR021", "/cash_payment_amount")]),
        (receipt(discount=-1), [("SR006", "/discount"), ("SR020", "/cash_payment_amount")]),
        (receipt(items=[item(description=" ")]), [("SR007", "/items/0/description")]),
        (receipt(items=[item(description="x" * 1001)]), [("SR007", "/items/0/description")]),
        (receipt(tags=["x"] * 11), [("SR007", "/tags")]),
        (receipt(fiscal_id="IT07654320071"), [("SR010", "/fiscal_id")]),
        (receipt(fiscal_id="07654320072"), [("SR011", "/fiscal_id")]),
        (receipt(items=[]), [("SR012", "/items")]),
        (receipt(items=[item(vat_rate_code="21")]), [("SR013", "/items/0/vat_rate_code")]),
        (receipt(items=[item(vat_rate_code="N7")]), [("SR013", "/items/0/vat_rate_code")]),
        (receipt(items=[item(vat_rate_code=22)]), [("SR002", "/items/0/vat_rate_code")]),
        (receipt(items=[ITEM, item(discount=0.1, complimentary=True)]), [("SR014", "/items/1/discount")]),
        (receipt(items=[ITEM, item(complimentary=True)]), []),
        (receipt(items=[item(discount=0.2)], cash_payment_amount=2), []),
        (receipt(items=[ITEM, item(discount=2.21)], cash_payment_amount=2.19), [("SR015", "/items/1/discount")]),
        (receipt(discount=2.21, cash_payment_amount=0), [("SR016", "/discount")]),
        (receipt(discount=0.2, cash_payment_amount=2), []),
        (receipt(cash_payment_amount=2.19), [("SR020", "/cash_payment_amount")]),
        (receipt(cash_payment_amount=2.21), [("SR021", "/cash_payment_amount")]),
        (receipt(items=[item(quantity=1.5, unit_price=0.333)], cash_payment_amount=0.5), []),
        (receipt(cash_payment_amount=0, ticket_restaurant_payment_amount=2.2, ticket_restaurant_quantity=1), []),
        (
            receipt(cash_payment_amount=0, ticket_restaurant_payment_amount=2.2),
            [("SR022", "/ticket_restaurant_quantity")],
        ),
        (receipt(ticket_restaurant_quantity=1), [("SR022", "/ticket_restaurant_payment_amount")]),
        (
            receipt(ticket_restaurant_quantity=1.5),
            [("SR002", "/ticket_restaurant_quantity"), ("SR022", "/ticket_restaurant_payment_amount")],
        ),
        (receipt(cash_payment_amount=0, goods_uncollected_amount=2.2), [("SR023", "/goods_uncollected_amount")]),
        (receipt(cash_payment_amount=0, services_uncollected_amount=2.2, invoice_issuing=True), []),
        (receipt(invoice_issuing=True), [("SR024", "/invoice_issuing")]),
        (receipt(**ELECTRONIC, lottery_code="Ab12Cd34"), []),
        (receipt(**ELECTRONIC, lottery_code="ABC1234"), [("SR030", "/lottery_code")]),
        (receipt(**ELECTRONIC, lottery_code="ABC1234à"), [("SR030", "/lottery_code")]),
        (receipt(**ELECTRONIC, lottery_code="ABCD1234\n"), [("SR030", "/lottery_code")]),
        (
            receipt(
                items=[item(quantity=1, unit_price=0.99)],
                cash_payment_amount=0,
                electronic_payment_amount=0.99,
                lottery_code="ABCD1234",
            ),
            [("SR031", "/lottery_code")],
        ),
        (
            receipt(
                items=[item(quantity=1, unit_price=1)],
                cash_payment_amount=0,
                electronic_payment_amount=1,
                lottery_code="ABCD1234",
            ),
            [],
        ),
        (receipt(lottery_code="ABCD1234"), [("SR032", "/lottery_code")]),
        (
            receipt(cash_payment_amount=0.01, electronic_payment_amount=2.19, lottery_code="ABCD1234"),
            [("SR032", "/lottery_code")],
        ),
    ],
)
def test_every_rule(data: Any, expected: list[tuple[str, str]]) -> None:
    assert codes(data) == expected


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("2026-11-20T22:54:59+00:00", None),
        ("2026-11-20T22:55:00+00:00", "SR040"),
        ("2026-11-20T22:59:59+00:00", "SR040"),
        ("2026-11-20T23:00:00+00:00", None),
        ("2026-07-20T21:55:00+00:00", "SR040"),
        ("2026-07-20T22:55:00+00:00", None),
    ],
)
def test_the_last_minutes_of_the_day_in_rome(at: str, code: str | None) -> None:
    found = codes(receipt(), Context(at=datetime.fromisoformat(at)))
    assert [row[0] for row in found] == ([code] if code else [])


def test_a_receipt_of_the_last_minutes_leaves_tomorrow() -> None:
    late = datetime(2026, 11, 20, 23, 57, tzinfo=rome())
    assert transmitted(late).date() == date(2026, 11, 21)
    assert transmitted(NOON.at) == NOON.at


@pytest.mark.parametrize(("days", "code"), [(0, None), (79, None), (80, "SR042"), (90, "SR042"), (91, "SR041")])
def test_credentials_last_ninety_days(days: int, code: str | None) -> None:
    since = NOON.at.date() - timedelta(days=days)
    found = codes(receipt(), Context(at=NOON.at, credentials_since=since))
    assert [row[0] for row in found] == ([code] if code else [])


def test_a_configuration_must_allow_receipts() -> None:
    assert codes(receipt(), Context(at=NOON.at, enabled=False)) == [("SR043", "/fiscal_id")]


SENT = {
    "id": "0123456789abcdef01234567",
    "status": "ready",
    "type": "sale",
    "created_at": "2026-11-20T11:00:00+00:00",
    "items": [{"id": "7", "quantity": 3, "return": 1}, {"id": "8", "quantity": 1.5}],
}


@pytest.mark.parametrize(
    ("change", "hours", "code"),
    [
        ({}, 24, None),
        ({}, 24.01, "SR050"),
        ({"status": "submitted"}, 1, None),
        ({"status": "new"}, 1, "SR051"),
        ({"status": "voided"}, 1, "SR051"),
        ({"type": "return"}, 1, "SR051"),
        ({"created_at": None}, 1, "SR054"),
        ({"create_timestamp": 1795172400, "created_at": None}, 24, None),
    ],
)
def test_voiding_takes_a_day(change: dict[str, Any], hours: float, code: str | None) -> None:
    late = Context(at=datetime(2026, 11, 20, 11, 0, tzinfo=UTC) + timedelta(hours=hours))
    for wrapped in (SENT | change, {"data": SENT | change}, {"data": {"data": SENT | change, "custom": None}}):
        report = validate_void(wrapped, late)
        assert [found.code for found in report.findings] == ([code] if code else [])


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([{"id": "7", "quantity": 2}], []),
        ([{"id": "7", "quantity": 2.01}], [("SR053", "/items/0/quantity")]),
        ([{"id": "7", "quantity": 1}, {"id": "7", "quantity": 1.5}], [("SR053", "/items/1/quantity")]),
        ([{"id": "8", "quantity": 1.5}, {"id": "7", "quantity": 1}], []),
        ([{"id": "9", "quantity": 1}], [("SR052", "/items/0/id")]),
        ([{"id": "7"}], [("SR001", "/items/0/quantity")]),
        ([], [("SR012", "/items")]),
        ([{"id": "7", "quantity": 0}], [("SR006", "/items/0/quantity")]),
    ],
)
def test_returns_stay_within_what_is_left(rows: list[Any], expected: list[tuple[str, str]]) -> None:
    report = validate_return({"items": rows}, SENT, NOON)
    assert [(found.code, found.path) for found in report.findings] == expected


money = st.decimals(min_value=0, max_value=9999, places=2)


@given(st.lists(st.tuples(st.integers(1, 50), money), min_size=1, max_size=5), money)
def test_exact_payment_always_covers_and_a_cent_less_never_does(rows: list[tuple[int, Decimal]], off: Decimal) -> None:
    items = [item(quantity=quantity, unit_price=price) for quantity, price in rows]
    gross = sum((quantity * price for quantity, price in rows), Decimal(0))
    discount = min(off, gross)
    exact = cents(gross - discount)
    assert codes(receipt(items=items, discount=discount, cash_payment_amount=exact)) == []
    if exact:
        short = receipt(items=items, discount=discount, cash_payment_amount=exact - Decimal("0.01"))
        assert [row[0] for row in codes(short)] == ["SR020"]
        assert spell(exact, "en") in validate(short, NOON).findings[0].say("en")


scalars = st.none() | st.booleans() | st.floats() | st.integers() | st.text()
names = st.sampled_from([*RECEIPT, *ITEM, "lottery_code", "id", "created_at", "x"])


@given(st.recursive(scalars, lambda below: st.lists(below) | st.dictionaries(names, below)))
def test_nothing_makes_it_fail(data: Any) -> None:
    for report in (validate(data, NOON), validate_return(data, data, NOON), validate_void(data, NOON)):
        assert json.dumps([report.to_dict("it"), report.to_dict("en")])


def test_every_code_is_said_in_both_languages() -> None:
    for row in ROWS.values():
        assert all((*row.message.both, *row.fix.both))


def write(path: Path, data: Any) -> Path:
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


AT = ("--at", "2026-11-20T12:00")


def test_the_verb(tmp_path: Path) -> None:
    good = write(tmp_path / "a.json", receipt())
    bad = write(tmp_path / "b.json", [receipt(), receipt(cash_payment_amount=1)])
    done = fatturakit("receipt", "validate", good, *AT)
    assert (done.returncode, done.stderr) == (0, "")
    done = fatturakit("receipt", "validate", good, bad, *AT, "--format", "json", "--lang", "en")
    documents = json.loads(done.stdout)["documents"]
    assert done.returncode == 1
    assert {row["kind"] for row in documents} == {"RECEIPT"}
    assert [row["verdict"] for row in documents] == ["valid", "valid", "invalid"]
    assert documents[2]["path"].endswith("b.json#2")
    assert documents[2]["findings"][0]["args"]["missing"] == "1.20"


def test_the_fixtures_say_what_they_are_said_to() -> None:
    done = fatturakit("receipt", "validate", ROOT / "fixtures" / "receipts", *AT, "--format", "json")
    found = [[row["code"] for row in entry["findings"]] for entry in json.loads(done.stdout)["documents"]]
    assert found == [[], ["SR013", "SR020", "SR022", "SR032"]]


def test_what_is_no_json_is_unreadable_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{", encoding="utf-8")
    write(tmp_path / "b.json", receipt())
    done = fatturakit("receipt", "validate", tmp_path, *AT, "--format", "json")
    assert done.returncode == 3
    assert [row["verdict"] for row in json.loads(done.stdout)["documents"]] == ["unreadable", "valid"]


def test_keys_written_twice(tmp_path: Path) -> None:
    text = json.dumps(receipt())[:-1] + ', "cash_payment_amount": 2.20}'
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    done = fatturakit("receipt", "validate", tmp_path / "a.json", *AT, "--format", "concise")
    assert (done.returncode, "SR004" in done.stdout) == (1, True)


def test_returns_and_voids_on_the_command_line(tmp_path: Path) -> None:
    sent = write(tmp_path / "sent.json", {"data": SENT, "success": True})
    back = write(tmp_path / "back.json", {"items": [{"id": "7", "quantity": 3}]})
    done = fatturakit("receipt", "validate", back, "--return-of", sent, *AT, "--format", "concise")
    assert (done.returncode, "SR053" in done.stdout) == (1, True)
    assert fatturakit("receipt", "validate", sent, "--void", *AT).returncode == 0
    late = fatturakit("receipt", "validate", sent, "--void", "--at", "2026-11-22", "--format", "concise")
    assert (late.returncode, "SR050" in late.stdout) == (1, True)
    assert fatturakit("receipt", "validate", sent, "--void", "--return-of", sent).returncode == 2
