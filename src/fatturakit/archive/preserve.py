"""A package for a preservation service: documents, their messages, and an index with digests and the least metadata.

The index follows the shape of UNI SInCRO (11386) in its own namespace-free words. This is no accredited preservation:
it makes what is handed to one, and remembers what was handed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple
from uuid import UUID

from lxml import etree

from ..envelope.safenames import SafeNames
from ..errors import UsageError
from ..texts import Text
from ..writing import whole
from ..xmlio import serialise
from .export import best, messages_of
from .lookup import find, get
from .records import Entry
from .zips import ZipStream

if TYPE_CHECKING:
    import os

    from .archive import Archive
    from .store import Store

INDEX: Final = "index.xml"
STATUSES: Final = ("to_be_stored", "sent", "stored", "error")
_ANSWERED: Final = ("stored", "error")
_COLUMNS: Final = """uuid, created_at, status, receipt_received_at, object_type, document, message,
    preserved_object_id, weight"""


class PreservedDocument(NamedTuple):
    """What became of a document: the resource of A-Cube. weight: bytes."""

    uuid: UUID
    created_at: str
    status: str
    receipt_received_at: str | None
    object_type: str
    object_id: int
    message: str
    preserved_object_id: str
    weight: int


def refusal_of(entry: Entry) -> Text | None:
    """Why a document cannot be preserved yet, None when it can: sent and settled, or received."""
    if entry.direction == "unknown":
        return _NOT_OURS
    state = entry.meaning
    if entry.direction == "received":
        return None
    if state is None or not entry.definitive:
        return _NOT_SETTLED
    return None if state.issued else _NOT_ISSUED


def preserve(archive: Archive, keys: Iterable[int | str], to: str | os.PathLike[str], *, force: bool = False) -> int:
    """Write the package and note every document in it as ``sent``; how many. All or none: ``UsageError`` names the
    first that is not eligible and why."""
    store = archive.store
    found = [get(store, number).entries for number in dict.fromkeys([find(store, key) for key in keys])]
    entries = [_eligible(each) for each in found]
    if not entries:
        raise UsageError(_NONE)
    with whole(to, force=force) as stream:
        target = ZipStream(stream.write)
        index = etree.Element("PIndex", version="1.0")
        weights = {entry.id: _put(store, target, index, entry) for entry in sorted(entries)}
        target.add(INDEX, serialise(index))
        target.close()
    with store.writing():
        for entry in entries:
            _note(store, entry, weights[entry.id], archive.now())
    return len(entries)


def eligible(archive: Archive, **filters: object) -> Iterator[Entry]:
    """The documents that can be preserved and were not yet handed over."""
    taken = {row[0] for row in archive.store.rows("SELECT document FROM preserved WHERE status <> 'error'")}
    seen: set[int] = set()
    for entry in archive.list(None, **filters):  # type: ignore[arg-type]
        if entry.id not in taken | seen and refusal_of(entry) is None:
            seen.add(entry.id)
            yield entry


def preserved(store: Store, document: int) -> PreservedDocument | None:
    """What became of a document, None when it was never handed over."""
    rows = store.rows(f"SELECT {_COLUMNS} FROM preserved WHERE document = :id", {"id": document})  # noqa: S608 - ours
    return PreservedDocument(UUID(rows[0][0]), *rows[0][1:]) if rows else None


def set_status(store: Store, document: int, status: str, *, now: str, receipt: str = "", message: str = "") -> None:
    """What the service answered: ``stored`` with the identity it gave, or ``error`` with its message."""
    if status not in STATUSES:
        raise UsageError(_NO_STATUS, status=status, known=", ".join(STATUSES))
    answered = now if status in _ANSWERED else None
    values = {"id": document, "status": status, "now": answered, "receipt": receipt, "message": message}
    sql = """UPDATE preserved SET status = :status, receipt_received_at = :now, preserved_object_id = :receipt,
        message = :message WHERE document = :id"""
    with store.writing():
        if not store.run(sql, values):
            raise UsageError(_NEVER, id=document)


def _eligible(entries: tuple[Entry, ...]) -> Entry:
    refusals = [(entry, refusal_of(entry)) for entry in entries]
    for entry, why in refusals:
        if why is None:
            return entry
    raise UsageError(_NOT_ELIGIBLE, id=entries[0].id, why=refusals[0][1])


def _put(store: Store, target: ZipStream, index: etree._Element, entry: Entry) -> int:
    """One document with its messages, in the ZIP and in the index; its bytes."""
    name, data = best(store, entry.id)
    folder = f"documents/{entry.id:08}"
    row = etree.SubElement(index, "Document", id=str(entry.uuid))
    for tag, value in _metadata(entry):
        etree.SubElement(row, tag).text = value
    _file(target, row, f"{folder}/{SafeNames().give(name, 'document.xml', '.xml')}", data)
    names = SafeNames()
    for told, message in messages_of(store, entry.id):
        _file(target, row, f"{folder}/messages/{names.give(told, 'message.xml', '.xml')}", message)
    return len(data)


def _metadata(entry: Entry) -> Iterator[tuple[str, str]]:
    """The least a preservation asks for: what, when, who, and the state."""
    yield "Type", entry.type
    yield "Number", entry.number
    yield "Date", entry.day
    yield "Direction", entry.direction
    yield "SellerName", entry.seller.name
    yield "SellerVat", entry.seller.vat_number or entry.seller.tax
    yield "BuyerName", entry.buyer.name
    yield "BuyerVat", entry.buyer.vat_number or entry.buyer.tax
    yield "SdiIdentifier", entry.sdi_id or ""
    yield "State", entry.state


def _file(target: ZipStream, row: etree._Element, path: str, data: bytes) -> None:
    target.add(path, data)
    digest = hashlib.sha256(data).hexdigest()
    etree.SubElement(row, "File", path=path, size=str(len(data)), algorithm="SHA-256", digest=digest)


def _note(store: Store, entry: Entry, weight: int, now: str) -> None:
    kind = "customer invoice" if entry.direction == "sent" else "supplier invoice"
    values = {"uuid": str(entry.uuid), "now": now, "kind": kind, "id": entry.id, "weight": weight}
    store.run(
        f"""INSERT INTO preserved ({_COLUMNS}) VALUES (:uuid, :now, 'sent', NULL, :kind, :id, '', '', :weight)
        ON CONFLICT (document) DO UPDATE SET status = 'sent', created_at = :now, message = ''""",  # noqa: S608 - our names
        values,
    )


_NOT_OURS: Final = Text("non è di nessuna delle proprie aziende", "it is of none of our companies")
_NOT_SETTLED: Final = Text("il suo esito non è ancora definitivo", "its outcome is not definitive yet")
_NOT_ISSUED: Final = Text("non risulta emessa", "it counts as not issued")
_NOT_ELIGIBLE: Final = Text(
    "Il documento {id} non si può conservare: {why}.", "Document {id} cannot be preserved: {why}."
)
_NONE: Final = Text("Nessun documento da conservare.", "No document to preserve.")
_NO_STATUS: Final = Text("Stato «{status}» sconosciuto: usa {known}.", "Unknown status “{status}”: use {known}.")
_NEVER: Final = Text(
    "Il documento {id} non è mai stato consegnato a una conservazione.", "Document {id} was never handed over."
)
