"""Where a ledger comes from: one way to read tables of text, whatever holds them.

``open_source`` takes a folder of CSV, JSON Lines or Parquet files (also mixed), a SQLite file, or Python objects: a
mapping from table names to rows (mappings or dataclasses; a list, or a function that gives a fresh iterator).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

from ...errors import InputError
from ...refusals import reason
from ...texts import Text
from .tables import TABLES
from .troubles import Troubles

Row = tuple[int, list[str]]


class Rows(NamedTuple):
    """A table as a stream. columns: known names, in the order of the cells; rows: number, cells ("" = none)."""

    file: str
    columns: tuple[str, ...]
    rows: Iterator[Row]


class Source(Protocol):
    """Something that holds tables. Every call of ``open`` begins again from the first row."""

    def tables(self) -> tuple[str, ...]:
        """The names of the tables there are."""

    def open(self, table: str, troubles: Troubles) -> Rows:
        """The rows of one table; what is wrong with its columns goes to ``troubles``."""


def open_source(source: Any) -> Source:
    """The source of a path or of Python objects; ``InputError`` when there is no ledger in it."""
    if isinstance(source, Mapping):
        from .objects import Objects

        return Objects(source)
    if hasattr(source, "tables") and hasattr(source, "open"):
        found: Source = source
        return found
    path = Path(os.fspath(source))
    if path.is_dir():
        from .folder import Folder

        return Folder(path)
    return _file(path)


def is_ledger(path: str) -> bool:
    """Whether a path is a ledger: a folder with a table company or documents, or a SQLite file."""
    home = Path(path)
    try:
        if home.is_dir():
            return any(file.stem.lower() in _TELLING and file.suffix.lower() in _SUFFIXES for file in home.iterdir())
        with home.open("rb") as stream:
            return stream.read(15) == b"SQLite format 3"
    except OSError:
        return False


def listed(folder: Path) -> list[Path]:
    """What is in a folder, by name; ``InputError`` when it may not be listed."""
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise InputError(_UNREADABLE, path=str(folder), reason=reason(error)) from error


def _file(path: Path) -> Source:
    try:
        with path.open("rb") as stream:
            head = stream.read(16)
    except OSError as error:
        raise InputError(_UNREADABLE, path=str(path), reason=reason(error)) from error
    if head.startswith(b"SQLite format 3"):
        from .sqlite import Database

        return Database(path)
    raise InputError(_NO_LEDGER, path=str(path))


def known(names: list[str], table: str, troubles: Troubles) -> dict[int, str]:
    """The known columns by position; each unknown one is a warning, each required one that lacks an error."""
    right = TABLES[table].names
    found: dict[int, str] = {}
    for place, written in enumerate(names):
        name = written.strip().lower().replace(" ", "_")
        if name in found.values():
            troubles.error("SL002", _TWICE, column=name, name=name)
        elif name in right:
            found[place] = name
        elif name:
            from difflib import get_close_matches  # most columns are known

            near = ", ".join(get_close_matches(name, right, n=2))
            troubles.warn("SL002", _UNKNOWN, _UNKNOWN_FIX, name, name=name, near=near or "-")
    for column in TABLES[table].columns:
        if column.required and column.name not in found.values():
            troubles.error("SL002", _LACKS, _LACKS_FIX, column.name, name=column.name, table=table)
    return found


_SUFFIXES: Final = (".csv", ".jsonl", ".ndjson", ".parquet")
_TELLING: Final = ("company", "documents")
"""Tables of which one makes a folder a ledger."""
_UNREADABLE: Final = Text(
    "«{path}» non si può leggere: {reason}.",
    "“{path}” cannot be read: {reason}.",
    "Não se pode ler «{path}»: {reason}.",
)
_NO_LEDGER: Final = Text(
    "«{path}» non è un registro: serve una cartella di CSV, JSON Lines o Parquet, oppure un file SQLite.",
    "“{path}” is no ledger: it takes a folder of CSV, JSON Lines or Parquet files, or a SQLite file.",
    "«{path}» não é um registo: é preciso uma pasta de CSV, JSON Lines ou Parquet, ou um ficheiro SQLite.",
)
_TWICE: Final = Text(
    "La colonna {name} c'è due volte.", "The column {name} stands there twice.", "A coluna {name} está repetida."
)
_UNKNOWN: Final = Text(
    "La colonna «{name}» non è del registro: ignorata.",
    "“{name}” is no column: ignored.",
    "«{name}» não é uma coluna do registo: ignorada.",
)
_UNKNOWN_FIX: Final = Text("Nomi simili: {near}.", "Similar names: {near}.", "Nomes parecidos: {near}.")
_LACKS: Final = Text(
    "Manca la colonna {name} della tabella {table}.",
    "The table {table} lacks the column {name}.",
    "Falta a coluna {name} na tabela {table}.",
)
_LACKS_FIX: Final = Text("Aggiungi la colonna {name}.", "Add the column {name}.", "Junte a coluna {name}.")
