"""Invoicetronic as it is served: the export of a period as a ZIP, with its matrix, its states and its costs."""

from __future__ import annotations

import base64
import time
from binascii import Error
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final, NamedTuple

from ..remote.endpoints import PROBLEM, ZIP
from ..remote.providers.invoicetronic import PROVIDER
from .box import Box
from .call import Answer, Call, Refusal, as_json
from .checks import moment
from .ledger import packed
from .records import Invoice
from .service import Service

KEY: Final = "ik_test_sandbox"
_LIMITS: Final = {"RateLimit-Limit": "100", "RateLimit-Policy": "100;w=1, 2000;w=60, 100000;w=86400"}


class State(NamedTuple):
    """A state of a sent invoice: its number, its name, whether the export takes it (private, public)."""

    number: int
    name: str
    private: bool = False
    public: bool = False


STATES: Final = (
    State(2, "Inviato"),
    State(5, "Consegnato", private=True),
    State(6, "NonConsegnato"),
    State(7, "Scartato"),
    State(8, "AccettatoDalDestinatario", private=True, public=True),
    State(9, "RifiutatoDalDestinatario", private=True, public=True),
    State(10, "ImpossibilitaDiRecapito", private=True, public=True),
    State(11, "DecorrenzaTermini", private=True, public=True),
    State(12, "AttestazioneTrasmissioneFattura", private=True, public=True),
)
_BY_NAME: Final = {state.name: state for state in STATES}
_MARKED: Final = {
    "sent": "Inviato",
    "delivered": "Consegnato",
    "delivered-pa": "Consegnato",
    "rejected": "Scartato",
    "accepted-pa": "AccettatoDalDestinatario",
    "rejected-pa": "RifiutatoDalDestinatario",
    "deadline-terms": "DecorrenzaTermini",
}


class Period(NamedTuple):
    """First and last day of an export, both included; None is without end."""

    first: date | None = None
    last: date | None = None

    def has(self, day: str | None) -> bool:
        """Whether a document of that day is in it."""
        if self.first is None and self.last is None:
            return True
        found = moment(day or "")
        return found is not None and (self.first or found) <= found <= (self.last or found)


def period(call: Call) -> Period:
    """The period asked for: year with month, year with quarter, or two days; never two of these ways."""
    year, month, quarter = (call.one(name) for name in ("year", "month", "quarter"))
    first, last = _day(call, "document_date_from"), _day(call, "document_date_to")
    if (year or month or quarter) and (first or last):
        raise Refusal(400, "year, month and quarter exclude document_date_from and document_date_to.")
    if month and quarter:
        raise Refusal(400, "month and quarter exclude each other.")
    if (month or quarter) and not year:
        raise Refusal(400, "month and quarter need year.")
    if not year:
        return Period(first, last)
    if not month and not quarter:
        raise Refusal(400, "year needs month or quarter.")
    return _calendar(int(year), int(month or 0), int(quarter or 0))


def _calendar(year: int, month: int, quarter: int) -> Period:
    if not 1 <= year <= 9999:
        raise Refusal(400, "year is not a year.")
    start, end = (month, month) if month else (3 * quarter - 2, 3 * quarter)
    return Period(date(year, start, 1), date(year, end, monthrange(year, end)[1]))


def _day(call: Call, name: str) -> date | None:
    found = moment(call.one(name) or "")
    return found.date() if isinstance(found, datetime) else found


def state_of(invoice: Invoice) -> State | None:
    """The state of a sent invoice; None before SdI has it."""
    if invoice.marking != "not-delivered":
        return _BY_NAME.get(_MARKED.get(invoice.marking, ""))
    if not invoice.facts.get("to_pa"):
        return _BY_NAME["ImpossibilitaDiRecapito"]
    attested = any(row["type"] == "AT" for row in invoice.notifications)
    return _BY_NAME["AttestazioneTrasmissioneFattura" if attested else "NonConsegnato"]


def is_exported(invoice: Invoice) -> bool:
    """Whether an export takes an invoice: every received one, a sent one once its state is definitive."""
    if invoice.type == 1:
        return True
    state = state_of(invoice)
    return state is not None and (state.public if invoice.facts.get("to_pa") else state.private)


