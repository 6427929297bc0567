"""An archive in one SQLite file: write-ahead log, strict tables, full text; readers never wait for the writer."""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from ..refusals import reason
from . import tables
from .locks import held
from .store import SET_VERSION, Row, Values, damaged, missing, same_version, unusable, unwritable

_WAIT_SECONDS: Final = 60
_PORTION: Final = 200
_SETTINGS: Final = (
    "PRAGMA page_size = 8192",
    "PRAGMA journal_mode = WAL",
    "PRAGMA wal_autocheckpoint = 4000",
    "PRAGMA synchronous = NORMAL",  # a killed process loses nothing; after a power cut the last additions may be redone
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cache_size = -32000",
    "PRAGMA temp_store = FILE",
)
_SIGNS: Final = ("meta", "remote_events", "sides_state_document")
"""What an archive has that is up to date; only the first is in every one."""
_THERE: Final = f"SELECT name FROM sqlite_master WHERE name IN {_SIGNS}"  # noqa: S608 - our own names


_WRITING: Final = frozenset(
    [
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
    ]
)
_DAMAGED: Final = frozenset([sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB])


class SqliteStore:
    """One connection to one file; several processes may each have theirs."""

    dialect = tables.SQLITE

    def __init__(self, path: str, *, create: bool = True) -> None:
        self.place = path
        if not create and not Path(path).is_file():
            raise missing(path)
        self._turn = threading.RLock()
        self._fixed = False
        try:
            self._open(path)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise unusable(path, reason(error)) from error
        same_version(self)

    def _open(self, path: str) -> None:
        self._base = _connected(path)
        try:
            self._prepare()
        except sqlite3.OperationalError:
            if not _is_fixed(path):
                raise
            self._base.close()
            self._base = _connected(f"{Path(path).resolve().as_uri()}?mode=ro&immutable=1")
            self._fixed = True

    def _prepare(self) -> None:
        for setting in _SETTINGS:
            self._base.execute(setting)
        there = {name for (name,) in self._base.execute(_THERE)}
        if len(there) < len(_SIGNS):
            if not there and self._base.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall():
                raise sqlite3.DatabaseError("another program's database")
            with self.writing():
                for statement in tables.statements(self.dialect):
                    self._base.execute(statement)
                self.run(SET_VERSION, {"version": tables.VERSION})

    def rows(self, sql: str, values: Values | None = None) -> list[Row]:
        """Every row of an answer."""
        with self._turn, self._explained():
            return self._base.execute(sql, values or {}).fetchall()

    def stream(self, sql: str, values: Values | None = None) -> Iterator[Row]:
        """The rows one by one."""
        with self._explained():
            cursor = self._base.execute(sql, values or {})
        while portion := self._portion(cursor):
            yield from portion

    def _portion(self, cursor: sqlite3.Cursor) -> list[Row]:
        with self._explained():
            return cursor.fetchmany(_PORTION)

    def run(self, sql: str, values: Values | None = None) -> int:
        """Change something."""
        with self._explained():
            return self._base.execute(sql, values or {}).rowcount

    def run_many(self, sql: str, values: Sequence[Values]) -> None:
        """The same change for many rows."""
        if values:
            with self._explained():
                self._base.executemany(sql, values)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction, with the write lock from its beginning."""
        with self._turn:
            if self._base.in_transaction:
                yield
                return
            with self._explained():
                self._base.execute("BEGIN IMMEDIATE")
                try:
                    yield
                    self._base.execute("COMMIT")
                except BaseException:
                    self._undo()
                    raise

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Failures of the file in words: it has no room, nobody may write it, it is damaged."""
        try:
            yield
        except (sqlite3.Error, UnicodeDecodeError) as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code in _WRITING:
                raise unwritable(self.place, reason(error)) from error
            if code in _DAMAGED or "decode" in str(error):
                raise damaged(self.place, reason(error)) from error
            raise

    def _undo(self) -> None:
        if self._base.in_transaction:  # SQLite itself undoes everything when the disk is full
            self._base.execute("ROLLBACK")

    @contextmanager
    def exclusive(self, name: str) -> Iterator[bool]:
        """A lock beside the file, which the system lets go when its holder dies."""
        if self._fixed:  # nobody can change anything
            yield True
            return
        path = f"{self.place}.{name}.lock" if self.place != ":memory:" else os.devnull
        with ExitStack() as stack:
            try:
                mine = stack.enter_context(held(path))
            except OSError as error:
                if error.errno != errno.EROFS:
                    raise unwritable(path, error.strerror or str(error)) from error
                mine = True  # nobody can change anything
            yield mine

    def words(self, text: str) -> str:
        """FTS5 folds case and accents itself; what it takes for letters of their own (m², nº) is there twice."""
        return text if unicodedata.is_normalized("NFKC", text) else f"{text} {unicodedata.normalize('NFKC', text)}"

    def check(self) -> list[str]:
        """SQLite's own check of every page, index and reference."""
        found = [str(row[0]) for row in self.rows("PRAGMA integrity_check")]
        if found == ["ok"]:
            return [f"{table} {key} -> {parent}" for table, key, parent, _ in self.rows("PRAGMA foreign_key_check")]
        return found

    def close(self) -> None:
        """Close the file."""
        self._base.close()


def _connected(place: str) -> sqlite3.Connection:
    uri = place.startswith("file:")
    base = sqlite3.connect(place, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False, uri=uri)
    base.create_function("SMALL", 1, str.lower, deterministic=True)
    return base


def _is_fixed(path: str) -> bool:
    """Whether a file is all there is and nobody can change it, as on a medium that can only be read."""
    file, log = Path(path), Path(f"{path}-wal")
    whole = file.is_file() and not (log.is_file() and log.stat().st_size)
    return whole and not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK))
