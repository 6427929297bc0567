"""Audit files to tables: several months become one set of tables, in constant memory; optionally split by series."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from ..errors import OutputError, UsageError
from ..limits import DEFAULT, Limits
from ..refusals import reason
from ..texts import Text
from ..writing import is_empty
from .columns import COLUMNS, LEAVES
from .fitting import fitting
from .head import Head, head_of
from .keys import Keys
from .reader import Reader
from .sinks import FOLDERS, FORMATS, Sink, sink
from .source import Source, naming
from .tables import Row, remaining, rows

_SPLIT: Final = frozenset({"documents", "lines", "payments", "details"})
_MOST_TABLES: Final = 600
_UNSAFE: Final = re.compile(r"[^\w.-]+")


class Converted(NamedTuple):
    """What was written: files read, rows by table."""

    files: int
    rows: dict[str, int]


def convert(
    sources: Iterable[Source],
    to: str,
    target: str | os.PathLike[str],
    *,
    by_series: bool = False,
    force: bool = False,
    limits: Limits = DEFAULT,
) -> Converted:
    """Write the tables of audit files; ``target`` is a folder for csv, jsonl and parquet, a file for sqlite and xlsx.

    Nothing appears before everything is written. Raises ``InputError`` for a file that cannot be read to its end,
    ``OutputError`` when the target exists (without ``force``) or cannot be written.
    """
    if to not in FORMATS:
        raise UsageError(_FORMAT, found=to, known=", ".join(FORMATS))
    place = Path(target)
    if place.exists() and not force and not (to in FOLDERS and place.is_dir() and is_empty(place)):
        raise OutputError(_EXISTS, path=os.fspath(target))
    try:
        with tempfile.TemporaryDirectory(prefix=".saft-", dir=place.parent if to not in FOLDERS else None) as home:
            inside = Path(home) / "out"
            done = _done(list(sources), to, inside, by_series=by_series, limits=limits)
            _publish(inside, place, folder=to in FOLDERS)
    except OSError as error:
        raise OutputError(_WRITING, path=os.fspath(target), reason=reason(error)) from error
    return done


def _done(sources: list[Source], to: str, inside: Path, *, by_series: bool, limits: Limits) -> Converted:
    """Write everything; again, when a number did not fit its column, with that column as text."""
    texts: frozenset[str] = frozenset()
    while True:
        if to in FOLDERS:
            inside.mkdir(exist_ok=True)
        out = sink(to, inside, texts)
        done = _Work(by_series=by_series, limits=limits).run(sources, out)
        unfit = frozenset(getattr(out, "unfit", ())) - texts
        if not unfit:
            return done
        texts |= unfit
        shutil.rmtree(inside)


def _publish(inside: Path, place: Path, *, folder: bool) -> None:
    if not folder:
        inside.chmod(0o644)
        inside.replace(place)
        return
    place.mkdir(parents=True, exist_ok=True)
    for file in sorted(inside.iterdir()):
        shutil.move(file, place / file.name)


class _Work:
    """One conversion."""

    def __init__(self, *, by_series: bool, limits: Limits) -> None:
        self._by_series, self._limits = by_series, limits
        self._names: dict[tuple[str, str], str] = {}
        self._rows: dict[str, int] = {}
        self._masters = Keys(limits.saft_keys)

    def run(self, sources: Iterable[Source], out: Sink) -> Converted:
        files = 0
        try:
            for source in sources:
                files += 1
                self._file(source, out)
        finally:
            out.close()
        return Converted(files, self._rows)

    def _file(self, source: Source, out: Sink) -> None:
        with naming(source):
            encoding = fitting(source, self._limits)
            self._read(source, head_of(source, self._limits, encoding), encoding, out)

    def _read(self, source: Source, head: Head, encoding: str | None, out: Sink) -> None:
        if not head.variant.sections:
            raise UsageError(_VARIANT, name=head.variant.name)
        sections = {section.record: section for section in head.variant.sections}
        origin = {"file": source.shown, "company": head.company}
        reader = Reader(source, head.variant, self._limits, None, encoding)
        for record in reader.records():
            self._record(list(rows(record, sections, origin)), out)
        if reader.trouble is not None:
            raise reader.trouble
        self._record(list(remaining(reader.root, origin)), out)

    def _record(self, made: list[tuple[str, Row]], out: Sink) -> None:
        if made and (made[0][0] in LEAVES or self._masters.add(_identity(made))):
            for table, row in made:
                self._write(table, row, out)

    def _write(self, table: str, row: Row, out: Sink) -> None:
        name = (
            self._named(table, row["series"]) if self._by_series and table in _SPLIT and _apart(table, row) else table
        )
        self._rows[name] = self._rows.get(name, 0) + 1
        out.write(name, COLUMNS[table], row)

    def _named(self, table: str, series: str) -> str:
        """A table of its own for every series, with a name that any file system takes."""
        known = self._names.get((table, series))
        if known is None:
            if len(self._names) >= _MOST_TABLES:
                raise UsageError(_TOO_MANY, most=_MOST_TABLES)
            known = base = f"{table}-{_UNSAFE.sub('_', series)[:60] or 'none'}"
            place = 2
            while known.lower() in {name.lower() for name in self._names.values()}:
                known, place = f"{base}-{place}", place + 1
            self._names[table, series] = known
        return known


def _apart(table: str, row: Row) -> bool:
    """Whether a row goes with its series: of the details, those of documents only."""
    return table != "details" or bool(row["series"])


def _identity(made: list[tuple[str, Row]]) -> str:
    """A master record but for the file it is in: the same one in twelve months is one row."""
    return "\x1f".join(word for table, row in made for word in (table, *(row[name] for name in row if name != "file")))


_FORMAT: Final = Text(
    "Formato «{found}» sconosciuto: {known}.",
    "Unknown format “{found}”: {known}.",
    "Formato «{found}» desconhecido: {known}.",
)
_EXISTS: Final = Text(
    "«{path}» esiste già: usa --force.", "“{path}” already exists: use --force.", "«{path}» já existe: use --force."
)
_WRITING: Final = Text(
    "«{path}» non si può scrivere: {reason}.",
    "“{path}” cannot be written: {reason}.",
    "Não se pode escrever «{path}»: {reason}.",
)
_VARIANT: Final = Text(
    "La variante {name} non si converte in tabelle.",
    "The variant {name} is not converted to tables.",
    "A variante {name} não se converte em tabelas.",
)
_TOO_MANY: Final = Text(
    "Più di {most} tabelle: converti senza dividere per serie.",
    "More than {most} tables: convert without splitting.",
    "Mais de {most} tabelas: converta sem dividir por série.",
)
