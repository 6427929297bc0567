"""Messages of SdI and the files they are about, brought together whatever came first.

Messages with the same IdentificativoSdI speak of one file. It is the one whose bytes have the SHA-256 that any of them
states; else the only one of the name that any of them states. Nothing else is taken into account, so the outcome
depends on what is in the archive and never on the order it came in.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from .state import refresh
from .store import Store, among

_CONCERNED: Final = "SELECT id, sdi_id FROM messages WHERE {column} IN {{keys}}"
_GROUP: Final = "SELECT id, sdi_id, stem, hash, document FROM messages WHERE {column} IN {{keys}}"
_BY_BYTES: Final = """SELECT b.sha256, f.document FROM files f JOIN blobs b ON b.id = f.blob
    WHERE b.sha256 IN {keys} AND f.document IS NOT NULL"""
_BY_NAME: Final = "SELECT DISTINCT stem, document FROM files WHERE stem IN {keys} AND document IS NOT NULL"
_PUT: Final = "UPDATE messages SET document = :document, how = :how WHERE id = :id"


def settle(store: Store, messages: Iterable[int], stems: Iterable[str], digests: Iterable[bytes]) -> None:
    """Match again what new messages and new documents (names and digests) may have changed; then their states."""
    concerned = _concerned(store, messages, stems, digests)
    if concerned:
        refresh(store, sorted(_match(store, _groups(store, concerned))))


def _concerned(
    store: Store, messages: Iterable[int], stems: Iterable[str], digests: Iterable[bytes]
) -> set[tuple[int, str]]:
    found: set[tuple[int, str]] = set()
    if not store.rows("SELECT 1 FROM messages LIMIT 1"):
        return found
    for column, keys in (("id", messages), ("stem", stems), ("hash", digests)):
        found.update(among(store, _CONCERNED.format(column=column), keys))
    return found


def _groups(store: Store, concerned: set[tuple[int, str]]) -> list[list[tuple[Any, ...]]]:
    """Whole groups: all messages of an IdentificativoSdI, or one without."""
    identifiers = {sdi_id for _, sdi_id in concerned if sdi_id}
    alone = [number for number, sdi_id in concerned if not sdi_id]
    groups: dict[str, list[tuple[Any, ...]]] = {}
    for row in among(store, _GROUP.format(column="sdi_id"), sorted(identifiers)):
        groups.setdefault(row[1], []).append(row)
    return [*groups.values(), *([row] for row in among(store, _GROUP.format(column="id"), sorted(alone)))]


def _match(store: Store, groups: list[list[tuple[Any, ...]]]) -> set[int]:
    """Give every message of the groups its document; the documents whose messages changed."""
    rows = [row for group in groups for row in group]
    by_bytes = {bytes(key): number for key, number in among(store, _BY_BYTES, {row[3] for row in rows if row[3]})}
    by_name: dict[str, set[int]] = {}
    for stem, number in among(store, _BY_NAME, sorted({row[2] for row in rows if row[2]})):
        by_name.setdefault(stem, set()).add(number)
    changes: list[dict[str, Any]] = []
    touched: set[int] = set()
    for group in groups:
        document, how = _file_of(group, by_bytes, by_name)
        changes += [{"id": row[0], "document": document, "how": how} for row in group]
        touched.update(number for number in (document, *(row[4] for row in group)) if number is not None)
    store.run_many(_PUT, changes)
    return touched


def _file_of(
    group: list[tuple[Any, ...]], by_bytes: dict[bytes, int], by_name: dict[str, set[int]]
) -> tuple[int | None, str]:
    exact = {by_bytes[bytes(row[3])] for row in group if row[3] and bytes(row[3]) in by_bytes}
    if len(exact) == 1:
        return exact.pop(), "hash"
    named = set().union(*(by_name.get(row[2], set()) for row in group))
    if len(named) == 1:
        return named.pop(), "name"
    return None, "several" if named or exact else "missing"
