"""Receipts: judged by the rules everybody has offline, sent, returned, voided."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, Final

from ...convert.parsing import exact
from ...errors import InputError
from ...findings import Report, Severity
from ...receipts import Context, validate, validate_return, validate_void
from ...receipts.context import transmitted
from ...remote.endpoints import JSON, PDF
from ..acube.filters import comparable
from ..call import Answer, Call, Refusal, as_json, chosen
from ..checks import moment
from ..records import Receipt
from . import machine
from .access import wrapped
from .paper import drawn
from .processed import gross_of, returned

_MISSING: Final = {"SR001": 423, "SR002": 423, "SR012": 423}
Read = Callable[[Receipt], Any]


def create(call: Call) -> Answer:
    """A new receipt: refused for what the rules say, sent a moment later (or after midnight)."""
    box, (data, duplicates) = call.box, _parsed(call)
    company = box.configurations.get(str(data.get("fiscal_id")))
    if isinstance(data.get("fiscal_id"), str) and data["fiscal_id"] and company is None:
        raise Refusal(404, "Fiscal ID not found or not registered", code=111)
    given = Context(at=box.now(), enabled=bool(company and company.body["receipts"]) if company else None)
    _refuse(validate(data, given, duplicates=duplicates))
    if not box.spend("credit"):
        raise Refusal(402, "Insufficient Credit in Wallet", code=611)
    return wrapped(box, machine.begin(box, data, "sale", transmitted(box.now())).body)


def get(call: Call) -> Answer:
    """One receipt; on paper, when the Content-Type of the request says PDF (or Accept does)."""
    row = _found(call)
    asked = call.kind if call.kind == PDF else call.headers.get("accept", "")
    kind = chosen(asked, call.row.kinds) or JSON
    return Answer(200, drawn(row.body), PDF) if kind == PDF else as_json({"data": row.body})


def give_back(call: Call) -> Answer:
    """Items come back: a new receipt, linked to the first."""
    row, box, (data, duplicates) = _found(call), call.box, _parsed(call)
    _refuse(validate_return(data, row.body, Context(at=box.now()), duplicates=duplicates))
    items = returned(row.body["items"], data["items"])
    body = {**_kept(row.body), "items": items, "total_amount": gross_of(items)}
    box.receipts.put(row)
    made = machine.begin(box, body, "return", transmitted(box.now()), row.key)
    return as_json({"data": made.body})


def void(call: Call) -> Answer:
    """A receipt is taken back whole, within a day: a new receipt, linked to the first."""
    row, box = _found(call), call.box
    _refuse(validate_void(row.body, Context(at=box.now())))
    if row.voiding:
        raise Refusal(400, "The receipt is already being voided.", code="SR051")
    row.voiding = True
    box.receipts.put(row)
    body = {**_kept(row.body), "items": row.body["items"], "total_amount": row.body.get("total_amount")}
    made = machine.begin(box, body, "void", transmitted(box.now()), row.key)
    return wrapped(box, made.body, message=f"voided receipt: {row.key}", error="nulll" if box.has("nulll") else None)


def listed(call: Call) -> Answer:
    """A page of receipts."""
    skip, limit = call.number("skip", 0), call.number("limit", 100)
    rows = [row.body for row in islice(_wanted(call), skip, skip + limit)]
    return wrapped(call.box, rows)


def _wanted(call: Call) -> Iterator[Receipt]:
    tests = [(test, [piece for value in values for piece in value.split(",")]) for test, values in _asked(call)]
    return (row for row in call.box.receipts if all(test(row, values) for test, values in tests))


def _asked(call: Call) -> Iterator[tuple[Callable[[Receipt, list[str]], bool], list[str]]]:
    for name, test in _TESTS.items():
        values = [value for key, value in call.query if key == name]
        if values:
            yield test, values


def _same(name: str) -> Callable[[Receipt, list[str]], bool]:
    return lambda row, values: str(row.body.get(name)) in values


def _of_day(name: str, way: int = 0) -> Callable[[Receipt, list[str]], bool]:
    def test(row: Receipt, values: list[str]) -> bool:
        found, edge = moment(str(row.body.get(name))), moment(values[-1])
        if found is None or edge is None:
            return False
        left, right = comparable(found, edge)
        return bool(left == right or (way and (left < right) is (way < 0)))

    return test


_TESTS: Final = {
    **{name: _same(name) for name in ("fiscal_id", "document_number", "status", "type", "parent_receipt_id")},
    "created_at": _of_day("created_at"),
    "document_date": _of_day("document_date"),
    "created_at[before]": _of_day("created_at", -1),
    "created_at[after]": _of_day("created_at", 1),
}


def _kept(body: dict[str, Any]) -> dict[str, Any]:
    return {name: body[name] for name in ("fiscal_id", "cash_payment_amount", "tags") if name in body}


def _parsed(call: Call) -> tuple[dict[str, Any], dict[int, tuple[str, ...]]]:
    try:
        found = exact(call.body)
    except InputError as error:
        raise Refusal(400, error.say("en"), code=423) from error
    if not isinstance(found.data, dict):
        raise Refusal(400, "The body is not a JSON object.", code=423)
    return found.data, found.duplicates


def _refuse(report: Report) -> None:
    for found in report.findings:
        if found.severity is Severity.ERROR:
            said = f"Missing {(found.path or '').rpartition('/')[2]}" if found.code == "SR001" else found.say("en")
            raise Refusal(400, said, code=_MISSING.get(found.code, found.code))


def _found(call: Call) -> Receipt:
    row = call.box.receipts.get(call.path["id"])
    if row is None:
        raise Refusal(404, "Receipt not found", code=404)
    return row