def owner(invoice: Invoice) -> str:
    """The company an invoice belongs to, as its folder is called."""
    party = invoice.facts.get("recipient" if invoice.type else "sender", {})
    code = party.get("business_vat_number_code")
    if not code:
        return str(party.get("business_fiscal_code") or "unknown")
    return f"{party.get('business_vat_number_country') or 'IT'}{code}"


def companies(box: Box) -> list[str]:
    """The companies there are, in the order they appeared: the first has the id 1."""
    return list(dict.fromkeys(owner(row) for row in box.invoices if row.marking != "draft"))


def export(call: Call) -> Answer:
    """The ZIP; unread received invoices become read and are charged for. One at a time for a key."""
    box, key = call.box, _key(call)
    with box.lock:
        if key in box.busy:
            wait = {"Retry-After": "1"}
            raise Refusal(429, "Only one export request per user can be processed at a time.", headers=wait)
        box.busy.add(key)
    try:
        time.sleep(max(0, box.settings["export_seconds"]))
        return _exported(call)
    finally:
        with box.lock:
            box.busy.discard(key)


def _exported(call: Call) -> Answer:
    box = call.box
    with box.lock:
        rows = list(_rows(call))
        if not rows:
            return Answer(204, kind="")
        _charge(box, [row for row in rows if row.type == 1 and not row.read])
        files = [(f"{owner(row)}/{'receive' if row.type else 'send'}/{row.name}", row.data) for row in rows]
    name = f"export_{call.one('type') or 'both'}_{box.now():%Y%m%d_%H%M%S}.zip"
    return Answer(200, packed(files), ZIP, {"Content-Disposition": f"attachment; filename={name}"})


def _rows(call: Call) -> Iterator[Invoice]:
    span, kind, company = period(call), call.one("type") or "both", call.one("company_id")
    known = companies(call.box)
    for row in call.box.invoices:
        if kind != "both" and row.type != ("send", "receive").index(kind):
            continue
        if company and known[int(company) - 1 : int(company)] != [owner(row)]:
            continue
        if row.marking != "draft" and row.data and is_exported(row) and span.has(row.facts.get("date")):
            yield row


def _charge(box: Box, unread: list[Invoice]) -> None:
    if not box.spend("operations", len(unread)):
        raise Refusal(403, "No operations are left.", code="usage_limit_exceeded")
    for row in unread:
        row.read = True
        box.invoices.put(row)


def _key(call: Call) -> str:
    scheme, _, given = call.headers.get("authorization", "").partition(" ")
    try:
        user, _, _ = base64.b64decode(given, validate=True).decode().partition(":")
    except (Error, UnicodeDecodeError):
        return ""
    return user if scheme.lower() == "basic" else ""


def enter(call: Call) -> None:
    """Refuse a request without the key."""
    if _key(call) != KEY:
        raise Refusal(401, "The API key is missing or wrong.", headers={"WWW-Authenticate": "Basic"})


def refused(box: Box, refusal: Refusal) -> Answer:
    """Problem details, alone or wrapped as the desktop client knows them."""
    body: dict[str, object] = {
        "type": "about:blank",
        "title": _TITLES.get(refusal.status, "Error"),
        "status": refusal.status,
        "detail": refusal.detail,
        "instance": "/export",
        **({"code": refusal.code} if refusal.code else {}),
    }
    if box.has("wrapped-errors"):
        body = {"problem_details": body, "content_type": PROBLEM, "status_code": refusal.status}
    return as_json(body, refusal.status, kind=PROBLEM)


def decorate(_box: Box) -> Mapping[str, str]:
    """The limits, on every answer."""
    return _LIMITS


_TITLES: Final = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 429: "Too Many Requests"}
SERVICE: Final = Service(
    PROVIDER,
    {"invoicetronic.export": export},
    enter=enter,
    refused=refused,
    decorate=decorate,
    slow=frozenset({"invoicetronic.export"}),
    prefixes=("/invoicetronic", "/invoicetronic/v1"),
)
