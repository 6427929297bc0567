"""Where the records stand: in memory, and written through to an SQLite file when one was given."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from ..errors import InputError
from ..texts import Text
from .jsontext import decoded, encoded

Record = TypeVar("Record")
_SCHEMA: Final = "CREATE TABLE IF NOT EXISTS rows (kind TEXT, key TEXT, value TEXT, PRIMARY KEY (kind, key))"


class File:
    """The state of a sandbox on disk."""

    def __init__(self, path: str | Path) -> None:
        try:
            self._base = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            self._base.execute(_SCHEMA)
        except sqlite3.Error as error:
            raise InputError(_UNUSABLE, path=str(path), reason=str(error)) from error

    def rows(self, kind: str) -> Iterator[dict[str, Any]]:
        """Every record of a kind, in the order they came."""
        for (value,) in self._base.execute("SELECT value FROM rows WHERE kind = ? ORDER BY rowid", (kind,)):
            yield decoded(value)

    def put(self, kind: str, key: str, value: dict[str, Any]) -> None:
        """Keep a record, in its place when it was there."""
        text = encoded(value).decode("utf-8", "surrogatepass")
        command = "INSERT INTO rows VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value"
        self._base.execute(command, (kind, key, text))

    def drop(self, kind: str, key: str) -> None:
        """Forget a record."""
        self._base.execute("DELETE FROM rows WHERE kind = ? AND key = ?", (kind, key))

    def close(self) -> None:
        """Leave the file."""
        self._base.close()


class Table(Generic[Record]):
    """Records of one kind by key, in the order they came. Change one, then ``put`` it."""

    def __init__(self, kind: type[Record], file: File | None = None) -> None:
        self._kind, self._file = kind, file
        self._rows: dict[str, Record] = {}
        self._waiting: dict[str, Record] = {}
        if file is not None:
            known = {item.name for item in fields(kind)}  # type: ignore[arg-type]
            for row in file.rows(kind.__name__):
                found = kind(**{name: value for name, value in row.items() if name in known})
                self._rows[row["key"]] = found
                self._wait(row["key"], found)

    def put(self, record: Record) -> Record:
        """Keep a record, new or changed."""
        key: str = record.key  # type: ignore[attr-defined]
        self._rows[key] = record
        self._wait(key, record)
        if self._file is not None:
            self._file.put(self._kind.__name__, key, asdict(record))  # type: ignore[call-overload]
        return record

    def get(self, key: str) -> Record | None:
        """The record of a key."""
        return self._rows.get(key)

    def drop(self, key: str) -> None:
        """Forget a record."""
        self._waiting.pop(key, None)
        if self._rows.pop(key, None) is not None and self._file is not None:
            self._file.drop(self._kind.__name__, key)

    def due(self, now: str) -> list[Record]:
        """The records that wait for a moment that has come."""
        if not self._waiting:
            return []
        return [row for row in list(self._waiting.values()) if row.due <= now]  # type: ignore[attr-defined]

    def _wait(self, key: str, record: Record) -> None:
        if getattr(record, "due", ""):
            self._waiting[key] = record
        else:
            self._waiting.pop(key, None)

    def __iter__(self) -> Iterator[Record]:
        return iter(list(self._rows.values()))

    def __len__(self) -> int:
        return len(self._rows)


_UNUSABLE: Final = Text("«{path}» non si può usare come stato: {reason}.", "“{path}” cannot hold the state: {reason}.")
