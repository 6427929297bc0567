"""What is written down about an input, as columns; the archive adds what it alone knows: identities and the moment."""

from __future__ import annotations

import binascii
import hashlib
import json
import re
from typing import Any, Final

from ..envelope.names import notice_type, split
from ..invoice.messages import Message
from .facts import Facts, Invoice

Columns = dict[str, Any]
_HEX: Final = re.compile(r"[0-9A-Fa-f]{64}")
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


def stem_of(name: str) -> str:
    """What a file is known by, however it is wrapped: the name without its extension, in lower case.

    >>> stem_of("IT01234567890_00001.xml.p7m"), stem_of("IT01234567890_0000A.XML")
    ('it01234567890_00001', 'it01234567890_0000a')
    """
    base = name.strip().replace("\\", "/").rpartition("/")[2]
    return split(base)[0].lower()


def stem_of_message(said: Message, name: str) -> str:
    """The file a message is about: the one it names, else the one its own name begins with, else ""."""
    if said.nome_file and said.nome_file.strip():
        return stem_of(said.nome_file)
    kind = notice_type(name)
    if kind is None:
        return ""
    return name[: name.upper().rfind(f"_{kind}_")].lower()


def digest_of(written: str | None) -> bytes | None:
    """A SHA-256 as messages write it, in hexadecimal or base64; None for anything else."""
    bare = (written or "").strip()
    if _HEX.fullmatch(bare):
        return bytes.fromhex(bare)
    try:
        found = binascii.a2b_base64(bare.encode("ascii"), strict_mode=True)
    except (ValueError, UnicodeEncodeError):
        return None
    return found if len(found) == hashlib.sha256().digest_size else None


def _trimmed(written: str | None) -> str:
    return (written or "").strip()
