"""A table in JSON Lines: one object a line; lines may stand inside their document. Numbers keep their digits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ...errors import InputError
from ...texts import Text
from .records import Record, children_of, holds, nested_rows, rows_of
from .source import Rows
from .troubles import Troubles

_KINDS: Final = (".jsonl", ".ndjson")


def read(path: Path, table: str, troubles: Troubles) -> Rows:
    """The rows of a file."""
    return rows_of(path.name, table, records(path), troubles)


def read_nested(path: Path, table: str, troubles: Troubles) -> Rows:
    """The rows of a child table inside the file of its parent."""
    return nested_rows(path.name, table, records(path), troubles)


def nested(table: str, path: Path) -> tuple[str, ...]:
    """The child tables a file has inside, as the first object that has any shows."""
    children = children_of(table)
    if path.suffix.lower() not in _KINDS or not children:
        return ()
    with path.open("rb") as stream:
        inside = any(b'lines"' in line for line in stream)
    found = (record for _, record in records(path) if any(holds(record, child) for child in children))
    first = next(found, {}) if inside else {}
    return tuple(child for child in children if holds(first, child))


def records(path: Path) -> Iterator[Record]:
    """Number and object of every line; ``InputError`` for a line that is none."""
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            bare = line.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else line.strip()
            if bare:
                yield number, _object(bare, path, number)


def _object(line: bytes, path: Path, number: int) -> dict[str, object]:
    try:
        found = json.loads(line.decode("utf-8", "surrogateescape"), parse_float=str, parse_int=str)
    except ValueError as error:
        raise InputError(_BROKEN, path=path.name, row=number, reason=str(error)) from error
    if not isinstance(found, dict):
        raise InputError(_BROKEN, path=path.name, row=number, reason=type(found).__name__)
    return found


_BROKEN: Final = Text(
    "{path}, riga {row}: non è un oggetto JSON ({reason}).",
    "{path}, row {row}: no JSON object ({reason}).",
    "{path}, linha {row}: não é um objeto JSON ({reason}).",
)
