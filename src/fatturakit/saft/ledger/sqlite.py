"""A ledger in a SQLite file: tables (or views) and columns under their names. Opened for reading only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ...errors import InputError
from ...texts import Text
from .cells import text_of
from .source import Row, Rows, known
from .tables import REQUIRED, TABLES
from .troubles import Troubles


class Database:
    """The tables of a file, in the order of their rows."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        self._names = self._found()
        for table in REQUIRED:
            if table not in self._names:
                raise InputError(_LACKS, path=str(path), table=table)

    def _found(self) -> dict[str, str]:
        query = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
        try:
            names = [name for (name,) in self._database.execute(query)]
        except sqlite3.DatabaseError as error:
            raise InputError(_BROKEN, path=str(self._path), reason=str(error)) from error
        return {name.lower(): name for name in names if name.lower() in TABLES}

    def tables(self) -> tuple[str, ...]:
        """The names of the tables there are."""
        return tuple(self._names)

    def open(self, table: str, troubles: Troubles) -> Rows:
        """The rows of one table, read as they are needed."""
        file = f"{self._path.name}:{table}"
        troubles.at(file, None)
        name = self._names[table].replace('"', '""')
        head = self._database.execute(f'SELECT * FROM "{name}" LIMIT 0').description  # noqa: S608 - a name of its own
        places = known([column[0] for column in head], table, troubles)
        wanted = ", ".join('"{}"'.format(head[place][0].replace('"', '""')) for place in places)
        rows = self._rows(f'SELECT {wanted or "NULL"} FROM "{name}"')  # noqa: S608
        return Rows(file, tuple(places.values()), rows)

    def _rows(self, query: str) -> Iterator[Row]:
        try:
            for number, cells in enumerate(self._database.execute(query), 1):
                yield number, [text_of(cell) for cell in cells]
        except sqlite3.DatabaseError as error:
            raise InputError(_BROKEN, path=str(self._path), reason=str(error)) from error


_LACKS: Final = Text(
    "In «{path}» manca la tabella {table}.", "“{path}” lacks the table {table}.", "Em «{path}» falta a tabela {table}."
)
_BROKEN: Final = Text(
    "{path}: SQLite non leggibile ({reason}).",
    "{path}: broken SQLite file ({reason}).",
    "{path}: SQLite ilegível ({reason}).",
)
