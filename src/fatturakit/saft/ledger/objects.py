"""A ledger of Python objects: ``{"company": {…}, "documents": [{…, "lines": [{…}]}], …}``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ...errors import InputError
from ...texts import Text
from .records import Record, as_mapping, children_of, holds, nested_rows, rows_of
from .source import Rows
from .tables import REQUIRED, TABLES
from .troubles import Troubles


class Objects:
    """Rows are mappings, dataclasses or named tuples; a table is a list of them, or a function giving an iterator."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self._tables = {name: tables[name] for name in TABLES if name in tables}
        strange = sorted(set(tables) - set(TABLES))
        if strange:
            raise InputError(_STRANGE, names=", ".join(map(str, strange)), known=", ".join(TABLES))
        for table in REQUIRED:
            if table not in self._tables:
                raise InputError(_LACKS, table=table)

    def tables(self) -> tuple[str, ...]:
        """The names of the tables there are, those inside others included."""
        inside = [child for name in self._tables for child in children_of(name) if self._nests(name, child)]
        return tuple(dict.fromkeys([*self._tables, *inside]))

    def _nests(self, name: str, child: str) -> bool:
        return any(holds(record, child) for _, record in self._records(name))

    def open(self, table: str, troubles: Troubles) -> Rows:
        """The rows of one table."""
        if table in self._tables:
            return rows_of(table, table, self._records(table), troubles)
        parent = TABLES[table].parent
        return nested_rows(parent, table, self._records(parent), troubles)

    def _records(self, table: str) -> Iterator[Record]:
        held = self._tables[table]
        if callable(held):
            held = held()
        elif isinstance(held, Mapping) or not hasattr(held, "__iter__"):
            held = [held]
        for number, row in enumerate(held, 1):
            yield number, as_mapping(row)


_STRANGE: Final = Text(
    "Tabelle sconosciute: {names}. Ci sono: {known}.",
    "Unknown tables: {names}. There are: {known}.",
    "Tabelas desconhecidas: {names}. Existem: {known}.",
)
_LACKS: Final = Text("Manca la tabella {table}.", "The table {table} is missing.", "Falta a tabela {table}.")
