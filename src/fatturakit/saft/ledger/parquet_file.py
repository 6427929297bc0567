"""A table in a Parquet file: decimals exact, days and moments as ISO text, read a batch at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from ...errors import InputError
from ...texts import Text
from ..extra import load
from .source import Row, Rows, known
from .troubles import Troubles

BATCH: Final = 4_096


def read(path: Path, table: str, troubles: Troubles) -> Rows:
    """The rows of a file."""
    arrow, parquet = load("pyarrow"), load("pyarrow.parquet")
    troubles.at(path.name, None)
    try:
        file = parquet.ParquetFile(str(path), memory_map=False, pre_buffer=False)
    except (arrow.ArrowException, OSError) as error:
        raise InputError(_BROKEN, path=path.name, reason=str(error)) from error
    places = known(file.schema_arrow.names, table, troubles)
    written = [file.schema_arrow.names[place] for place in places]
    return Rows(path.name, tuple(places.values()), _rows(arrow, file, written))


def _rows(arrow: Any, file: Any, columns: list[str]) -> Iterator[Row]:
    number = 0
    with file:
        for batch in file.iter_batches(BATCH, columns=columns, use_threads=False):
            texts = [_text(arrow, batch.column(batch.schema.get_field_index(name))).to_pylist() for name in columns]
            for cells in zip(*texts, strict=True):
                number += 1
                yield number, list(cells)


def _text(arrow: Any, column: Any) -> Any:
    """A column as text, without nulls."""
    kind, types = column.type, arrow.types
    if types.is_dictionary(kind):
        column = column.dictionary_decode()
        kind = column.type
    if types.is_boolean(kind):
        column = column.cast(arrow.int8())
    elif types.is_timestamp(kind):
        column = load("pyarrow.compute").strftime(column.cast(arrow.timestamp("s")), format="%Y-%m-%dT%H:%M:%S")
    return column.cast(arrow.string()).fill_null("")


_BROKEN: Final = Text("{path}: Parquet non leggibile ({reason}).", "{path}: broken Parquet ({reason}).")
