"""Single invoices and their news at Invoicetronic, by the numbers its callbacks name."""

from __future__ import annotations

import base64

from ..sdi.markings import invoicetronic_of
from .acube.messages import number_of
from .call import Call, Refusal
from .records import Invoice, Json


def received(call: Call, invoice: Invoice, _state: str | None) -> Json:
    """A received invoice; with its payload it becomes read, and is charged for."""
    box = call.box
    if _whole(call) and not invoice.read:
        if not box.spend("operations", 1):
            raise Refusal(403, "No operations are left.", code="usage_limit_exceeded")
        invoice.read = True
        box.invoices.put(invoice)
    return {**_common(call, invoice), "is_read": invoice.read}


def sent(call: Call, invoice: Invoice, state: str | None) -> Json:
    """A sent invoice with its newest state."""
    return {**_common(call, invoice), "latest_state": _named(state)}


def update(call: Call, invoice: Invoice, state: str | None) -> Json:
    """The newest news about a sent invoice, under its own number: the sandbox keeps one for each."""
    number = number_of(invoice)
    return {"id": number, "send_id": number, "state": _named(state), "last_update": call.box.stamp()}


def found(call: Call, kind: int) -> Invoice:
    """The invoice of the number in the path."""
    wanted = int(call.path["id"])
    for invoice in call.box.invoices:
        if invoice.type == kind and invoice.marking != "draft" and number_of(invoice) == wanted:
            return invoice
    raise Refusal(404, "There is no such invoice.")


def _whole(call: Call) -> bool:
    return call.one("include_payload") in {"true", "1"}


def _common(call: Call, invoice: Invoice) -> Json:
    row: Json = {"id": number_of(invoice), "file_name": invoice.name, "identifier": invoice.sdi_id}
    if _whole(call):
        plain = invoice.data.lstrip()[:1] == b"<"
        text = invoice.data.decode("utf-8", "replace") if plain else base64.b64encode(invoice.data).decode("ascii")
        row |= {"payload": text, "encoding": "Xml" if plain else "Base64"}
    return row


def _named(state: str | None) -> str | None:
    known = invoicetronic_of(state or "")
    return known[1] if known else None
