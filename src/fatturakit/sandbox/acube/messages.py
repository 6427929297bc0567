"""What is said of an invoice: messages of SdI, announcements, events."""

from __future__ import annotations

from ...findings import Finding
from ..box import Box
from ..records import Invoice, Json


def message_of(box: Box, invoice: Invoice, kind: str, wrong: tuple[Finding, ...], outcome: str) -> Json:
    """A message of SdI as A-Cube shows it."""
    stem = invoice.name.partition(".")[0]
    count = sum(1 for row in invoice.notifications if row["type"] == kind) + 1
    body: Json = {
        "identificativo_sdi": invoice.sdi_id,
        "nome_file": invoice.name,
        "data_ora_ricezione": box.stamp(),
        "riferimento_archivio": None,
        "message_id": box.uuid(),
        "note": None,
    }
    if kind == "NS":
        rows = [{"Codice": found.code, "Descrizione": found.say("it")} for found in wrong]
        body["lista_errori"] = {"Errore": rows or [{"Codice": "00404", "Descrizione": "Fattura duplicata"}]}
    if kind == "NE":
        body["esito_committente"] = {"esito": outcome}
    return {
        "uuid": box.uuid(),
        "invoice_uuid": invoice.key,
        "created_at": box.stamp(),
        "type": kind,
        "message": body,
        "downloaded": False,
        "downloaded_at": None,
        "file_name": f"{stem}_{kind}_{count:03d}.xml",
    }


def announced(invoice: Invoice) -> Json:
    """An invoice as its own callback names it."""
    return {"invoice": {"uuid": invoice.key, "filename": invoice.name, "created_at": invoice.created_at}}


def number_of(invoice: Invoice) -> int:
    """The number an invoice has at Invoicetronic."""
    return int(invoice.key.replace("-", "")[:7], 16)


def event(box: Box, invoice: Invoice, what: str) -> Json:
    """An event of Invoicetronic."""
    number = number_of(invoice)
    return {
        "id": number, "user_id": 1, "api_key_id": 1, "company_id": 1, "method": "POST", "endpoint": what,
        "api_version": 1, "status_code": 201, "date_time": box.stamp(), "error": None, "resource_id": number,
        "success": True,
    }  # fmt: skip
