"""A folder with one file a table: ``documents.csv``, ``lines.parquet``, ``customers.jsonl``."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ...errors import InputError
from ...texts import Text
from . import csv_file, json_lines, parquet_file
from .source import Rows, listed
from .tables import REQUIRED, TABLES
from .troubles import Troubles

READERS: Final = {
    ".csv": csv_file.read,
    ".jsonl": json_lines.read,
    ".ndjson": json_lines.read,
    ".parquet": parquet_file.read,
}


class Folder:
    """The tables of a folder. ``InputError`` when the company is missing or a table is there twice."""

    def __init__(self, path: Path) -> None:
        self._files: dict[str, Path] = {}
        for file in listed(path):
            table = file.stem.lower()
            if table in TABLES and file.suffix.lower() in READERS:
                if table in self._files:
                    raise InputError(_TWICE, table=table, first=self._files[table].name, second=file.name)
                self._files[table] = file
        for table in REQUIRED:
            if table not in self._files:
                raise InputError(_LACKS, path=str(path), table=table, endings=", ".join(READERS))

    def tables(self) -> tuple[str, ...]:
        """The names of the tables there are; lines may stand inside documents of JSON Lines."""
        nested = (child for name, file in self._files.items() for child in json_lines.nested(name, file))
        return tuple(dict.fromkeys([*self._files, *nested]))

    def open(self, table: str, troubles: Troubles) -> Rows:
        """The rows of one table."""
        if table in self._files:
            file = self._files[table]
            return READERS[file.suffix.lower()](file, table, troubles)
        return json_lines.read_nested(self._files[TABLES[table].parent], table, troubles)


_TWICE: Final = Text(
    "La tabella {table} c'è due volte: {first} e {second}.",
    "The table {table} is there twice: {first} and {second}.",
    "A tabela {table} está repetida: {first} e {second}.",
)
_LACKS: Final = Text(
    "In «{path}» manca la tabella {table} ({endings}).",
    "“{path}” lacks the table {table} ({endings}).",
    "Em «{path}» falta a tabela {table} ({endings}).",
)
