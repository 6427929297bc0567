"""A table in a Parquet file: decimals exact, days and moments as ISO text, read a batch at a time."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import chain, count
from pathlib import Path
from typing import Any, Final

from ...errors import InputError, MissingExtra
from ...texts import Text
from ..extra import load
from .source import Row, Rows, known
from .troubles import Troubles

BATCH: Final = 1_024
_BUFFER: Final = 1 << 16


def read(path: Path, table: str, troubles: Troubles) -> Rows:
    """The rows of a file."""
    if "pyarrow" not in sys.modules:
        _frugal()
    arrow = load("pyarrow")
    troubles.at(path.name, None)
    try:
        reader = _reader(str(path))
    except (arrow.ArrowException, OSError) as error:
        raise InputError(_BROKEN, path=path.name, reason=str(error)) from error
    names = reader.schema_arrow.names
    places = known(names, table, troubles)
    written = [names[place] for place in places]
    return Rows(path.name, tuple(places.values()), chain.from_iterable(_batches(arrow, reader, written)))


def _reader(path: str) -> Any:
    """Arrow's reader itself: the public door to it loads ten megabytes of remote file systems first.

    Should the reader ever be asked in another way, that door is taken.
    """
    try:
        reader = load("pyarrow._parquet").ParquetReader()
        reader.open(path, use_memory_map=False, buffer_size=_BUFFER, pre_buffer=False)
    except (AttributeError, TypeError, MissingExtra):
        options = {"memory_map": False, "buffer_size": _BUFFER, "pre_buffer": False}
        reader = load("pyarrow.parquet").ParquetFile(path, **options).reader
    return reader


def _batches(arrow: Any, reader: Any, columns: list[str]) -> Iterator[Iterable[Row]]:
    """The rows, a batch at a time: numbers and cells."""
    before = 0
    groups = list(range(reader.metadata.num_row_groups))
    wanted = [place for place, path in enumerate(reader.column_paths) if path[0] in columns]
    with closing(reader):
        for batch in reader.iter_batches(BATCH, groups, wanted, use_threads=False):
            texts = [_texts(arrow, batch.column(batch.schema.get_field_index(name))) for name in columns]
            yield zip(count(before + 1), map(list, zip(*texts, strict=True)))
            before += batch.num_rows


def _texts(arrow: Any, column: Any) -> list[str]:
    """A column as text, "" for nothing. (Arrow's own casts load twenty megabytes, so they are for rare types.)"""
    types = arrow.types
    if types.is_dictionary(column.type):
        column = column.dictionary_decode()
    kind = column.type
    values: list[Any] = column.to_pylist() if _is_plain(types, kind) else _cast(arrow, column)
    if types.is_string(kind) or types.is_large_string(kind):
        return [value or "" for value in values] if column.null_count else values
    if types.is_decimal(kind):
        return ["" if value is None else f"{value:f}" for value in values]
    return ["" if value is None else str(int(value) if value is True or value is False else value) for value in values]


def _is_plain(types: Any, kind: Any) -> bool:
    simple = (
        types.is_string,
        types.is_large_string,
        types.is_decimal,
        types.is_integer,
        types.is_boolean,
        types.is_date,
    )
    return any(fits(kind) for fits in simple)


def _cast(arrow: Any, column: Any) -> list[Any]:
    if arrow.types.is_timestamp(column.type):
        column = load("pyarrow.compute").strftime(column.cast(arrow.timestamp("s")), format="%Y-%m-%dT%H:%M:%S")
    found: list[Any] = column.cast(arrow.string()).to_pylist()
    return found


def _frugal() -> None:
    """Load Arrow with memory from the system, which takes it back, and no threads: nobody else needs it here.

    Its own pool keeps sixteen megabytes more; it can only be told before it is loaded.
    """
    kept = os.environ.get(_POOL)
    os.environ[_POOL] = kept or "system"
    try:
        arrow = load("pyarrow")
        arrow.default_memory_pool()
        arrow.set_io_thread_count(1)
    finally:
        if kept is None:
            del os.environ[_POOL]


_POOL: Final = "ARROW_DEFAULT_MEMORY_POOL"
_BROKEN: Final = Text(
    "{path}: Parquet non leggibile ({reason}).",
    "{path}: broken Parquet ({reason}).",
    "{path}: Parquet ilegível ({reason}).",
)
