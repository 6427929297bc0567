"""What was done before: one file, written through to the disk chunk by chunk, that an interrupted run goes on from.

An SQLite database, so that a kill at any moment leaves either a chunk or nothing of it, and a second run at the same
time is refused. It has the results themselves (or, on a cluster, the names of the files with them), so that a report
made after the interruption has everything in it; what was written to a file of its own is only noted. An input is
known by its name and its version (size and time, or the tag of a storage).
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from pickle import UnpicklingError
from typing import Any, Final, NamedTuple, Self

from ..errors import OutputError, UsageError
from . import safe
from .inputs import Input
from .statewords import DAMAGED, LOCKED, NO_STATE, OTHER, UNWRITABLE
from .tasks import Task
from .versions import key_of

_APPLICATION: Final = 0x66617474
_CACHED: Final = 3
_NOWHERE: Final[tuple[str, ...]] = ()
_Row = tuple[bytes, str, int, int]
Found = tuple[Input, Any, tuple[str, ...]]
"""An input, its result, and the files of its own that the result was written to."""
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS chunk (number INTEGER PRIMARY KEY, data BLOB, file TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS done (key BLOB PRIMARY KEY, stamp TEXT NOT NULL, chunk INTEGER NOT NULL,
  place INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS written (key BLOB, number INTEGER, output TEXT NOT NULL, PRIMARY KEY (key, number))
  WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS written_output ON written (output);
"""


class Place(NamedTuple):
    """Where a result is: the chunk, its number there; outputs: the files it was written to."""

    chunk: int
    number: int
    outputs: tuple[str, ...] = ()


class State:
    """An open state. about: what is being done; a state that was made for something else is refused (``UsageError``).

    task: the work whose results it has, set before they are asked for.
    ``before`` and ``written`` speak of the result at hand: the files an earlier run wrote it to, and this one.
    """

    def __init__(self, path: str, about: Mapping[str, str]) -> None:
        self.path = path
        self.before = self.written = self.previous = _NOWHERE
        self.task: Task[Any]
        self._key = b""
        self._cache: OrderedDict[int, list[Any] | None] = OrderedDict()
        with self._worded():
            self._db = _opened(path)
            try:
                if self._is_new():
                    self._db.executescript(_TABLES)
                    said = ((f"={name}", value) for name, value in about.items())
                    self._db.executemany("INSERT INTO about VALUES (?, ?)", said)
                    self._db.commit()
                self._compare(about)
                self._db.execute("DELETE FROM about WHERE 0")  # a file that may only be read refuses this, and no less
            except BaseException:
                self._db.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def noted(self, name: str) -> str | None:
        """What was noted under ``name``."""
        with self._worded():
            row = self._db.execute("SELECT value FROM about WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def note(self, name: str, value: str) -> str:
        """Note ``value`` under ``name``, where it stays; the value."""
        with self._worded():
            self._db.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (name, value))
            self._db.commit()
        return value

    def find(self, item: Input) -> Place | None:
        """Where the result of an input is; None when it is to be made (again)."""
        if item.trouble is not None:
            return None
        with self._worded():
            row = self._db.execute("SELECT stamp, chunk, place FROM done WHERE key = ?", (key_of(item),)).fetchone()
        if row is None or row[0] != item.stamp:
            return None
        outputs = self._outputs(item)
        if any(map(_is_gone, outputs)) or self._results(row[1]) is None:
            return None
        return Place(row[1], row[2], outputs)

    def value(self, place: Place) -> Any:
        """The result at a place."""
        results = self._results(place.chunk)
        if results is None or place.number >= len(results):
            raise UsageError(DAMAGED, path=self.path)
        return results[place.number]

    def turn(self, item: Input, place: Place | None) -> None:
        """The result of ``item`` is at hand."""
        self._key = key_of(item)
        self.before = place.outputs if place else _NOWHERE
        self.written = _NOWHERE
        self.previous = self._outputs(item) if place is None and item.trouble is None else _NOWHERE

    def wrote(self, output: str) -> bool:
        """The result at hand goes to a file of its own; whether that may replace what is there."""
        self.written = (*self.written, output)
        return self.may_replace(output)

    def intend(self, output: str) -> None:
        """The result at hand is about to be the first at ``output``: known as ours even when a kill comes between."""
        with self._worded():
            row = (self._key, len(self.written), output)
            self._db.execute("INSERT OR REPLACE INTO written VALUES (?, ?, ?)", row)
            self._db.commit()

    def is_mine(self, target: str | None) -> bool:
        """Whether this work, done before, put its report to ``target``."""
        return target is not None and self.noted(f"report {target}") is not None

    def is_written(self, target: str | None) -> None:
        """The report is at ``target``."""
        if target is not None:
            self.note(f"report {target}", "")

    def may_replace(self, output: str) -> bool:
        """Whether a file is there because this run, before it was interrupted, wrote it for the input at hand."""
        return output in self.before or output in self.previous

    def is_anothers(self, output: str) -> bool:
        """Whether a file was written for another input than the one at hand."""
        with self._worded():
            row = self._db.execute("SELECT 1 FROM written WHERE output = ?", (output,)).fetchone()
        return row is not None and not self.may_replace(output)

    def keep(self, found: list[Found], file: str = "") -> None:
        """Remember the results of a chunk, through to the disk. file: where they are already."""
        task = self.task
        slim = [task.slim(value) if outputs and value is not None else value for _, value, outputs in found]
        data = None if file else zlib.compress(task.packed(slim), 1)
        with self._worded():
            number = self._db.execute("INSERT INTO chunk (data, file) VALUES (?, ?)", (data, file)).lastrowid
            self._db.executemany(
                "INSERT OR REPLACE INTO done VALUES (?, ?, ?, ?)", _rows(found, task, int(number or 0))
            )
            self._db.executemany("DELETE FROM written WHERE key = ?", ((key_of(item),) for item, *_ in found))
            self._db.executemany("INSERT OR REPLACE INTO written VALUES (?, ?, ?)", _files(found))
            self._db.commit()

    def _outputs(self, item: Input) -> tuple[str, ...]:
        with self._worded():
            rows = self._db.execute("SELECT output FROM written WHERE key = ? ORDER BY number", (key_of(item),))
            return tuple([output for (output,) in rows])

    def _results(self, chunk: int) -> list[Any] | None:
        """The results of a chunk; None when they cannot be had any more."""
        if chunk not in self._cache:
            with self._worded():
                row = self._db.execute("SELECT data, file FROM chunk WHERE number = ?", (chunk,)).fetchone()
            self._cache[chunk] = _loaded(row, self.task)
            if len(self._cache) > _CACHED:
                self._cache.popitem(last=False)
        return self._cache[chunk]

    def _is_new(self) -> bool:
        """True for an empty file, now marked; a database that is something else (an archive) is refused."""
        ((mark,),) = self._db.execute("PRAGMA application_id").fetchall()
        ((tables,),) = self._db.execute("SELECT count(*) FROM sqlite_master").fetchall()
        if tables and mark != _APPLICATION:
            raise UsageError(NO_STATE, path=self.path)
        if not tables:
            self._db.execute(f"PRAGMA application_id = {_APPLICATION}")
        return not tables

    def _compare(self, about: Mapping[str, str]) -> None:
        before = dict(self._db.execute("SELECT substr(name, 2), value FROM about WHERE name GLOB '=*'"))
        for name in sorted(before.keys() | about.keys()):
            if before.get(name) != about.get(name):
                said = {"before": before.get(name) or "-", "now": about.get(name) or "-"}
                raise UsageError(OTHER, path=self.path, name=name, **said)

    @contextmanager
    def _worded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise UsageError(LOCKED, path=self.path) from error
            raise OutputError(UNWRITABLE, path=self.path, reason=str(error)) from error
        except sqlite3.DatabaseError as error:
            raise UsageError(DAMAGED, path=self.path) from error


