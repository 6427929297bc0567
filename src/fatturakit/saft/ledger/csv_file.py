"""A table in a CSV file: comma, semicolon or tab; UTF-8 with or without a BOM, else Windows-1252; names in the first row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ...errors import InputError
from ...texts import Text
from .cells import rearranged
from .source import Row, Rows, known
from .troubles import Troubles

_SNIFFED: Final = 1 << 20
_LONGEST: Final = 1 << 20
"""Characters in one cell: more is an unclosed quotation mark."""


def read(path: Path, table: str, troubles: Troubles) -> Rows:
    """The rows of a file."""
    troubles.at(path.name, 1)
    encoding = _encoding(path, troubles)
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as stream:
        delimiter = _delimiter(stream.readline())
    cells = _cells(path, encoding, delimiter)
    names = next(cells, (1, []))[1]
    places = known(names, table, troubles)
    return Rows(path.name, tuple(places.values()), _rows(cells, list(places), len(names), path.name, troubles))


def _cells(path: Path, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(_LONGEST)
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as stream:
        reader = csv.reader(stream, delimiter=delimiter)
        try:
            for cells in reader:
                yield reader.line_num, cells
        except csv.Error as error:
            raise InputError(_BROKEN, path=path.name, row=reader.line_num, reason=str(error)) from error


def _rows(
    cells: Iterator[tuple[int, list[str]]], places: list[int], width: int, file: str, troubles: Troubles
) -> Iterator[Row]:
    chosen = rearranged(places, width)
    for row in cells:
        if len(row[1]) == width:
            yield row if chosen is None else (row[0], chosen(row[1]))
        elif row[1]:
            troubles.at(file, row[0])
            troubles.error("SL001", _RAGGED, _RAGGED_FIX, found=len(row[1]), wanted=width)
            whole = (row[1] + [""] * width)[:width]
            yield row[0], whole if chosen is None else chosen(whole)


def _encoding(path: Path, troubles: Troubles) -> str:
    with path.open("rb") as stream:
        head = stream.read(_SNIFFED)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:
            troubles.warn("SL013", _NOT_UTF8, _NOT_UTF8_FIX)
            return "cp1252"
    return "utf-8-sig"


def _delimiter(head: str) -> str:
    """The sign between names: the one of the three that is there most often."""
    return max(",;\t", key=head.count)


_BROKEN: Final = Text("{path}, riga {row}: CSV non leggibile ({reason}).", "{path}, row {row}: broken CSV ({reason}).")
_RAGGED: Final = Text("La riga ha {found} celle, l'intestazione {wanted}.", "The row has {found} cells, the head {wanted}.")
_RAGGED_FIX: Final = Text(
    "Metti fra virgolette i valori che contengono il separatore.", "Put values with the delimiter in quotation marks."
)
_NOT_UTF8: Final = Text("Il file non è in UTF-8: letto come Windows-1252.", "Not UTF-8: read as Windows-1252.")
_NOT_UTF8_FIX: Final = Text("Salvalo in UTF-8.", "Save it as UTF-8.")
