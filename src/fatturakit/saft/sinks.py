"""Where the rows of audit files go, as a stream: CSV, JSON Lines, Parquet (a file per table), SQLite, XLSX (one)."""

from __future__ import annotations

import csv
import json
import sqlite3
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, Final, Protocol

from .columns import AMOUNTS
from .extra import load
from .model import number
from .tables import Row

FORMATS: Final = ("csv", "jsonl", "parquet", "sqlite", "xlsx")
FOLDERS: Final = frozenset({"csv", "jsonl", "parquet"})
"""Formats whose output is a folder with a file per table."""
_BATCH: Final = 5_000
_SHEET_ROWS: Final = 1_048_575
_SHEET_DIGITS: Final = 15
"""What a spreadsheet keeps of a number; one with more stays text."""
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")


class Sink(Protocol):
    """Takes rows, table by table as they come."""

    def write(self, table: str, columns: tuple[str, ...], row: Row) -> None:
        """One row; a missing column is empty."""

    def close(self) -> None:
        """Finish every file."""


class Csv:
    """One UTF-8 file per table; a text a spreadsheet would take for a formula gets an apostrophe in front."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._files: dict[str, tuple[IO[str], Any]] = {}

    def write(self, table: str, columns: tuple[str, ...], row: Row) -> None:
        found = self._files.get(table)
        if found is None:
            stream = (self._home / f"{table}.csv").open("w", encoding="utf-8", newline="")
            found = self._files[table] = (stream, csv.writer(stream, lineterminator="\n"))
            found[1].writerow(columns)
        found[1].writerow([_harmless(name, row.get(name, "")) for name in columns])

    def close(self) -> None:
        for stream, _ in self._files.values():
            stream.close()


def _harmless(column: str, value: str) -> str:
    dangerous = value.startswith(_DANGEROUS) and not (column in AMOUNTS and number(value) is not None)
    return f"'{value}" if dangerous else value


class JsonLines:
    """One file per table; empty values are left out."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._files: dict[str, IO[str]] = {}

    def write(self, table: str, columns: tuple[str, ...], row: Row) -> None:
        stream = self._files.get(table)
        if stream is None:
            stream = self._files[table] = (self._home / f"{table}.jsonl").open("w", encoding="utf-8", newline="\n")
        values = {name: row[name] for name in columns if row.get(name)}
        stream.write(json.dumps(values, ensure_ascii=False) + "\n")

    def close(self) -> None:
        for stream in self._files.values():
            stream.close()


class Sqlite:
    """One database with a table per table; every value is text, exactly as written."""

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(path)
        self._base.execute("PRAGMA journal_mode = OFF")
        self._statements: dict[str, str] = {}
        self._waiting: dict[str, list[list[str | None]]] = {}

    def write(self, table: str, columns: tuple[str, ...], row: Row) -> None:
        if table not in self._statements:
            names = ", ".join(f"{_quoted(name)} TEXT" for name in columns)
            self._base.execute(f"CREATE TABLE {_quoted(table)} ({names})")
            self._statements[table] = f"INSERT INTO {_quoted(table)} VALUES ({', '.join('?' * len(columns))})"  # noqa: S608
            self._waiting[table] = []
        waiting = self._waiting[table]
        waiting.append([row.get(name) or None for name in columns])
        if len(waiting) >= _BATCH:
            self._flush(table)

    def _flush(self, table: str) -> None:
        self._base.executemany(self._statements[table], self._waiting[table])
        self._waiting[table].clear()

    def close(self) -> None:
        for table in self._statements:
            self._flush(table)
        self._base.commit()
        self._base.close()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


class Xlsx:
    """One workbook with a sheet per table; a full sheet is continued on another."""

    def __init__(self, path: Path) -> None:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = load("xlsxwriter").Workbook(str(path), options)
        self._sheets: dict[str, tuple[Any, int, int]] = {}

    def write(self, table: str, columns: tuple[str, ...], row: Row) -> None:
        sheet, used, part = self._sheets.get(table) or self._sheet(table, columns, 1)
        if used > _SHEET_ROWS:
            sheet, used, part = self._sheet(table, columns, part + 1)
        for place, name in enumerate(columns):
            value = row.get(name, "")
            amount = number(value) if name in AMOUNTS else None
            if amount is not None and len(amount.as_tuple().digits) <= _SHEET_DIGITS:
                sheet.write_number(used, place, amount)
            elif value:
                sheet.write_string(used, place, value[:32_767])
        self._sheets[table] = (sheet, used + 1, part)

    def _sheet(self, table: str, columns: tuple[str, ...], part: int) -> tuple[Any, int, int]:
        taken = {sheet.get_name().lower() for sheet in self._book.worksheets()}
        name = base = "".join("_" if char in "[]:*?/\\" else char for char in table)[:26]
        while name.lower() in taken or part > 1:
            name, part = f"{base} {max(part, len(taken) + 1)}"[:31], 1
        sheet = self._book.add_worksheet(name)
        sheet.write_row(0, 0, columns)
        return sheet, 1, part

    def close(self) -> None:
        self._book.close()


class Parquet:
    """One file per table; amounts are decimals with ten places, everything else is text.

    texts: amounts that are text all the same; unfit: those that held something a decimal would have changed.
    """

    def __init__(self, home: Path, texts: frozenset[str]) -> None:
        self._home, self._arrow = home, load("pyarrow")
        self._amounts = AMOUNTS - texts
        self.unfit: set[str] = set()
        self._parquet = load("pyarrow.parquet")
        self._writers: dict[str, Any] = {}
        self._waiting: dict[str, list[Row]] = {}
        self._schemas: dict[str, Any] = {}

    def write(self, table: str, columns: tuple[str, ...], row: Row) -> None:
        if table not in self._writers:
            kinds = {True: self._arrow.decimal128(_DIGITS, _PLACES), False: self._arrow.string()}
            schema = self._arrow.schema([(name, kinds[name in self._amounts]) for name in columns])
            self._schemas[table], self._waiting[table] = schema, []
            self._writers[table] = self._parquet.ParquetWriter(str(self._home / f"{table}.parquet"), schema)
        waiting = self._waiting[table]
        waiting.append(row)
        if len(waiting) >= _BATCH:
            self._flush(table)

    def _flush(self, table: str) -> None:
        schema, waiting = self._schemas[table], self._waiting[table]
        columns = [[self._typed(name, row.get(name, "")) for row in waiting] for name in schema.names]
        arrays = [self._arrow.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
        self._writers[table].write_table(self._arrow.Table.from_arrays(arrays, schema=schema))
        waiting.clear()

    def _typed(self, name: str, value: str) -> str | Decimal | None:
        if name not in self._amounts or not value:
            return value or None
        amount = number(value)
        if amount is None or int(amount.as_tuple().exponent) < -_PLACES or amount.adjusted() >= _DIGITS - _PLACES:
            self.unfit.add(name)
            return None
        return amount

    def close(self) -> None:
        for table, writer in self._writers.items():
            self._flush(table)
            writer.close()


_DIGITS: Final = 38
_PLACES: Final = 10


_SINKS: Final[dict[str, type[Csv] | type[JsonLines] | type[Sqlite] | type[Xlsx]]] = {
    "csv": Csv,
    "jsonl": JsonLines,
    "sqlite": Sqlite,
    "xlsx": Xlsx,
}


def sink(kind: str, place: Path, texts: frozenset[str] = frozenset()) -> Sink:
    """The sink of a format, writing to a folder or a file; texts: amounts that a Parquet file is to take as text."""
    return Parquet(place, texts) if kind == "parquet" else _SINKS[kind](place)
