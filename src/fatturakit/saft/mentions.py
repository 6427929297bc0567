"""Where a ledger names a customer or supplier that it does not have: looked up only when there is one to tell of."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, NamedTuple

from .ledger.source import Source
from .ledger.troubles import Troubles

_TABLES: Final = ("documents", "receipts", "entries")


class Mention(NamedTuple):
    """The row that names somebody, and its column."""

    file: str
    row: int | None
    column: str


def mentions(source: Source, column: str, names: Collection[str]) -> dict[str, Mention]:
    """The first row that has each of the names in ``column``; a table that can be read only once tells nothing."""
    found: dict[str, Mention] = {}
    for table in _TABLES if names else ():
        if table not in source.tables():
            continue
        rows = source.open(table, Troubles())
        if column not in rows.columns:
            continue
        place = rows.columns.index(column)
        for number, cells in rows.rows:
            name = cells[place].strip()
            if name in names and name not in found:
                found[name] = Mention(rows.file, number, column)
                if len(found) == len(names):
                    return found
    return found
