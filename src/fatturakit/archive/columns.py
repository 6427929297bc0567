"""What is written down about an input, as columns; the archive adds what it alone knows: identities and the moment."""

from __future__ import annotations

import json
from typing import Any, Final

from ..invoice.messages import Message
from .facts import Facts, Invoice
from .stems import digest_of, stem_of_message

Columns = dict[str, Any]
_list: Final = json.JSONEncoder(separators=(",", ":")).encode


def of_document(facts: Facts) -> Columns:
    """The parties of an invoice file."""
    seller, buyer = facts.seller, facts.buyer
    return {
        "destination": facts.destination,
        "issuer": facts.issuer,
        "seller_name": seller.name,
        "seller_country": seller.country,
        "seller_code": seller.code,
        "seller_tax": seller.tax,
        "buyer_name": buyer.name,
        "buyer_country": buyer.country,
        "buyer_code": buyer.code,
        "buyer_tax": buyer.tax,
    }


def of_invoice(invoice: Invoice) -> Columns:
    """One invoice of a file; summaries and withholdings as JSON lists."""
    return {
        "position": invoice.position,
        "type": invoice.type,
        "number": invoice.number,
        "day": invoice.day,
        "currency": invoice.currency,
        "total": invoice.total,
        "stamp": int(invoice.stamp),
        "stamp_amount": invoice.stamp_amount,
        "art73": int(invoice.art73),
        "vat": _list(invoice.vat),
        "withheld": _list(invoice.withheld),
    }


def of_message(said: Message, name: str) -> Columns:
    """A message of SdI that came under a name."""
    return {
        "audience": said.audience,
        "sdi_id": _trimmed(said.identificativo_sdi),
        "file_name": _trimmed(said.nome_file),
        "stem": stem_of_message(said, name),
        "hash": digest_of(said.hash),
        "moment": _trimmed(said.data_ora_consegna or said.data_messa_a_disposizione or said.data_ora_ricezione),
        "answer": _trimmed(said.esito),
        "number": _trimmed(said.numero_fattura),
        "year": _trimmed(said.anno_fattura),
        "position": _trimmed(said.posizione_fattura),
        "how": "",
    }


def _trimmed(written: str | None) -> str:
    return (written or "").strip()
