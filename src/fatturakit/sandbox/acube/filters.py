"""The filters of the lists: one row a parameter, what it reads and how it compares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any, Final

from ..call import Call
from ..checks import moment
from ..records import Invoice

Test = Callable[[Invoice, tuple[str, ...]], bool]
_TRUE: Final = {"true", "1"}


def wanted(invoices: Iterable[Invoice], call: Call) -> Iterator[Invoice]:
    """The invoices that pass every filter of a request, in its order."""
    tests = list(_tests(call))
    found: Iterator[Invoice] = (row for row in invoices if all(test(row, values) for test, values in tests))
    for name, key in _ORDERS.items():
        way = call.one(name)
        if way:
            found = iter(sorted(found, key=lambda row: str(row.facts.get(key) or ""), reverse=way == "desc"))
    return found


def page(found: Iterator[Invoice], call: Call) -> list[Invoice]:
    """The rows of the page that was asked for."""
    size = call.number("itemsPerPage", 30)
    start = (call.number("page", 1) - 1) * size
    return list(islice(found, start, start + size))


def _tests(call: Call) -> Iterator[tuple[Test, tuple[str, ...]]]:
    for name, test in TESTS.items():
        values = tuple(value for key, value in call.query if key == name)
        if values:
            yield test, values


def _flag(read: Callable[[Invoice], bool]) -> Test:
    return lambda row, values: read(row) is (values[-1].lower() in _TRUE)


def _same(read: Callable[[Invoice], Any]) -> Test:
    return lambda row, values: read(row) in values


def _party(side: str, *names: str) -> Test:
    def test(row: Invoice, values: tuple[str, ...]) -> bool:
        known = {str(row.facts.get(side, {}).get(name)).lower() for name in names}
        return any(piece.strip().lower() in known for value in values for piece in value.split(","))

    return test


def _named(side: str) -> Test:
    def test(row: Invoice, values: tuple[str, ...]) -> bool:
        party = row.facts.get(side, {})
        name = " ".join(str(party.get(key) or "") for key in ("business_name", "name", "surname"))
        return all(value.lower() in name.lower() for value in values)

    return test


def _dated(read: Callable[[Invoice], Any], how: str) -> Test:
    def test(row: Invoice, values: tuple[str, ...]) -> bool:
        found, edge = moment(str(read(row) or "")), moment(values[-1])
        if found is None or edge is None:
            return False
        left, right = comparable(found, edge)
        if how.endswith("before"):
            return left < right or (left == right and not how.startswith("strictly"))
        return left > right or (left == right and not how.startswith("strictly"))

    return test


def comparable(found: date | datetime, edge: date | datetime) -> tuple[Any, Any]:
    """Both as days when either is a day, else both as moments."""
    if isinstance(found, datetime) and isinstance(edge, datetime):
        return _aware(found), _aware(edge)
    return _day(found), _day(edge)


def _aware(value: datetime) -> datetime:
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value


_SIDES: Final = ("before", "strictly_before", "after", "strictly_after")
_MOMENTS: Final[dict[str, Callable[[Invoice], Any]]] = {
    "created_at": lambda row: row.created_at,
    "invoice_date": lambda row: row.facts.get("date"),
}
_CODES: Final = ("business_vat_number_code", "business_fiscal_code")
TESTS: Final[dict[str, Test]] = {
    **{f"{name}[{side}]": _dated(read, side) for name, read in _MOMENTS.items() for side in _SIDES},
    "invoice_number": _same(lambda row: row.facts.get("number")),
    "signed": _flag(lambda row: row.signed),
    "downloaded": _flag(lambda row: row.downloaded_at is not None),
    "stamp": _flag(lambda row: bool(row.facts.get("stamp"))),
    "toPa": _flag(lambda row: bool(row.facts.get("to_pa"))),
    "type": _same(lambda row: str(row.type)),
    "sender": _party("sender", *_CODES),
    "recipient": _party("recipient", *_CODES),
    "rejectedToFix": _flag(lambda row: row.marking == "rejected" and not row.archived),
    "sender.business_name": _named("sender"),
    "recipient.business_name": _named("recipient"),
    **{
        f"{side}.{code}{ending}": _party(side, code)
        for side in ("sender", "recipient")
        for code in _CODES
        for ending in ("", "[]")
    },
    "marking": _same(lambda row: row.marking),
    "marking[]": _same(lambda row: row.marking),
    "document_type": _same(lambda row: row.facts.get("document_type")),
    "document_type[]": _same(lambda row: row.facts.get("document_type")),
}
_ORDERS: Final = {"order[invoice_date]": "date", "order[invoice_number]": "number"}
