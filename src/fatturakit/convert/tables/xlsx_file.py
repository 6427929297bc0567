"""Sheets as one XLSX workbook, written row by row: numbers are numbers, days are days, the head stays in sight.

A sheet that is full goes on in another: "Lines (2)". A number keeps every digit in the file up to 16, and Excel 15 of
them; a day before 1900, which Excel does not have, is written as text. The same rows give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from ...texts import Language
from .extra import load
from .labels import heads
from .spec import Cells, Column, Kind, Sheet, Style
from .values import SPREADSHEET_TEXT

Put = Callable[[Any, int, int, Any], None]
SUFFIX: Final = "xlsx"
NAME: Final = f"fatturakit.{SUFFIX}"
ROWS: Final = 1_048_576
"""Rows of a sheet in Excel, its head included."""

_NUMBERS: Final[dict[Style, str]] = {
    "amount": "#,##0.00",
    "price": "#,##0.00######",
    "percent": "0.00",
    "": "#,##0.00######",
}
_FIRST_DAY: Final = date(1900, 1, 1)
_MADE: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - the same in every file: when it was made is no part of a table
_HEAD: Final = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DDE6EE", "bottom": 1}


class Part:
    """A sheet of the workbook: ours, or its continuation."""

    def __init__(self, sheet: Any, last: int) -> None:
        self.sheet = sheet
        self.rows = 1
        self.last_column = last


class XlsxWriter:
    """One workbook; each sheet has its rows in a scratch file until the end."""

    def __init__(
        self, folder: Path, sheets: tuple[Sheet, ...], lang: Language, dialect: str = "plain", rows: int = ROWS
    ) -> None:
        options = {"constant_memory": True, "tmpdir": str(folder), "default_date_format": "dd/mm/yyyy"}
        self._book = load("xlsxwriter").Workbook(str(folder / NAME), options)
        self._book.use_zip64()
        self._book.set_properties({"created": _MADE})
        self._lang, self._rows = lang, rows
        self._head = self._book.add_format(_HEAD)
        self._plain = self._book.add_format()
        self._styles = {style: self._book.add_format({"num_format": form}) for style, form in _NUMBERS.items()}
        self._day = self._book.add_format({"num_format": "dd/mm/yyyy"})
        self._sheets = {sheet.name: sheet for sheet in sheets}
        self._parts = {sheet.name: [self._part(sheet, 1)] for sheet in sheets}
        self._put = {sheet.name: [self._putter(column) for column in sheet.all_columns] for sheet in sheets}

    def _part(self, sheet: Sheet, number: int) -> Part:
        title = sheet.title.say(self._lang)
        page = self._book.add_worksheet(title if number == 1 else f"{title} ({number})")
        columns = sheet.all_columns
        for place, column in enumerate(columns):
            page.set_column(place, place, column.width)
        for place, head in enumerate(heads(sheet, self._lang)):
            page.write_string(0, place, head, self._head)
        page.freeze_panes(1, 0)
        return Part(page, len(columns) - 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for part in (part for parts in self._parts.values() for part in parts):
            part.sheet.autofilter(0, 0, part.rows - 1, part.last_column)
        try:
            self._book.close()
        except load("xlsxwriter.exceptions").FileCreateError as failed:
            raise OSError(str(failed)) from failed

    def add(self, sheet: str, cells: Cells) -> None:
        """Write one row of a sheet."""
        parts = self._parts[sheet]
        if parts[-1].rows >= self._rows:
            parts.append(self._part(self._sheets[sheet], len(parts) + 1))
        part = parts[-1]
        for place, (put, cell) in enumerate(zip(self._put[sheet], cells, strict=True)):
            if cell is not None and cell != "":
                put(part.sheet, part.rows, place, cell)
        part.rows += 1

    def _putter(self, column: Column) -> Put:
        putters: dict[Kind, Put] = {"text": self._text, "date": self._date, "integer": _integer, "boolean": _boolean}
        return putters.get(column.kind) or self._number(column.style)

    def _text(self, sheet: Any, row: int, place: int, value: str) -> None:
        if value.startswith("<r>"):  # xlsxwriter takes a text that looks like its own rich text for one
            sheet.write_rich_string(row, place, self._plain, value[:2], value[2:SPREADSHEET_TEXT])
        else:
            sheet.write_string(row, place, value)

    def _date(self, sheet: Any, row: int, place: int, value: date) -> None:
        if value < _FIRST_DAY:
            sheet.write_string(row, place, value.isoformat())
        else:
            sheet.write_datetime(row, place, value, self._day)

    def _number(self, style: Style) -> Put:
        form = self._styles[style]

        def put(sheet: Any, row: int, place: int, value: Any) -> None:
            sheet.write_number(row, place, value, form)

        return put


def _integer(sheet: Any, row: int, place: int, value: int) -> None:
    sheet.write_number(row, place, value)


def _boolean(sheet: Any, row: int, place: int, value: bool) -> None:
    sheet.write_boolean(row, place, value)
