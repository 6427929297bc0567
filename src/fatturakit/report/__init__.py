"""One renderer per output format of ``fatturakit validate``.

Documents are rendered as they come; ``end`` always leaves a well-formed whole, also after an interruption.
A format is one module of this folder, loaded when it is asked for; each offers ``create(options)``.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Final, NamedTuple, Protocol, cast

from ..errors import UsageError
from ..findings import Report
from ..texts import Language, Text
from .tally import Summary, Tally

__all__ = ["FORMATS", "Options", "Renderer", "Summary", "Tally", "renderer", "says"]

FORMATS: Final[tuple[str, ...]] = ("text", "concise", "json", "jsonl", "sarif", "junit", "github", "html", "receipt")
_UNKNOWN = Text("formato sconosciuto: {name}. Formati: {formats}", "unknown format: {name}. Formats: {formats}")


class Renderer(Protocol):
    """Turns reports into text pieces, to be written in order: ``begin``, ``document`` for each input, ``end``."""

    def begin(self) -> Iterator[str]:
        """What stands before the first document."""

    def document(self, report: Report) -> Iterator[str]:
        """The pieces of one input; a format that needs the totals first gives nothing until ``end``."""

    def end(self, summary: Summary) -> Iterator[str]:
        """What closes the output; ``summary.interrupted`` is said, never hidden."""


class Options(NamedTuple):
    """What a renderer may heed. width: columns; ascii_only: the terminal cannot show UTF-8; received_on: ISO 8601."""

    lang: Language = "it"
    verbose: int = 0
    color: bool = False
    width: int = 100
    ascii_only: bool = False
    received_on: str | None = None


def renderer(
    name: str,
    *,
    lang: Language,
    verbose: int = 0,
    color: bool = False,
    width: int = 100,
    ascii_only: bool = False,
    received_on: str | None = None,
) -> Renderer:
    """The renderer of the format ``name`` (one of ``FORMATS``); ``UsageError`` for any other name."""
    if name not in FORMATS:
        raise UsageError(_UNKNOWN, name=name, formats=", ".join(FORMATS))
    module = importlib.import_module(f".{name}", __name__)
    return cast("Renderer", module.create(Options(lang, verbose, color, width, ascii_only, received_on)))


def says(name: str, report: Report) -> bool:
    """Whether the format ``name`` has anything to say of a document: "receipt" only of one that SdI would reject."""
    if name != "receipt":
        return True
    from .receipt import errors_of

    return bool(errors_of(report))
