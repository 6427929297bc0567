"""What a table of the ledger is made of: columns with a kind and a meaning."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from ...texts import Text

Kind = Literal["text", "decimal", "date", "datetime", "integer", "boolean"]


class Column(NamedTuple):
    """One column: amounts are decimal text with a dot, days ISO 8601, moments ``YYYY-MM-DDThh:mm:ss`` local time."""

    name: str
    kind: Kind
    help: Text
    required: bool = False


class Table(NamedTuple):
    """One table. key: the column that names a row; parent and link: the table its rows belong to, and the column."""

    name: str
    columns: tuple[Column, ...]
    help: Text
    key: str = ""
    parent: str = ""
    link: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)


def columns(lines: str) -> tuple[Column, ...]:
    """Columns written one a line: ``name[*] kind | Italian | English``; a star marks a required one."""
    return tuple(_column(line) for line in lines.strip().splitlines())


def _column(line: str) -> Column:
    head, italian, english = (part.strip() for part in line.split("|"))
    name, kind = head.split()
    return Column(name.rstrip("*"), _KINDS[kind], Text(italian, english), name.endswith("*"))


_KINDS: Final[dict[str, Kind]] = {
    "text": "text",
    "decimal": "decimal",
    "date": "date",
    "datetime": "datetime",
    "integer": "integer",
    "boolean": "boolean",
}
