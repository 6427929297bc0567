"""Invoices as tables: one sheet a kind of fact, as CSV, XLSX or Parquet, for one file or for hundreds of thousands.

One pass over the documents, in memory that does not grow with their number; the same documents give the same bytes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import Final

from ...document import Document, open_document
from ...errors import FatturakitError, InputError, UsageError
from ...texts import Language, Text, language
from ..targets import How
from .place import Target, is_folder, staged
from .rowed import Rowed, rowed
from .rows import Line, rows_of
from .sheets import SHEETS
from .spec import Sheet, Value
from .writer import Writer

Source = Document | str | os.PathLike[str] | bytes
Named = tuple[str, Document | FatturakitError]
Given = Source | Named | Rowed
FORMATS: Final = {
    "csv": "csv_files:CsvWriter",
    "xlsx": "xlsx_file:XlsxWriter",
    "parquet": "parquet_files:ParquetWriter",
}
DIALECTS: Final = ("plain", "it")
NAMES: Final = tuple(sheet.name for sheet in SHEETS)
_ONE_FILE: Final = "fatturakit.xlsx"


@dataclass(slots=True)
class Tabled:
    """What came of it. rows: how many in each sheet; unread: the inputs that could not be opened, and why;
    others: those that are no invoices (messages of SdI and the like)."""

    documents: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    unread: list[tuple[str, FatturakitError]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def to_table(
    documents: Iterable[Given] | Document,
    to: Target,
    *,
    format: str | None = None,  # noqa: A002 - the name of the option
    sheet: str | None = None,
    lang: Language | None = None,
    dialect: str = "plain",
    force: bool = False,
) -> Tabled:
    """Write documents as tables.

    documents: open documents, paths, or (name, document) pairs, taken one by one; what cannot be opened is noted and
    does not stop the rest. to: a file ("book.xlsx", "lines.csv"), a folder ("out/": a file a sheet) or a binary stream.
    format: csv, xlsx or parquet (default: what the name ends with). sheet: only this one; a single CSV or Parquet file
    holds ``documents`` unless another is named. dialect: of CSV, "plain" or "it" (semicolon, decimal comma, UTF-8
    mark). Raises ``UsageError``, ``OutputError`` (it exists and ``force`` is not given) and ``MissingExtra``; nothing
    is left half-written.
    """
    spoken = language(lang)
    chosen = format or _format(to)
    sheets = sheets_for(to, chosen, sheet)
    writer = _writer(chosen, dialect)
    tabled = Tabled(rows={item.name: 0 for item in sheets})
    names = [_ONE_FILE] if chosen == "xlsx" else [f"{item.name}.{chosen}" for item in sheets]
    if chosen == "xlsx" and is_folder(to):
        raise UsageError(_NOT_A_FOLDER, to=to)
    with staged(to, names, force=force) as folder, writer(folder, sheets, spoken, dialect) as out:
        for name, row in _all(documents, tabled, spoken):
            if name in tabled.rows:
                tabled.rows[name] += 1
                out.add(name, row)
    return tabled


def _as(format_name: str) -> Callable[[Iterable[Given], Target, How], Tabled]:
    """The writer of one format for the table of targets; options: sheet, csv_dialect, lang, force."""

    def write(documents: Iterable[Given], to: Target, how: How) -> Tabled:
        return to_table(
            documents,
            to,
            format=format_name,
            sheet=how.option("sheet"),
            lang=language(how.option("lang")),
            dialect=how.option("csv_dialect") or DIALECTS[0],
            force=how.option("force") is not None,
        )

    return write


as_csv, as_xlsx, as_parquet = map(_as, FORMATS)


def table_rows(
    document: Document, sheet: str = "documents", *, lang: Language | None = None
) -> Iterator[dict[str, Value]]:
    """The rows of one sheet as dictionaries by the lasting names of the columns: Decimal, date, int, bool, str, None.

    Raises ``UsageError`` for a sheet that does not exist.
    """
    (found,) = _sheets(sheet, one=True)
    names = [column.name for column in found.all_columns]
    rows = rows_of(document, document.name, language(lang))
    return (dict(zip(names, cells, strict=True)) for name, cells in rows if name == found.name)


def sheets_for(to: Target, format_name: str, sheet: str | None = None) -> tuple[Sheet, ...]:
    """The sheets that are written: the one named, else all, else what fits one file of the format."""
    return _sheets(sheet, one=format_name != "xlsx" and not is_folder(to))


def _format(to: Target) -> str:
    name = os.fspath(to) if isinstance(to, str | os.PathLike) else ""
    return name.rpartition(".")[2].lower()


def _sheets(name: str | None, *, one: bool) -> tuple[Sheet, ...]:
    if name is None:
        return SHEETS[:1] if one else SHEETS
    found = tuple(sheet for sheet in SHEETS if sheet.name == name)
    if not found:
        raise UsageError(_NO_SHEET, sheet=name, known=", ".join(NAMES))
    return found


def writer_of(format_name: str, sheet: str) -> tuple[type[Writer], str]:
    """What writes a format, and the name of the file it writes for one sheet."""
    return _writer(format_name, DIALECTS[0]), _ONE_FILE if format_name == "xlsx" else f"{sheet}.{format_name}"


def _writer(chosen: str, dialect: str) -> type[Writer]:
    if chosen not in FORMATS:
        raise UsageError(_NO_FORMAT, format=chosen, known=", ".join(FORMATS))
    if dialect not in DIALECTS:
        raise UsageError(_NO_DIALECT, dialect=dialect, known=", ".join(DIALECTS))
    module, _, name = FORMATS[chosen].partition(":")
    found: type[Writer] = getattr(import_module(f".{module}", __name__), name)
    return found


def _all(documents: Iterable[Given] | Document, tabled: Tabled, lang: Language) -> Iterator[Line]:
    for given in [documents] if isinstance(documents, Document) else documents:
        found = given if isinstance(given, Rowed) else rowed(*_opened(given), lang, tabled.rows)
        if found.error is not None:
            tabled.unread.append((found.path, found.error))
        else:
            tabled.documents += 1
            if found.other:
                tabled.others.append(found.path)
        yield from found.lines


def _opened(given: Named | Source) -> Named:
    if isinstance(given, tuple):
        return given
    if isinstance(given, Document):
        return given.name, given
    path = "-" if isinstance(given, bytes) else os.fspath(given)
    try:
        return path, open_document(given)
    except InputError as error:
        return path, error


_NO_FORMAT: Final = Text(
    "Formato di tabella «{format}» sconosciuto: usa {known}.", "Unknown table format “{format}”: use {known}."
)
_NO_DIALECT: Final = Text(
    "Dialetto CSV «{dialect}» sconosciuto: usa {known}.", "Unknown CSV dialect “{dialect}”: use {known}."
)
_NO_SHEET: Final = Text("Non c'è un foglio «{sheet}»: usa {known}.", "There is no sheet “{sheet}”: use {known}.")
_NOT_A_FOLDER: Final = Text(
    "«{to}» è una cartella: una cartella di lavoro XLSX è un file solo, per esempio fatture.xlsx.",
    "“{to}” is a folder: an XLSX workbook is one file, invoices.xlsx for instance.",
)
