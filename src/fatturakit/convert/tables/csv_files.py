"""Sheets as CSV, one file each, UTF-8.

A text that a spreadsheet would run as a formula gets an apostrophe before it (the advice of OWASP on CSV injection):
the invoice of a stranger must not act on the machine of who opens the table. Numbers are numbers and stay untouched.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final, NamedTuple, Self

from ...texts import Language
from .labels import heads
from .spec import Cells, Kind, Sheet, Value

Put = Callable[[list[Any]], None]
SUFFIX: Final = "csv"
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Dialect(NamedTuple):
    """How values look. encoding "utf-8-sig" begins with the mark by which Excel knows UTF-8."""

    delimiter: str
    point: str
    day: str
    yes: str
    no: str
    encoding: str
    end: str


DIALECTS: Final = {
    "plain": Dialect(",", ".", "%Y-%m-%d", "true", "false", "utf-8", "\n"),
    "it": Dialect(";", ",", "%d/%m/%Y", "VERO", "FALSO", "utf-8-sig", "\r\n"),
}


class CsvWriter:
    """One open file a sheet."""

    def __init__(self, folder: Path, sheets: tuple[Sheet, ...], lang: Language, dialect: str) -> None:
        self._files = ExitStack()
        chosen = DIALECTS[dialect]
        self._write = {sheet.name: self._open(folder, sheet, chosen, lang) for sheet in sheets}
        self._spell = {sheet.name: [_speller(column.kind, chosen) for column in sheet.all_columns] for sheet in sheets}

    def _open(self, folder: Path, sheet: Sheet, dialect: Dialect, lang: Language) -> Put:
        path = folder / f"{sheet.name}.{SUFFIX}"
        stream = self._files.enter_context(path.open("w", encoding=dialect.encoding, newline=""))
        write = _writer(stream, dialect)
        write(heads(sheet, lang))
        return write

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._files.close()

    def add(self, sheet: str, cells: Cells) -> None:
        """Write one row of a sheet."""
        spell = self._spell[sheet]
        self._write[sheet]([None if cell is None else say(cell) for say, cell in zip(spell, cells, strict=True)])


def _writer(stream: IO[str], dialect: Dialect) -> Put:
    """Write rows; Python leaves a carriage return unquoted where lines end without one, so such a row is all quoted."""
    form: dict[str, Any] = {"delimiter": dialect.delimiter, "lineterminator": dialect.end}
    plain, quoted = csv.writer(stream, **form), csv.writer(stream, quoting=csv.QUOTE_ALL, **form)

    def put(row: list[Value]) -> None:
        torn = any(isinstance(cell, str) and "\r" in cell for cell in row)
        (quoted if torn else plain).writerow(row)

    return put


def safe(text: str) -> str:
    """The text, with an apostrophe before it when a spreadsheet would run it.

    >>> safe("=1+1"), safe("-5% su tutto"), safe("A=B")
    ("'=1+1", "'-5% su tutto", 'A=B')
    """
    return f"'{text}" if text.startswith(FORMULA) else text


def _number(value: Decimal, point: str) -> str:
    return f"{value:f}".replace(".", point)


def _day(value: date, form: str) -> str:
    return value.isoformat() if form == "%Y-%m-%d" else f"{value.day:02d}/{value.month:02d}/{value.year:04d}"


def _speller(kind: Kind, dialect: Dialect) -> Callable[[Any], Value]:
    spellers: dict[Kind, Callable[[Any], Value]] = {
        "text": safe,
        "date": partial(_day, form=dialect.day),
        "decimal": partial(_number, point=dialect.point),
        "integer": str,
        "boolean": lambda value: dialect.yes if value else dialect.no,
    }
    return spellers[kind]
