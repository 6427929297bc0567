"""A table in a CSV file: comma, or semicolon or tab (then with decimal commas); UTF-8, else Windows-1252; names first."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import chain, count, repeat
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
_BLOCK: Final = 1 << 15
"""Characters read at a time, and the rest of their line; lines without quotation marks need no parser."""


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
        self._name, self._delimiter = path.name, delimiter
        self._stream = path.open(encoding=encoding, errors="surrogateescape", newline="")
        self._lines = iter(self._stream)
        self._before = 0

    def head(self) -> list[str]:
        """The names in the first row."""
        return next((cells for _, cells in self._parsed([], 1)), [])

    def rows(self, places: list[int], width: int, troubles: Troubles) -> Iterator[Row]:
        """The rows with the cells at ``places``, in that order."""
        rows = chain.from_iterable(self._blocks(width, troubles))
        chosen = rearranged(places, width)
        return rows if chosen is None else ((number, chosen(cells)) for number, cells in rows)

    def _blocks(self, width: int, troubles: Troubles) -> Iterator[Iterable[Row]]:
        """The rows, some hundred at a time: split at the delimiter where that is all there is to it."""
        with self._stream as stream:
            while text := stream.read(_BLOCK) + stream.readline():
                first, cells = self._before + 1, self._split(text, width)
                if cells:
                    self._before += len(cells)
                    yield zip(count(first), cells)
                else:
                    lines = list(StringIO(text, newline=""))
                    yield self._mended(self._parsed(lines, len(lines)), width, troubles)

    def _split(self, text: str, width: int) -> list[list[str]]:
        """The cells of whole lines without quotation marks, as many in each as there are names; none of any others."""
        text = text.replace("\r\n", "\n")
        lines = text.removesuffix("\n").split("\n")
        if width < 2 or '"' in text or "\r" in text or max(map(len, lines)) > _LONGEST:
            return []
        cells = list(map(str.split, lines, repeat(self._delimiter)))
        return cells if {width}.issuperset(map(len, cells)) else []

    def _parsed(self, lines: list[str], most: int) -> Iterator[Row]:
        """The rows that begin in the next ``most`` lines, of which ``lines`` have been read already."""
        before = self._before
        reader = csv.reader(chain(lines, self._lines), delimiter=self._delimiter)
        try:
            while reader.line_num < most:
                cells = next(reader, None)
                self._before = before + reader.line_num
                if cells is None:
                    return
                yield self._before, cells
        except csv.Error as error:
            row = before + reader.line_num
            raise InputError(_BROKEN, path=self._name, row=row, reason=str(error)) from error

    def _mended(self, rows: Iterable[Row], width: int, troubles: Troubles) -> Iterator[Row]:
        """Rows with as many cells as the head has; empty ones are none."""
        for number, cells in rows:
            if cells and len(cells) != width:
                troubles.at(self._name, number)
                troubles.error("SL001", _RAGGED, _RAGGED_FIX, found=len(cells), wanted=width)
                yield number, (cells + [""] * width)[:width]
            elif cells:
                yield number, cells


def _encoding(path: Path, troubles: Troubles) -> str:
    with path.open("rb") as stream:
        head = stream.read(_SNIFFED)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        cut = len(head) == _SNIFFED and error.start >= len(head) - 4
        if not cut:
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
