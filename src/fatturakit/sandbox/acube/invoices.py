"""Invoices: sent, judged, converted, shown in every form, marked, preserved."""

from __future__ import annotations

from ...document import Document
from ...invoice.attachments import attachments
from ...remote.endpoints import BYTES, JSON, XML
from .. import hooks
from ..call import Answer, Call, Refusal, as_json, chosen
from ..ingest import errors_of, from_body, from_xml, json_of, keep, of_shape, refused
from ..records import Invoice, Json
from . import pages, states
from .resource import payload, resource


def create(call: Call) -> Answer:
    """Send an invoice: its shape is judged now, its content by SdI, later."""
    document = _given(call)
    wrong = of_shape(errors_of(document, call.box))
    if wrong:
        raise refused(wrong, document=document)
    signed = call.kind == XML and call.body.lstrip()[:1] != b"<"
    invoice = keep(call.box, document, 0, data=call.body if signed else b"")
    invoice.legal = call.headers.get("x-apply-legalstorage", "").lower() == "true"
    invoice.muted = call.headers.get("x-disableendpoints", "").lower() == "true"
    invoice.signed |= call.headers.get("x-signinvoice", "").lower() == "true"
    states.start(call.box, invoice)
    return as_json({"uuid": invoice.key}, 202)


def validate(call: Call) -> Answer:
    """Judge an invoice as SdI would, and keep nothing of it."""
    document = _given(call)
    wrong = errors_of(document, call.box)
    if wrong:
        raise refused(wrong, document=document)
    return as_json({}, 202)


def convert(call: Call) -> Answer:
    """The other form: the media type of the request says which one came."""
    document = _given(call)
    return as_json(json_of(document)) if call.kind == XML else Answer(200, document.data, XML)


def get(call: Call) -> Answer:
    """An invoice in the form that was asked for."""
    kind = chosen(call.headers.get("accept", ""), call.row.kinds)
    if kind is None:
        raise Refusal(406, "None of the requested formats is available.")
    with call.box.lock:
        invoice = invoice_of(call)
        if kind == JSON:
            return as_json(resource(call.box, invoice))
    document = from_xml(invoice.data, invoice.name) if invoice.data else from_body(payload(invoice), call.box)
    if kind == BYTES:
        return Answer(200, invoice.data or document.data, BYTES)
    return Answer(200, document.data, XML) if kind == XML else pages.page(document, kind, call)


def downloaded(call: Call) -> Answer:
    """Set or clear the flag of several invoices."""
    given = call.data()
    flag, keys = given.get("downloaded"), given.get("uuids", [])
    if not isinstance(flag, bool) or not isinstance(keys, list):
        raise Refusal(400, "downloaded: This value should be of type bool.")
    rows = [call.box.invoices.get(str(key)) for key in keys]
    for found in rows:
        if found is None:
            raise Refusal(404, "Not Found")
    for found in rows:
        if found is not None:
            found.downloaded_at = call.box.stamp() if flag else None
            call.box.invoices.put(found)
    return as_json({})


def archive_rejected(call: Call) -> Answer:
    """Put a rejected invoice away."""
    invoice = invoice_of(call)
    if invoice.marking != "rejected":
        raise Refusal(409, "Invoice not in rejected state")
    invoice.archived = True
    call.box.invoices.put(invoice)
    return Answer(204, kind="")


def notify(call: Call) -> Answer:
    """Tell of the invoice once more."""
    invoice = invoice_of(call)
    event = "supplier-invoice" if invoice.type else "customer-invoice"
    hooks.tell(call.box, "acube", event, announced(invoice), invoice.key)
    return as_json({})


def notifications_notify(call: Call) -> Answer:
    """Tell of every message once more."""
    invoice = invoice_of(call)
    for message in invoice.notifications:
        states.announce(call.box, invoice, message)
    return as_json({})


def notifications(call: Call) -> Answer:
    """What SdI said of an invoice."""
    kind = chosen(call.headers.get("accept", ""), call.row.kinds)
    if kind is None:
        raise Refusal(406, "None of the requested formats is available.")
    rows = invoice_of(call).notifications
    return as_json(rows) if kind == JSON else Answer(200, pages.as_xml(rows), XML)


def attachment(call: Call) -> Answer:
    """One attached file, counted from 0."""
    invoice, index = invoice_of(call), int(call.path["index"])
    found = attachments(from_xml(invoice.data, invoice.name), unpack=False) if invoice.data else ()
    if index >= len(found) or found[index].content is None:
        raise Refusal(404, "Not Found")
    return Answer(200, found[index].content or b"", BYTES)


def preserve(call: Call) -> Answer:
    """Hand an invoice over to legal storage, when nothing more will come of it."""
    invoice = invoice_of(call)
    if not states.is_final(invoice) or invoice.preserved is not None:
        raise Refusal(400, "Invoice not eligible for preservation")
    states.preserve(call.box, invoice)
    return as_json(invoice.preserved)


def preserved(call: Call) -> Answer:
    """How the preservation went."""
    found = invoice_of(call).preserved
    if found is None:
        raise Refusal(404, "Not Found")
    return as_json(found)


def announced(invoice: Invoice) -> Json:
    """An invoice as callbacks tell of it: the payload is an object there."""
    about = {"uuid": invoice.key, "filename": invoice.name, "created_at": invoice.created_at}
    return {"invoice": {**about, "payload": payload(invoice)}}


def invoice_of(call: Call) -> Invoice:
    """The invoice a path names, by whichever name it does."""
    key = next(call.path[name] for name in ("id", "uuid", "invoiceUuid") if name in call.path)
    found = call.box.invoices.get(key)
    if found is None:
        raise Refusal(404, "Not Found")
    return found


def _given(call: Call) -> Document:
    if call.kind == XML:
        return from_xml(call.body)
    body = call.data()
    missing = [key for key in ("fattura_elettronica_header", "fattura_elettronica_body") if body.get(key) is None]
    if missing:
        wrong = tuple((key, "This value should not be blank.") for key in missing)
        raise Refusal(400, "; ".join(f"{key}: {what}" for key, what in wrong), violations=wrong)
    return from_body(body, call.box)
