"""The database under an archive: SQLite by default, PostgreSQL by URL; the same SQL with ``:name`` for both.

Values never become SQL text. Writers take turns: whoever writes holds the one lock of the archive, so that identities
can be given out and looked up without surprises.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Final, Protocol

from ..errors import FatturakitError, InputError, OutputError, UsageError
from ..texts import Text
from .tables import VERSION, Dialect

Row = tuple[Any, ...]
Values = Mapping[str, object]
_URL: Final = re.compile(r"(postgres(?:ql)?)(\+\w+)?://", re.IGNORECASE)
_OTHER: Final = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_AT_ONCE: Final = 500
_ODD: Final = re.compile("[\0\ud800-\udfff]")
SET_VERSION: Final = "INSERT INTO meta (name, value) VALUES ('version', :version) ON CONFLICT DO NOTHING"


class Store(Protocol):
    """A database. ``writing()`` is one transaction that nobody else's writing overlaps."""

    dialect: Dialect
    place: str

    def rows(self, sql: str, values: Values | None = None) -> list[Row]:
        """Every row of an answer."""

    def stream(self, sql: str, values: Values | None = None) -> Iterator[Row]:
        """The rows of an answer one by one, in memory that does not grow."""

    def run(self, sql: str, values: Values | None = None) -> int:
        """Change something; how many rows."""

    def run_many(self, sql: str, values: Sequence[Values]) -> None:
        """The same change for many rows."""

    def writing(self) -> AbstractContextManager[None]:
        """All that happens inside is kept, or nothing."""

    def exclusive(self, name: str) -> AbstractContextManager[bool]:
        """Hold a lock of that name until the end; False when somebody else does."""

    def words(self, text: str) -> str:
        """Text as the full-text table takes it."""

    def check(self) -> list[str]:
        """What the database itself finds wrong with its file, in its own words."""

    def close(self) -> None:
        """Let go of it."""


def open_store(where: str | os.PathLike[str], *, create: bool = True) -> Store:
    """The store at a path or a ``postgresql://`` URL. ``UsageError`` for another URL or, without ``create``, a path
    where nothing is; ``InputError`` when it is no archive."""
    name = os.fspath(where)
    if _URL.match(name):
        from .postgres import PostgresStore

        return PostgresStore(name)
    if _OTHER.match(name):
        raise UsageError(_NO_URL, url=name.partition("://")[0])
    from .sqlite import SqliteStore

    return SqliteStore(name, create=create)


def storable(text: str) -> str:
    """Text that any database takes: without NUL, and without the halves of characters that stand for odd bytes."""
    return _ODD.sub("\ufffd", text)


def among(store: Store, sql: str, keys: Iterable[object], values: Values | None = None) -> Iterator[Row]:
    """The rows of ``sql``, whose ``{keys}`` stands for a list, asked for in portions."""
    wanted = list(dict.fromkeys(keys))
    for start in range(0, len(wanted), _AT_ONCE):
        part = {f"k{number}": key for number, key in enumerate(wanted[start : start + _AT_ONCE])}
        yield from store.rows(sql.replace("{keys}", listed(part)), {**part, **(values or {})})


def listed(names: Iterable[str]) -> str:
    """Parameters by name as SQL has a list: ``(:a, :b)``."""
    return "(" + ", ".join(f":{name}" for name in names) + ")"


def same_version(store: Store) -> None:
    """``InputError`` when a later fatturakit made the archive, which this one would not understand."""
    for (found,) in store.rows("SELECT value FROM meta WHERE name = 'version'"):
        if found != VERSION:
            raise InputError(_LATER, place=store.place, found=found, known=VERSION)


def unusable(place: str, reason: str | Text) -> FatturakitError:
    """The refusal of what cannot be opened as an archive."""
    return InputError(_UNUSABLE, place=place, reason=reason)


def damaged(place: str, reason: str | Text) -> FatturakitError:
    """The refusal of an archive whose database is no longer whole."""
    return InputError(_DAMAGED, place=place, reason=reason)


def unwritable(place: str, reason: str | Text) -> FatturakitError:
    """The failure of writing into an archive: full, read-only, locked."""
    return OutputError(_UNWRITABLE, place=place, reason=reason)


def missing(place: str) -> FatturakitError:
    """The refusal of an archive that is not there."""
    return UsageError(_MISSING, place=place)


_NO_URL: Final = Text(
    "Un archivio sta in un file SQLite o in postgresql://…, non in «{url}://».",
    "An archive lives in an SQLite file or at postgresql://…, not at “{url}://”.",
)
_MISSING: Final = Text(
    "Non c'è alcun archivio in «{place}»: crealo con «fatturakit archive add CARTELLA», o indicalo con --archive.",
    "There is no archive at “{place}”: make one with “fatturakit archive add FOLDER”, or name it with --archive.",
)
_LATER: Final = Text(
    "«{place}» è un archivio di un altro fatturakit (versione {found}, qui {known}): aggiorna fatturakit.",
    "“{place}” is the archive of another fatturakit (version {found}, here {known}): update fatturakit.",
)
_UNUSABLE: Final = Text(
    "«{place}» non si può aprire come archivio: {reason}.", "“{place}” cannot be opened as an archive: {reason}."
)
_DAMAGED: Final = Text(
    "L'archivio «{place}» è danneggiato: {reason}. Riprendilo da una copia di sicurezza, o fanne uno nuovo aggiungendo "
    "i file originali; «fatturakit archive check» dice che cosa non va.",
    "The archive “{place}” is damaged: {reason}. Restore it from a backup, or make a new one by adding the original "
    "files; “fatturakit archive check” says what is wrong.",
)
_UNWRITABLE: Final = Text(
    "Nell'archivio «{place}» non si può scrivere: {reason}. Quanto era già aggiunto resta.",
    "The archive “{place}” cannot be written: {reason}. What was already added stays.",
)
