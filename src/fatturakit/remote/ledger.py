"""Which document of an archive is which at a service, and what the service last said of it: kept in the archive."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final, NamedTuple

from ..archive.archive import Archive
from ..errors import FatturakitError
from ..sdi.markings import INVOICETRONIC, state_of_invoicetronic

_KNOWN: Final = "SELECT document, marking FROM remote_documents WHERE place = :place AND uuid = :uuid"
_KEEP: Final = """INSERT INTO remote_documents (place, uuid, document, marking)
    VALUES (:place, :uuid, :document, :marking) ON CONFLICT (place, uuid)
    DO UPDATE SET document = :document, marking = :marking"""

# What services call the states of an invoice; those of public administrations under their own names. Others are data.
STATES: Final[Mapping[str, tuple[str, str]]] = {
    "waiting": ("waiting", "waiting"),
    "quarantena": ("quarantined", "quarantined"),
    "invoice-error": ("failed", "failed"),
    "sent": ("transmitted", "transmitted"),
    "rejected": ("rejected", "rejected"),
    "delivered": ("delivered", "delivered_pa"),
    "delivered-pa": ("delivered_pa", "delivered_pa"),
    "not-delivered": ("not_delivered", "delivery_failed"),
    "accepted-pa": ("accepted", "accepted"),
    "rejected-pa": ("refused", "refused"),
    "deadline-terms": ("expired", "expired"),
} | {
    name: (state_of_invoicetronic(number, "private") or state, state_of_invoicetronic(number, "pa") or state)
    for state, (number, label) in INVOICETRONIC.items()
    for name in (label, str(number))
}


class Known(NamedTuple):
    """The number of a document in the archive, and the marking it had last."""

    document: int
    marking: str


class Ledger:
    """The pairs of one service and one archive. place: which service, and where."""

    def __init__(self, archive: Archive, place: str) -> None:
        self._archive, self._place = archive, place

    def find(self, uuid: str) -> Known | None:
        """What is known of an identifier of the service."""
        rows = self._archive.store.rows(_KNOWN, {"place": self._place, "uuid": uuid})
        return Known(*rows[0]) if rows else None

    def add(self, uuid: str, name: str, data: bytes) -> tuple[int, bool]:
        """Put a document into the archive: its number, and whether it is new. Raises why it cannot be taken."""
        added = self._archive.add((name, data))
        for _, error in added.refused:
            raise error
        number = self._archive.get(hashlib.sha256(data).hexdigest()).entry.id
        self.keep(uuid, number)
        return number, bool(added.documents)

    def mark(self, uuid: str, known: Known, marking: str, *, to_pa: bool) -> bool:
        """Write down what the service says; True when that is news."""
        if marking == known.marking:
            return False
        state = STATES.get(marking)
        if state is not None:
            source = self._place.partition(" ")[0]
            self._archive.mark([known.document], state=state[to_pa], direction="sent", source=source)
        self.keep(uuid, known.document, marking)
        return True

    def keep(self, uuid: str, document: int, marking: str = "") -> None:
        """Remember which document an identifier of the service is."""
        values = {"place": self._place, "uuid": uuid, "document": document, "marking": marking}
        with self._archive.store.writing():
            self._archive.store.run(_KEEP, values)


class Refusal(NamedTuple):
    """A document of the service that the archive could not take."""

    uuid: str
    error: FatturakitError
