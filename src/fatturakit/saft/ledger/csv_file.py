"""A table in a CSV file: comma, or semicolon or tab (then with decimal commas); UTF-8, else Windows-1252; names first."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ...errors import InputError
from ...texts import Text
from .cells import rearranged
from .source import Row, Rows, known
from .tables import TABLES
from .troubles import Troubles

_SNIFFED: Final = 1 << 20
_COMMA: Final = re.compile(r"\s*[+-]?\d+,\d+\s*", re.ASCII)
_LONGEST: Final = 1 << 20
"""Characters in one cell: more is an unclosed quotation mark."""


def read(path: Path, table: str, troubles: Troubles) -> Rows:
    """The rows of a file."""
    troubles.at(path.name, 1)
    encoding = _encoding(path, troubles)
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as stream:
        delimiter = _delimiter(stream.readline())
    reader = _Reader(path, encoding, delimiter)
    names = reader.head()
    places = known(names, table, troubles)
    columns = tuple(places.values())
    rows = reader.rows(list(places), len(names), troubles)
    return Rows(path.name, columns, _pointed(rows, _numbers(columns, table)) if delimiter != "," else rows)


def _numbers(columns: tuple[str, ...], table: str) -> list[int]:
    """The places of the columns that hold amounts."""
    amounts = {column.name for column in TABLES[table].columns if column.kind == "decimal"}
    return [place for place, name in enumerate(columns) if name in amounts]


def _pointed(rows: Iterator[Row], places: list[int]) -> Iterator[Row]:
    """Rows of a spreadsheet whose delimiter is not the comma because its decimals are: ``1,25`` is one and a quarter."""
    for row in rows:
        cells = row[1]
        for place in places:
            if "," in cells[place] and _COMMA.fullmatch(cells[place]):
                cells[place] = cells[place].replace(",", ".")
        yield row


class _Reader:
    """One open file; closed with its last row."""

    def __init__(self, path: Path, encoding: str, delimiter: str) -> None:
        csv.field_size_limit(_LONGEST)
        self._name = path.name
        self._stream = path.open(encoding=encoding, errors="surrogateescape", newline="")
        self._reader = csv.reader(self._stream, delimiter=delimiter)

    def head(self) -> list[str]:
        """The names in the first row."""
        try:
            return next(self._reader, [])
        except csv.Error as error:
            raise self._broken(error) from error

    def rows(self, places: list[int], width: int, troubles: Troubles) -> Iterator[Row]:
        """The rows with the cells at ``places``, in that order."""
        chosen, reader = rearranged(places, width), self._reader
        with self._stream:
            try:
                for cells in reader:
                    if len(cells) != width:
                        if not cells:
                            continue
                        cells = self._mended(cells, width, troubles)  # noqa: PLW2901 - the same row
                    yield reader.line_num, cells if chosen is None else chosen(cells)
            except csv.Error as error:
                raise self._broken(error) from error

    def _mended(self, cells: list[str], width: int, troubles: Troubles) -> list[str]:
        troubles.at(self._name, self._reader.line_num)
        troubles.error("SL001", _RAGGED, _RAGGED_FIX, found=len(cells), wanted=width)
        return (cells + [""] * width)[:width]

    def _broken(self, error: csv.Error) -> InputError:
        return InputError(_BROKEN, path=self._name, row=self._reader.line_num, reason=str(error))


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


_BROKEN: Final = Text(
    "{path}, riga {row}: CSV non leggibile ({reason}).",
    "{path}, row {row}: broken CSV ({reason}).",
    "{path}, linha {row}: CSV ilegível ({reason}).",
)
_RAGGED: Final = Text(
    "La riga ha {found} celle, l'intestazione {wanted}.",
    "The row has {found} cells, the head {wanted}.",
    "A linha tem {found} células, o cabeçalho {wanted}.",
)
_RAGGED_FIX: Final = Text(
    "Metti fra virgolette i valori che contengono il separatore.",
    "Put values with the delimiter in quotation marks.",
    "Ponha entre aspas os valores que contêm o separador.",
)
_NOT_UTF8: Final = Text(
    "Il file non è in UTF-8: letto come Windows-1252.",
    "Not UTF-8: read as Windows-1252.",
    "Não está em UTF-8: lido como Windows-1252.",
)
_NOT_UTF8_FIX: Final = Text("Salvalo in UTF-8.", "Save it as UTF-8.", "Guarde-o em UTF-8.")
