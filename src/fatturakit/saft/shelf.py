"""A mapping that stays small in memory: beyond ``MOST`` keys it moves to a temporary database on disk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3

MOST: Final = 50_000


class Shelf:
    """From text to text. ``add`` keeps the first value of a key; iteration is in the order of adding."""

    def __init__(self, most: int = MOST) -> None:
        self._held: dict[str, str] = {}
        self._most = most
        self._disk: sqlite3.Connection | None = None

    def add(self, key: str, value: str = "") -> bool:
        """Keep a key; False when it is here already."""
        if self.get(key) is not None:
            return False
        if len(self._held) >= self._most:
            self._spill()
        self._held[key] = value
        return True

    def get(self, key: str) -> str | None:
        """The value of a key, None when it is not here."""
        found = self._held.get(key)
        if found is not None or self._disk is None:
            return found
        row = self._disk.execute("SELECT value FROM shelf WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None

    def __iter__(self) -> Iterator[str]:
        if self._disk is not None:
            yield from (key for (key,) in self._disk.execute("SELECT key FROM shelf ORDER BY rowid"))
        yield from self._held

    def _spill(self) -> None:
        if self._disk is None:
            import sqlite3  # most shelves never move

            self._disk = sqlite3.connect("", isolation_level=None)
            self._disk.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-4096; BEGIN;")
            self._disk.execute("CREATE TABLE shelf (key TEXT, value TEXT)")
            self._disk.execute("CREATE UNIQUE INDEX keys ON shelf (key)")
        self._disk.executemany("INSERT INTO shelf VALUES (?, ?)", self._held.items())
        self._held.clear()