def _opened(path: str) -> sqlite3.Connection:
    """The database, held for this run alone; every commit waits for the disk."""
    base = sqlite3.connect(path, timeout=0, isolation_level="IMMEDIATE")
    base.execute("PRAGMA locking_mode = EXCLUSIVE")
    base.execute("PRAGMA synchronous = FULL")
    base.execute("BEGIN IMMEDIATE")
    return base


def _rows(found: list[Found], task: Task[Any], chunk: int) -> Iterator[_Row]:
    for number, (item, value, _) in enumerate(found):
        if item.trouble is None and (value is None or task.settled(value)):
            yield key_of(item), item.stamp, chunk, number


def _files(found: list[Found]) -> Iterator[tuple[bytes, int, str]]:
    for item, _, outputs in found:
        key = key_of(item)
        yield from ((key, number, output) for number, output in enumerate(outputs))


def _loaded(row: tuple[bytes | None, str] | None, task: Task[Any]) -> list[Any] | None:
    """The results of a row; None when there are none or they are damaged."""
    if row is None:
        return None
    data, file = row
    try:
        return list(task.unpacked(safe.loads(zlib.decompress(content(file) if data is None else data))))
    except (zlib.error, UnpicklingError, OSError, TypeError, ValueError, LookupError, AttributeError):
        return None


def content(place: str) -> bytes:
    """The bytes of a result file, on disk or in a storage."""
    if "://" in place:
        from .. import storage

        return storage.whole(place)
    return Path(place).read_bytes()


def _is_gone(output: str) -> bool:
    """Whether a file that was written is no longer there; a storage is not asked for each."""
    return "://" not in output and not os.path.exists(output)  # noqa: PTH110
