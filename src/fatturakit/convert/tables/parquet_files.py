"""Sheets as Parquet, one file each: exact decimals, days as days, columns under their lasting names.

The heads in both languages and the SdI field number of a column are in the metadata of its field.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from ...texts import Language
from .extra import load
from .labels import element_of, label
from .spec import Cells, Column, Kind, Sheet
from .values import PRECISION, SCALE

SUFFIX: Final = "parquet"
BATCH: Final = 1_000
"""Rows that wait as Python values before they become an Arrow batch."""
GROUP: Final = 5
"""Batches that make a row group."""


class ParquetWriter:
    """One open file a sheet, with the rows that wait to be written."""

    def __init__(self, folder: Path, sheets: tuple[Sheet, ...], lang: Language, dialect: str) -> None:
        self._arrow = load("pyarrow")
        parquet = load("pyarrow.parquet")
        self._files = ExitStack()
        self._open: dict[str, _Sheet] = {}
        for sheet in sheets:
            schema = self._arrow.schema([self._field(sheet, column) for column in sheet.all_columns])
            path = str(folder / f"{sheet.name}.{SUFFIX}")
            file = self._files.enter_context(parquet.ParquetWriter(path, schema, compression="zstd"))
            self._open[sheet.name] = _Sheet(self._arrow, file, schema)

    def _field(self, sheet: Sheet, column: Column) -> Any:
        head, element = label(sheet, column), element_of(sheet, column)
        metadata = {"it": head.it, "en": head.en, "field": element.field if element else ""}
        return self._arrow.field(column.name, _type(self._arrow, column.kind), metadata=metadata)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._files:
            if error is None:
                for sheet in self._open.values():
                    sheet.flush()

    def add(self, sheet: str, cells: Cells) -> None:
        """Take one row of a sheet."""
        self._open[sheet].add(cells)


class _Sheet:
    """The rows of one sheet on their way into its file."""

    def __init__(self, arrow: Any, file: Any, schema: Any) -> None:
        self._arrow, self._file, self._schema = arrow, file, schema
        self._rows: list[Cells] = []
        self._batches: list[Any] = []

    def add(self, cells: Cells) -> None:
        self._rows.append(cells)
        if len(self._rows) >= BATCH:
            self._pack()
            if len(self._batches) >= GROUP:
                self.flush()

    def _pack(self) -> None:
        columns = zip(*self._rows, strict=True)
        arrays = [self._arrow.array(column, field.type) for column, field in zip(columns, self._schema, strict=True)]
        self._batches.append(self._arrow.RecordBatch.from_arrays(arrays, schema=self._schema))
        self._rows.clear()

    def flush(self) -> None:
        """Write a row group of everything that waits."""
        if self._rows:
            self._pack()
        if self._batches:
            whole = self._arrow.Table.from_batches(self._batches).combine_chunks()
            self._file.write_table(whole, row_group_size=len(whole))
            self._batches.clear()


def _type(arrow: Any, kind: Kind) -> Any:
    types = {
        "text": arrow.string(),
        "date": arrow.date32(),
        "decimal": arrow.decimal128(PRECISION, SCALE),
        "integer": arrow.int64(),
        "boolean": arrow.bool_(),
    }
    return types[kind]
