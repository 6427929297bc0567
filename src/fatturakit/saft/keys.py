"""Keys met so far, in bounded memory: beyond a number of them they go to a temporary file."""

from __future__ import annotations

import sqlite3


class Keys:
    """A set of texts, each with a small number beside it.

    most: how many are held in memory; the rest lies in a temporary SQLite file that vanishes with the object.
    """

    def __init__(self, most: int = 500_000) -> None:
        self._most = most
        self._recent: dict[str, int] = {}
        self._file: sqlite3.Connection | None = None

    def add(self, key: str, value: int = 0) -> bool:
        """Remember ``key``; False when it was known."""
        if self.get(key) is not None:
            return False
        self._recent[key] = value
        if len(self._recent) >= self._most:
            self._spill()
        return True

    def get(self, key: str) -> int | None:
        """The number beside ``key``, None for an unknown one."""
        found = self._recent.get(key)
        if found is not None or self._file is None:
            return found
        row = self._file.execute("SELECT value FROM keys WHERE key = ?", (key,)).fetchone()
        return None if row is None else int(row[0])

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None

    def __bool__(self) -> bool:
        return bool(self._recent) or self._file is not None

    def _spill(self) -> None:
        if self._file is None:
            self._file = sqlite3.connect("")  # an empty name is a temporary file, removed when closed
            self._file.execute("PRAGMA journal_mode = OFF")
            self._file.execute("CREATE TABLE keys (key TEXT PRIMARY KEY, value INTEGER) WITHOUT ROWID")
        self._file.executemany("INSERT OR IGNORE INTO keys VALUES (?, ?)", self._recent.items())
        self._recent.clear()
