"""Invoicetronic as it is served: the export of a period as a ZIP, with its matrix, its states and its costs."""

from __future__ import annotations

import base64
import time
from binascii import Error
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Final

from ..archive.period import Period
from ..errors import UsageError
from ..remote.endpoints import PROBLEM, ZIP
from ..remote.providers.invoicetronic import PROVIDER
from ..schema.doctypes import SELF_BILLED
from ..sdi.markings import state_of_acube
from ..sdi.states import STATES
from . import numbered
from .box import Box
from .call import Answer, Call, Refusal, as_json
from .checks import moment
from .ledger import packed
from .records import Invoice, Json
from .service import Service

KEY: Final = "ik_test_sandbox"
_LIMITS: Final = {"RateLimit-Limit": "100", "RateLimit-Policy": "100;w=1, 2000;w=60, 100000;w=86400"}


def period(call: Call) -> Period:
    """The period asked for: year with month, year with quarter, or two days; never two of these ways."""
    year, month, quarter = (call.given(name) for name in ("year", "month", "quarter"))
    first, last = _day(call, "document_date_from"), _day(call, "document_date_to")
    try:
        return Period.of(year, month, quarter, first, last)
    except UsageError as error:
        raise Refusal(400, error.say("en")) from error


def _day(call: Call, name: str) -> date | None:
    found = moment(call.one(name) or "")
    return found.date() if isinstance(found, datetime) else found


def within(invoice: Invoice, span: Period) -> bool:
    """Whether a document, or one of a lot, is of the period."""
    days = invoice.facts.get("days", ())
    return not any(span) or any(span.first <= day and (not span.last or day <= span.last) for day in days)


def state_of(invoice: Invoice) -> str | None:
    """The state of a sent invoice, None for a marking that has none."""
    public = bool(invoice.facts.get("to_pa"))
    if public and invoice.marking == "sent" and any(row["type"] == "MC" for row in invoice.notifications):
        return "delivery_failed"
    return state_of_acube(invoice.marking, "pa" if public else "private")


def is_exported(invoice: Invoice) -> bool:
    """Whether an export takes an invoice: every received one, a sent one that is issued once that is definitive."""
    if invoice.type == 1:
        return True
    state = STATES.get(state_of(invoice) or "")
    return state is not None and state.definitive and state.issued


def owner(invoice: Invoice) -> str:
    """The company an invoice belongs to, as its folder is called; the buyer writes self-invoices."""
    self_billed = invoice.facts.get("document_type") in SELF_BILLED
    party = invoice.facts.get("recipient" if invoice.type or self_billed else "sender", {})
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
        files = [(f"{owner(row)}/{'receive' if row.type else 'send'}", row.name, row.data) for row in rows]
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
        if row.marking != "draft" and row.data and is_exported(row) and within(row, span):
            yield row


def _charge(box: Box, unread: list[Invoice]) -> None:
    if not box.spend("operations", len(unread)):
        raise Refusal(403, "No operations are left.", code="usage_limit_exceeded")
    for row in unread:
        row.read = True
        box.invoices.put(row)


def _single(tell: Callable[[Call, Invoice, str | None], Json], kind: int) -> Callable[[Call], Answer]:
    """A handler for one invoice by its number."""

    def handler(call: Call) -> Answer:
        invoice = numbered.found(call, kind)
        return as_json(tell(call, invoice, state_of(invoice)))

    return handler


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


_TITLES: Final = {
    400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 429: "Too Many Requests",
}  # fmt: skip
SERVICE: Final = Service(
    PROVIDER,
    {
        "invoicetronic.export": export,
        "invoicetronic.receive.get": _single(numbered.received, 1),
        "invoicetronic.send.get": _single(numbered.sent, 0),
        "invoicetronic.update.get": _single(numbered.update, 0),
    },
    enter=enter,
    refused=refused,
    decorate=decorate,
    slow=frozenset({"invoicetronic.export"}),
    prefixes=("/invoicetronic", "/invoicetronic/v1"),
)
