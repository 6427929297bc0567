"""What the archive answers with: small records of plain values, ready for a table or for JSON."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from ..sdi.markings import acube_of, invoicetronic_of
from ..sdi.states import STATES, State
from .facts import Party


class Entry(NamedTuple):
    """A document seen from one side: what ``list`` gives.

    id: the number of the document; uuid: the same for the same XML in every archive; direction: sent, received,
    unknown; company: which of ours; type, number, day, total: of the first invoice, ``bodies`` says how many there are;
    state: ours, "" when unknown; due: the last day of the present term; downloaded_at, read_at, dismissed_at: when;
    messages: the kinds of those of SdI about it, files and what services told alike.
    """

    id: int
    uuid: UUID
    direction: str
    company: str
    reason: str
    name: str
    kind: str
    signed: bool
    created_at: str
    sdi_id: str | None
    seller: Party
    buyer: Party
    type: str
    number: str
    day: str
    currency: str
    total: Decimal | None
    stamp: bool
    bodies: int
    state: str
    definitive: bool
    since: str
    due: date | None
    downloaded_at: str | None
    read_at: str | None
    dismissed_at: str | None
    messages: tuple[str, ...]

    @property
    def meaning(self) -> State | None:
        """The state with its title and what to do next, None for a document that is not ours."""
        return STATES.get(self.state)

    @property
    def marking(self) -> str:
        """The state as the marking of A-Cube, "" when unknown."""
        return acube_of(self.state) if self.state else ""

    @property
    def invoicetronic(self) -> tuple[int, str] | None:
        """The state as number and name at Invoicetronic, None when it has none."""
        return invoicetronic_of(self.state) if self.state else None

    @property
    def to_pa(self) -> bool:
        """Whether the recipient is the public administration."""
        return self.kind in {"FPA12", "SDI10", "SDI11"}


class Notice(NamedTuple):
    """A message of SdI in the archive. document: what it is about, None unmatched; how: hash, name, or why not
    (missing, several)."""

    id: int
    kind: str
    audience: str
    name: str
    sdi_id: str
    file_name: str
    moment: str
    answer: str
    number: str
    created_at: str
    document: int | None
    how: str


class File(NamedTuple):
    """A name a document came under. sha256: of its bytes, in hexadecimal; source: where from."""

    name: str
    sha256: str
    size: int
    source: str
    added_at: str


def uuid_of(content: bytes) -> UUID:
    """The UUID of a document: made of the SHA-256 of its XML."""
    return UUID(bytes=content[:16], version=5)


def amount(text: str | None) -> Decimal | None:
    """An amount as the tables keep it."""
    return None if text is None else Decimal(text)


def as_dict(entry: Entry) -> dict[str, object]:
    """An entry as plain data for JSON: the words A-Cube has for a thing where it has one."""
    return {
        "id": entry.id,
        "uuid": str(entry.uuid),
        "direction": entry.direction,
        "company": entry.company,
        "reason": entry.reason,
        "type": {"sent": 0, "received": 1}.get(entry.direction),
        "name": entry.name,
        "transmission_format": entry.kind,
        "to_pa": entry.to_pa,
        "signed": entry.signed,
        "created_at": entry.created_at,
        "sdi_file_id": entry.sdi_id,
        "sender": _party(entry.seller),
        "recipient": _party(entry.buyer),
        "document_type": entry.type,
        "invoice_number": entry.number,
        "invoice_date": entry.day,
        "currency": entry.currency,
        "total": None if entry.total is None else f"{entry.total:f}",
        "stamp": entry.stamp,
        "invoices": entry.bodies,
        "state": entry.state or None,
        "definitive": entry.definitive,
        "since": entry.since or None,
        "due": entry.due.isoformat() if entry.due else None,
        "marking": entry.marking or None,
        "invoicetronic": entry.invoicetronic[1] if entry.invoicetronic else None,
        "downloaded": entry.downloaded_at is not None,
        "downloaded_at": entry.downloaded_at,
        "read_at": entry.read_at,
        "archived_rejected_at": entry.dismissed_at,
        "messages": list(entry.messages),
    }


def _party(party: Party) -> dict[str, str]:
    return {
        "business_name": party.name,
        "business_vat_number_country": party.country,
        "business_vat_number_code": party.code,
        "business_fiscal_code": party.tax,
    }
