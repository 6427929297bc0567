"""Rows with the rows that belong to them: in one pass when the children follow the order of their parents.

Contract: children stand in the order of their parents. When they do not, or when the numbers of a series do not grow,
the reading ends with ``Unordered`` and begins again through a temporary database on disk. Memory is constant anyway.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from ...texts import Text
from .source import Row, Rows, Source
from .tables import TABLES
from .troubles import Troubles

Family = tuple[Row, tuple[list[Row], ...]]
Order = Callable[[str], tuple[str, int]]
"""From the key of a parent to its place among the parents (series and number)."""


class Unordered(Exception):
    """The tables cannot be joined in one pass."""


class Joined:
    """A parent table with its child tables. Iterate it once; ``columns`` are those of parent and children."""

    def __init__(
        self, source: Source, parent: str, troubles: Troubles, *, order: Order | None = None, indexed: bool = False
    ) -> None:
        there = source.tables()
        self.table = parent
        self.parent = source.open(parent, troubles)
        names = [name for name, table in TABLES.items() if table.parent == parent]
        self.names = tuple(name for name in names if name in there)
        self.children = tuple(source.open(name, troubles) for name in self.names)
        self._key = _place(self.parent, TABLES[parent].key)
        self._links = [_place(rows, TABLES[name].link) for rows, name in zip(self.children, self.names, strict=True)]
        self._troubles, self._order, self._indexed = troubles, order, indexed

    def __iter__(self) -> Iterator[Family]:
        if self._key is None or None in self._links:  # a required column lacks: already said
            return iter(())
        return self._by_index(self._key) if self._indexed else self._in_order(self._key)

    def _in_order(self, key: int) -> Iterator[Family]:
        takers = [_Groups(rows.rows, link or 0) for rows, link in zip(self.children, self._links, strict=True)]
        if len(takers) == 1:
            take = takers[0].take
            for row in self.parent.rows:
                yield row, (take(row[1][key]),)
        else:
            for row in self.parent.rows:
                yield row, tuple(taker.take(row[1][key]) for taker in takers)
        if any(taker.ahead is not None for taker in takers):
            raise Unordered

    def _by_index(self, key: int) -> Iterator[Family]:
        index = _Index(len(self.children))
        try:
            index.fill(self.parent, key, self._order)
            for number, (rows, link) in enumerate(zip(self.children, self._links, strict=True)):
                index.fill_children(number, rows, link or 0)
                self._say_orphans(index, number, rows)
            yield from index.families(key)
        finally:
            index.close()

    def _say_orphans(self, index: _Index, number: int, rows: Rows) -> None:
        for place, key in index.orphans(number):
            self._troubles.at(rows.file, place)
            column = TABLES[self.names[number]].link
            self._troubles.error(
                "SL008", _ORPHAN, _ORPHAN_FIX, column, key=key, table=TABLES[self.names[number]].parent
            )


class _Groups:
    """Takes the children of one parent after the other."""

    def __init__(self, rows: Iterator[Row], link: int) -> None:
        self._rows, self._link = rows, link
        self.ahead: Row | None = next(rows, None)

    def take(self, key: str) -> list[Row]:
        """The children of ``key`` when they are next, else none."""
        row, link = self.ahead, self._link
        if row is None or row[1][link] != key:
            return []
        members = [row]
        for row in self._rows:
            if row[1][link] != key:
                self.ahead = row
                return members
            members.append(row)
        self.ahead = None
        return members


class _Index:
    """The same rows in a temporary database that SQLite keeps on disk and removes."""

    def __init__(self, children: int) -> None:
        import sqlite3  # most ledgers are in order and never need it

        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-1024; BEGIN;")
        self._database.execute("CREATE TABLE parent (key, series, n, row, cells)")
        self._children = children

    def fill(self, rows: Rows, key: int, order: Order | None) -> None:
        """Take the parents."""
        place = order or (lambda _: ("", 0))
        values = ((cells[key], *place(cells[key]), row, json.dumps(cells)) for row, cells in rows.rows)
        self._database.executemany("INSERT INTO parent VALUES (?, ?, ?, ?, ?)", values)
        self._database.execute("CREATE INDEX parents ON parent (key)")
        self._database.execute("CREATE INDEX ordered ON parent (series, n)")

    def fill_children(self, number: int, rows: Rows, link: int) -> None:
        """Take the rows of one child table."""
        self._database.execute(f"CREATE TABLE child{number} (key, row, cells)")
        values = ((cells[link], row, json.dumps(cells)) for row, cells in rows.rows)
        self._database.executemany(f"INSERT INTO child{number} VALUES (?, ?, ?)", values)  # noqa: S608 - a number
        self._database.execute(f"CREATE INDEX children{number} ON child{number} (key)")

    def orphans(self, number: int) -> list[tuple[int, str]]:
        """Row and key of children without a parent: the first hundred."""
        query = f"SELECT row, key FROM child{number} WHERE key NOT IN (SELECT key FROM parent) LIMIT 100"  # noqa: S608
        return self._database.execute(query).fetchall()

    def families(self, key: int) -> Iterator[Family]:
        """Every parent in order, with its children in the order of their table."""
        queries = [
            f"SELECT row, cells FROM child{number} WHERE key = ? ORDER BY rowid"  # noqa: S608
            for number in range(self._children)
        ]
        for row, text in self._database.execute("SELECT row, cells FROM parent ORDER BY series, n, rowid"):
            cells = json.loads(text)
            yield (row, cells), tuple(self._rows(query, cells[key]) for query in queries)

    def _rows(self, query: str, key: str) -> list[Row]:
        found: list[tuple[int, Any]] = self._database.execute(query, (key,)).fetchall()
        return [(row, json.loads(text)) for row, text in found]

    def close(self) -> None:
        """Forget everything."""
        self._database.close()


def _place(rows: Rows, column: str) -> int | None:
    return rows.columns.index(column) if column in rows.columns else None


_ORPHAN: Final = Text(
    "«{key}» non c'è nella tabella {table}.",
    "“{key}” is not in the table {table}.",
    "«{key}» não está na tabela {table}.",
)
_ORPHAN_FIX: Final = Text(
    "Aggiungi la riga in {table}, o togli questa.",
    "Add the row to {table}, or remove this one.",
    "Junte a linha em {table}, ou retire esta.",
)
