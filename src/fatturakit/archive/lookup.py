"""One thing out of the archive by whatever it is called; the messages; the check of every byte."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Final, NamedTuple
from uuid import UUID

from ..document import Document, from_bytes
from ..errors import FatturakitError, InputError, UsageError
from ..texts import Text
from . import search
from .records import Entry, File, Notice
from .stems import stem_of
from .store import Store, damaged, storable
from .told import Told, told

_FILES: Final = """SELECT f.name, b.sha256, b.size, f.source, f.added_at FROM files f JOIN blobs b ON b.id = f.blob
    WHERE f.document = :id ORDER BY f.added_at, f.name"""
_NOTICES: Final = """SELECT id, kind, audience, name, sdi_id, file_name, moment, answer, number, created_at, document,
    how FROM messages"""
_DATA: Final = "SELECT b.data FROM documents d JOIN blobs b ON b.id = d.blob WHERE d.id = :id"
_MESSAGE: Final = "SELECT b.data FROM messages m JOIN blobs b ON b.id = m.blob WHERE m.id = :id"
_BLOB: Final = "SELECT sha256, size, data FROM blobs WHERE id = :id"


class Found(NamedTuple):
    """A document with everything about it. entries: one a side; files: every name it came under; told: what
    services said of it."""

    store: Store
    entries: tuple[Entry, ...]
    files: tuple[File, ...]
    notices: tuple[Notice, ...]
    told: tuple[Told, ...] = ()

    @property
    def entry(self) -> Entry:
        """The first side."""
        return self.entries[0]

    @property
    def data(self) -> bytes:
        """The bytes as they were received first."""
        return _bytes(self.store, _DATA, self.entry.id)

    def document(self) -> Document:
        """The document, open."""
        return from_bytes(self.data, self.entry.name)


def get(store: Store, key: int | str) -> Found:
    """The document that ``key`` names."""
    number = find(store, key)
    entries = tuple(search.entries(store, search.query(store, {"id": number})))
    if not entries:
        raise damaged(store.place, f"documents {number}")
    files = tuple(File(name, bytes(sha).hex(), *rest) for name, sha, *rest in store.rows(_FILES, {"id": number}))
    return Found(store, entries, files, tuple(notices(store, number)), tuple(told(store, number)))


def find(store: Store, key: int | str) -> int:
    """The number of the document that ``key`` names: number, UUID, SHA-256, name, IdentificativoSdI."""
    for look in _LOOKS:
        found = sorted(set(look(store, storable(str(key).strip()))))
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(_SEVERAL, key=key, ids=", ".join(map(str, found[:10])))
    raise UsageError(_NONE, key=key)


def notices(store: Store, document: int | None = None, *, unmatched: bool = False) -> Iterator[Notice]:
    """The messages of a document, the unmatched ones, or all, in the order of SdI."""
    where = " WHERE document IS NULL" if unmatched else " WHERE document = :id" if document is not None else ""
    values = {"id": document} if document is not None and not unmatched else {}
    return (Notice(*row) for row in store.stream(f"{_NOTICES}{where} ORDER BY moment, kind, id", values))


def message_data(store: Store, number: int) -> bytes:
    """The bytes of a message."""
    return _bytes(store, _MESSAGE, number)


def _bytes(store: Store, sql: str, number: int) -> bytes:
    for (data,) in store.rows(sql, {"id": number}):
        return bytes(data)
    raise damaged(store.place, f"blobs, {number}")


def check(store: Store) -> Iterator[FatturakitError]:
    """What is wrong: with the database, and with bytes that no longer have their SHA-256."""
    try:
        yield from (InputError(_BROKEN, what=line) for line in store.check())
        for (number,) in store.rows("SELECT id FROM blobs ORDER BY id"):
            yield from _changed(store, number)
    except InputError as error:
        yield error


def _changed(store: Store, number: int) -> Iterator[FatturakitError]:
    """The files that some bytes are kept for, when they are not what they were."""
    try:
        sha256, size, data = next(iter(store.rows(_BLOB, {"id": number})), (b"", 0, b""))
    except InputError as error:
        yield error
        return
    if hashlib.sha256(data).digest() != bytes(sha256) or len(data) != size:
        names = ", ".join(row[0] for row in store.rows("SELECT name FROM files WHERE blob = :id", {"id": number}))
        yield InputError(_CHANGED, names=names or "?", sha256=bytes(sha256).hex())


def _number(store: Store, key: str) -> Iterator[int]:
    if key.isdecimal() and len(key) < 19:
        yield from (row[0] for row in store.rows("SELECT id FROM documents WHERE id = :id", {"id": int(key)}))


def _uuid(store: Store, key: str) -> Iterator[int]:
    if re.fullmatch(r"[0-9A-Fa-f]{8}(-?[0-9A-Fa-f]{4}){3}-?[0-9A-Fa-f]{12}", key):
        found = search.by_uuid(store, UUID(key))
        if found is not None:
            yield found
        sent = store.rows(
            "SELECT document FROM drafts WHERE uuid = :id AND document IS NOT NULL", {"id": str(UUID(key))}
        )
        yield from (row[0] for row in sent)


def _sha(store: Store, key: str) -> Iterator[int]:
    if re.fullmatch(r"[0-9A-Fa-f]{12,64}", key):
        low, high = bytes.fromhex(key[: len(key) // 2 * 2]), bytes.fromhex(key[: len(key) // 2 * 2]) + b"\xff" * 32
        sql = """SELECT f.document FROM files f JOIN blobs b ON b.id = f.blob
            WHERE b.sha256 >= :low AND b.sha256 <= :high AND f.document IS NOT NULL"""
        yield from (row[0] for row in store.rows(sql, {"low": low, "high": high}))


def _name(store: Store, key: str) -> Iterator[int]:
    sql = "SELECT DISTINCT document FROM files WHERE {column} = :key AND document IS NOT NULL"
    exact = store.rows(
        "SELECT DISTINCT document FROM files WHERE stem = :stem AND name = :key AND document IS NOT NULL",
        {"key": key, "stem": stem_of(key)},
    )
    rows = exact or store.rows(sql.format(column="stem"), {"key": stem_of(key)})
    yield from (row[0] for row in rows)


def _sdi(store: Store, key: str) -> Iterator[int]:
    sql = "SELECT document FROM messages WHERE sdi_id = :key AND document IS NOT NULL"
    yield from (row[0] for row in store.rows(sql, {"key": key}))


_LOOKS: Final = (_number, _uuid, _name, _sdi, _sha)
_BROKEN: Final = Text("La base dati non è intera: {what}.", "The database is not whole: {what}.")
_CHANGED: Final = Text(
    "{names}: i byte non hanno più la loro SHA-256 ({sha256}). Aggiungi di nuovo il file originale.",
    "{names}: the bytes no longer have their SHA-256 ({sha256}). Add the original file again.",
)
_NONE: Final = Text("Nell'archivio non c'è nulla che si chiami «{key}».", "Nothing in the archive is called “{key}”.")
_SEVERAL: Final = Text(
    "«{key}» è di più documenti: {ids}. Usa il numero.", "“{key}” is of several documents: {ids}. Use the number."
)
