"""The rows of one document taken together, as they travel from the process that read it to the one that writes."""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from ...document import Document
from ...errors import FatturakitError
from ...texts import Language
from .notes import NOTES, note
from .rows import Line, rows_of


class Rowed(NamedTuple):
    """The rows of one input. error: why it could not be opened; other: it is no invoice."""

    path: str
    lines: list[Line]
    error: FatturakitError | None = None
    other: bool = False


def rowed(path: str, found: Document | FatturakitError, lang: Language, sheets: Container[str]) -> Rowed:
    """The rows of a document for some sheets; an error in its place is a row of Notes."""
    if isinstance(found, FatturakitError):
        lines, other, error = [(NOTES.name, note(path, found.say(lang)))], False, found
    else:
        lines, error = list(rows_of(found, path, lang)), None
        other = found.profile is None or not found.profile.is_invoice
    return Rowed(path, [line for line in lines if line[0] in sheets], error, other)
