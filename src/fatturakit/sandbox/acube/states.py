"""The markings of an invoice: what moves by itself as time passes, and what the messages of SdI do."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from ...findings import Finding
from .. import hooks
from ..box import Box, written
from ..call import Refusal
from ..ingest import errors_of, from_xml
from ..records import Invoice, Json
from .messages import announced, event, message_of

RETRIES: Final = 14
_PAUSE: Final = 300
_GROWTH: Final = 1.6
_CONFLICT: Final = 409


class Step(NamedTuple):
    """What a message does: the markings it may find, the one it leaves; pa: only (not) to public administrations."""

    before: tuple[str, ...]
    after: str
    pa: bool | None = None


_SENT: Final = ("waiting", "quarantena", "sent")
STEPS: Final[dict[str, tuple[Step, ...]]] = {
    "NS": (Step(_SENT, "rejected"),),
    "RC": (Step(_SENT, "delivered", pa=False), Step(_SENT, "delivered-pa", pa=True)),
    "MC": (Step(_SENT, "not-delivered", pa=False), Step(_SENT, "sent", pa=True)),
    "NE": (Step(("delivered-pa",), "accepted-pa", pa=True),),
    "DT": (Step(("delivered-pa",), "deadline-terms", pa=True),),
    "AT": (Step(_SENT, "not-delivered", pa=True),),
}
FINAL: Final = ("delivered", "not-delivered", "accepted-pa", "rejected-pa", "deadline-terms")
EVENTS: Final = {"quarantena": "invoice-status-quarantena", "invoice-error": "invoice-status-invoice-error"}


def is_final(invoice: Invoice) -> bool:
    """Whether nothing more will come of an invoice that was issued."""
    return invoice.marking in FINAL or invoice.type == 1


def start(box: Box, invoice: Invoice) -> None:
    """Send an invoice: it waits for about a minute."""
    move(box, invoice, "waiting")
    invoice.due = box.stamp(box.settings["sdi_seconds"])
    box.invoices.put(invoice)


def move(box: Box, invoice: Invoice, marking: str) -> None:
    """Give an invoice another marking and tell whoever wants to know."""
    before, invoice.marking = invoice.marking, marking
    invoice.due = ""
    box.invoices.put(invoice)
    if marking in EVENTS and not invoice.muted:
        body = {"uuid": invoice.key, "marking": marking, "previous_marking": before, "notice": invoice.notice}
        hooks.tell(box, "acube", EVENTS[marking], {**body, "transioned_at": box.stamp()}, invoice.key)


def tick(box: Box) -> None:
    """Let every invoice that is due go on."""
    now = box.stamp()
    for invoice in box.invoices.due(now):
        while invoice.due and invoice.due <= now:
            _go_on(box, invoice)


def _go_on(box: Box, invoice: Invoice) -> None:
    if not box.has("sdi-down"):
        _send(box, invoice)
        return
    invoice.retries += 1
    due = datetime.fromisoformat(invoice.due)
    invoice.notice = "SdI is not answering."
    if invoice.retries > RETRIES:
        move(box, invoice, "invoice-error")
        return
    if invoice.marking != "quarantena":
        move(box, invoice, "quarantena")
    invoice.due = written(due + timedelta(seconds=int(_PAUSE * _GROWTH ** (invoice.retries - 1))))
    box.invoices.put(invoice)


def _send(box: Box, invoice: Invoice) -> None:
    """SdI has it: it is given its number, and rejected at once when the controls say so."""
    invoice.sdi_id = str(10_000_000_000 + int(invoice.key.replace("-", "")[:8], 16) % 10_000_000)
    invoice.notice = None
    move(box, invoice, "sent")
    if not invoice.muted:
        hooks.tell(box, "acube", "customer-invoice", announced(invoice), invoice.key)
    hooks.tell(box, "invoicetronic", "send.add", event(box, invoice, "send"))
    wrong = errors_of(from_xml(invoice.data, invoice.name), box)
    if wrong:
        notify(box, invoice, "NS", wrong)


def notify(box: Box, invoice: Invoice, kind: str, wrong: tuple[Finding, ...] = (), outcome: str = "EC01") -> Json:
    """A message of SdI about an invoice: it changes the marking, is kept, and is told."""
    public = bool(invoice.facts.get("to_pa"))
    step = next((row for row in STEPS[kind] if row.pa in {None, public} and invoice.marking in row.before), None)
    if step is None:
        raise Refusal(_CONFLICT, f"{kind} cannot follow: the invoice is “{invoice.marking}”.")
    if invoice.marking in {"waiting", "quarantena"}:
        invoice.sdi_id = invoice.sdi_id or str(10_000_000_000 + len(box.invoices))
    message = message_of(box, invoice, kind, wrong, outcome)
    invoice.notifications.append(message)
    move(box, invoice, "rejected-pa" if outcome == "EC02" and kind == "NE" else step.after)
    announce(box, invoice, message)
    hooks.tell(box, "invoicetronic", "update.add", event(box, invoice, "update"))
    if invoice.legal and is_final(invoice) and invoice.preserved is None:
        preserve(box, invoice)
    return message


def announce(box: Box, invoice: Invoice, message: Json) -> None:
    """Tell of a message by callback."""
    if not invoice.muted:
        about = {"uuid": invoice.key, "marking": invoice.marking, "sdi_file_name": invoice.name}
        hooks.tell(box, "acube", "customer-notification", {"notification": message, "invoice": about}, invoice.key)


def preserve(box: Box, invoice: Invoice) -> None:
    """Hand an invoice over to legal storage; the receipt comes later."""
    invoice.preserved = {
        "created_at": box.stamp(),
        "uuid": box.uuid(),
        "status": "sent",
        "receipt_received_at": None,
        "object_type": "supplier invoice" if invoice.type else "customer invoice",
        "object_id": invoice.key,
        "message": None,
        "preserved_object_id": None,
        "weight": len(invoice.data),
    }
    box.invoices.put(invoice)
