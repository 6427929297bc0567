"""Documents known by their first bytes, whatever their file is called."""

from __future__ import annotations

from typing import Final

from . import armor, cms, stamped
from .der import Damaged
from .sniff import looks_like_xml

LOOK: Final = 4096
_ROUNDS: Final = 3
_PERHAPS: Final = (".p7s", ".p7", ".p7c", ".cms", ".der", ".ber", ".pem", ".b64", ".bin", ".dat")
_SPACES: Final = (b"ivaservizi.agenziaentrate.gov.it", b"fatturapa.gov.it", b"<FatturaElettronica")
"""What an invoice, or a message of SdI, has near its beginning."""


def may_be(name: str) -> bool:
    """True for names without an ending, and with those signed envelopes share with much else."""
    return "." not in name or name.lower().endswith(_PERHAPS)


def is_document(head: bytes) -> bool:
    """True for the first bytes of an invoice or a message, plain or signed, also written as base64 or PEM."""
    for _ in range(_ROUNDS):
        if cms.looks_like(head):
            content = _content(head)
            if not isinstance(content, bytes):
                return content
            head = content
        if looks_like_xml(head):
            return any(mark in head.replace(b"\x00", b"") for mark in _SPACES)
        text = armor.plain_text(head)
        if armor.is_pem(text):
            return armor.pem(text).label in armor.PEM_LABELS
        decoded = armor.decode(text) if armor.looks_like_base64(text) else None
        if decoded is None:
            return False
        head = decoded[0]
    return False


def _content(head: bytes) -> bytes | bool:
    """What is in an envelope; when its beginning is not enough to tell, whether that is data (no time stamp is)."""
    if stamped.looks_like(head):
        return True
    try:
        found = cms.read(head)
    except Damaged:
        return cms.MARK in head[:64] and cms.DATA in head[:512]
    return False if found.content is None else found.content
