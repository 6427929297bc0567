"""``fatturakit convert --to csv|xlsx|parquet``: many documents into tables, and what is said about it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from ..convert.targets import TARGETS, How
from ..errors import UsageError
from ..report import Tally
from ..texts import Text
from . import _io
from ._progress import Progress

if TYPE_CHECKING:
    from ..convert.tables import Tabled
    from ..convert.tables.rowed import Rowed
    from ._convert import Given


def wanted(given: Given) -> str | None:
    """The table asked for with --to or by the ending of -o; None when the conversion is no table.

    ``UsageError`` when an option of tables is given for something else.
    """
    ending = PurePath(given.target or "").suffix.lower().removeprefix(".")
    name = given.to or ending
    if name in TARGETS and TARGETS[name].all:
        return name
    if given.sheet or given.csv_dialect:
        raise UsageError(_TABLES_ONLY, known=", ".join(name for name, target in TARGETS.items() if target.all))
    return None


def write(name: str, rows: Callable[[frozenset[str]], Iterator[Rowed]], given: Given) -> None:
    """Write documents as a table called ``name`` in ``TARGETS``; ``rows`` gives those of the sheets it needs."""
    from ..convert.tables import sheets_for

    known = {"sheet": given.sheet, "csv_dialect": given.csv_dialect, "lang": given.lang}
    options = {key: value for key, value in known.items() if value} | ({"force": "yes"} if given.force else {})
    to = sys.stdout.buffer if given.target in {None, "-"} else str(given.target)
    sheets = frozenset(sheet.name for sheet in sheets_for(to, name, given.sheet))
    with Progress(given.progress, quiet=given.quiet) as progress, closing(_watched(rows(sheets), progress)) as seen:
        done: Tabled = TARGETS[name].writer()(seen, to, How(options=tuple(options.items())))
    _tell(done, given)


def _watched(rows: Iterator[Rowed], progress: Progress) -> Generator[Rowed]:
    tally = Tally()
    for found in rows:
        progress.step(tally)
        yield found


def _tell(done: Tabled, given: Given) -> None:
    """The rows of each sheet with -v; always how many inputs have no row because they are no invoices."""
    from ..texts import language

    lang = language(given.lang)
    if done.others and not given.quiet:
        _io.message(_OTHERS.say(lang, {"count": len(done.others)}))
    if given.verbose and not given.quiet:
        _io.message("\n".join(f"{name}: {count}" for name, count in done.rows.items()))


_TABLES_ONLY: Final = Text(
    "--sheet e --csv-dialect sono delle tabelle: aggiungi --to {known}.",
    "--sheet and --csv-dialect are for tables: add --to {known}.",
)
_OTHERS: Final = Text(
    "Non sono fatture e non hanno righe (le elenca il foglio Note): {count}.",
    "No invoices, so without rows (the sheet Notes lists them): {count}.",
)
