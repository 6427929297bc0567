"""What the verbs of the archive share: which archive, opened and closed, and where a page is written."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import click

from ... import limits
from ...archive.archive import Archive
from ...errors import UsageError
from ...texts import Text
from .. import _options
from .._language import examples, words

DEFAULT: Final = "fatturakit.db"
_VARIABLE: Final = "FATTURAKIT_ARCHIVE"
_PASSWORD: Final = re.compile(r"^[a-z+]+://[^/@:]*:[^/@]+@", re.IGNORECASE)


def options(command: Any) -> Any:
    """--archive and the options of every verb."""
    return _ARCHIVE(_options.common(command))


@contextmanager
def opened(given: dict[str, Any], *, create: bool = False) -> Iterator[Archive]:
    """The archive that is meant: --archive, FATTURAKIT_ARCHIVE, ./fatturakit.db."""
    asked = given.get("archive")
    if asked and _PASSWORD.match(asked):
        raise UsageError(_SECRET, variable=_VARIABLE)
    place = asked or os.environ.get(_VARIABLE) or DEFAULT
    with Archive(place, create=create, limits=limits.from_environment()) as archive:
        yield archive


def say(line: str) -> None:
    """A line on stdout."""
    print(line, file=sys.stdout)  # noqa: T201


_ARCHIVE: Final = click.option(
    "--archive",
    metavar="FILE|URL",
    default=None,
    help=words(
        "SQLite o postgresql://… (FATTURAKIT_ARCHIVE, o ./fatturakit.db).",
        "SQLite or postgresql://… (FATTURAKIT_ARCHIVE, or ./fatturakit.db).",
    ),
)
_SECRET: Final = Text(
    "Una password non va sulla riga di comando: metti l'URL in {variable}, o la password in PGPASSWORD o ~/.pgpass.",
    "A password has no place on the command line: put the URL into {variable}, or the password into PGPASSWORD or "
    "~/.pgpass.",
)


def usual(line: str) -> str:
    """Examples of a verb that takes nothing more: as it is, silently, in another archive."""
    return examples(line, f"{line} --quiet", f"{line} --archive archive.db")
