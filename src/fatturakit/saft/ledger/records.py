"""Rows that are mappings (JSON objects, Python objects): to cells, with the rows that stand inside others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Final

from ...texts import Text
from .cells import text_of
from .source import Row, Rows, known
from .tables import TABLES
from .troubles import Troubles

Record = tuple[int, Mapping[str, Any]]
PLAIN: Final = "lines"
"""What the lines of a receipt or an entry may be called inside it, as those of a document are."""


def children_of(table: str) -> tuple[str, ...]:
    """The tables whose rows may stand inside those of ``table`` (``lines`` inside ``documents``)."""
    return tuple(child.name for child in TABLES.values() if child.parent == table)


def holds(record: Mapping[str, Any], child: str) -> bool:
    """Whether rows of ``child`` stand inside a record, under the name of their table or as plain ``lines``."""
    return child in record or PLAIN in record


def as_mapping(row: Any) -> Mapping[str, Any]:
    """A mapping, dataclass or named tuple as a mapping."""
    if isinstance(row, Mapping):
        return row
    if hasattr(row, "_asdict"):
        named: Mapping[str, Any] = row._asdict()
        return named
    if is_dataclass(row):
        return {field.name: getattr(row, field.name) for field in fields(row)}
    return {}


def rows_of(file: str, table: str, records: Iterable[Record], troubles: Troubles) -> Rows:
    """Records as the rows of a table; a member that is no column is a warning, said once."""
    columns = TABLES[table].names
    return Rows(file, columns, _cells(file, table, records, troubles))


def _cells(file: str, table: str, records: Iterable[Record], troubles: Troubles) -> Iterator[Row]:
    columns = TABLES[table].names
    children = children_of(table)
    inside = (*columns, *children, PLAIN) if children else columns
    for number, record in records:
        if not record.keys() <= set(inside):
            troubles.at(file, number)
            _unknown(record, inside, table, troubles)
        yield number, [text_of(record.get(name)) for name in columns]


def _unknown(record: Mapping[str, Any], inside: tuple[str, ...], table: str, troubles: Troubles) -> None:
    strange = [name for name in record if name not in inside and troubles.once(table, name)]
    if strange:
        known([*TABLES[table].names, *strange], table, troubles)


def nested_rows(file: str, table: str, records: Iterable[Record], troubles: Troubles) -> Rows:
    """The rows of a child table that stand inside the rows of its parent."""
    return rows_of(file, table, _inside(file, table, records, troubles), troubles)


def _inside(file: str, table: str, records: Iterable[Record], troubles: Troubles) -> Iterator[Record]:
    link, key = TABLES[table].link, TABLES[TABLES[table].parent].key
    for number, record in records:
        for child in record.get(table) or record.get(PLAIN) or ():
            row = as_mapping(child)
            if not row:
                troubles.at(file, number)
                troubles.error("SL001", _NO_ROW, column=table, table=table)
            else:
                yield number, {**row, link: record.get(key)}


_NO_ROW: Final = Text("Un elemento di «{table}» non è un oggetto.", "A member of “{table}” is no object.")
