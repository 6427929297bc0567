"""An invoice as A-Cube shows it."""

from __future__ import annotations

from typing import Any

from ..box import Box
from ..ingest import from_xml, json_of
from ..jsontext import encoded
from ..records import Invoice, Json


def resource(box: Box, invoice: Invoice) -> Json:
    """The Invoice resource; ``payload`` is a text with JSON in it."""
    facts = invoice.facts
    retries: Any = [{"attempt": number} for number in range(1, invoice.retries + 1)]
    return {
        "created_at": invoice.created_at,
        "uuid": invoice.key,
        "type": invoice.type,
        "payload": encoded(payload(invoice)).decode(),
        "sender": {"uuid": invoice.key, **facts.get("sender", {})},
        "recipient": {"uuid": invoice.key, **facts.get("recipient", {})},
        "notifications": [],
        "sdi_file_name": invoice.name or None,
        "sdi_file_id": invoice.sdi_id,
        "signed": invoice.signed,
        "legally_stored": bool(invoice.preserved and invoice.preserved["status"] == "stored"),
        "preserved_document": invoice.preserved,
        "downloaded": invoice.downloaded_at is not None,
        "downloaded_at": invoice.downloaded_at,
        "marking": invoice.marking,
        "notice": invoice.notice,
        "retry_information": encoded(retries).decode() if box.has("retry-text") else retries,
        "transmission_format": facts.get("format"),
        "document_type": facts.get("document_type"),
        "to_pa": bool(facts.get("to_pa")),
    }


def payload(invoice: Invoice) -> Json:
    """The JSON of the invoice: that of a draft as it was given."""
    return json_of(from_xml(invoice.data, invoice.name)) if invoice.data else invoice.draft


def row(invoice: Invoice) -> Json:
    """A row of the report."""
    facts = invoice.facts
    return {
        "uuid": invoice.key,
        "type": invoice.type,
        "created_at": invoice.created_at,
        "invoice_number": facts.get("number"),
        "invoice_date": facts.get("date"),
        "document_type": facts.get("document_type"),
        "total_amount": facts.get("total"),
        "sender": facts.get("sender", {}).get("business_name"),
        "recipient": facts.get("recipient", {}).get("business_name"),
        "marking": invoice.marking,
        "sdi_file_name": invoice.name or None,
        "to_pa": bool(facts.get("to_pa")),
    }
