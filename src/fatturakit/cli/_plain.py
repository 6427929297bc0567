"""The plain call: ``validate FILE…`` with a few simple options, told from everything that needs click.

Nothing is judged or complained about here: whatever is not plainly right is None, and click says what is wrong.
"""

from __future__ import annotations

import os

from ..errors import FatturakitError
from ..findings import FAIL_ON
from ..report import FORMATS
from ..texts import LANGUAGES
from . import _config
from ._validate import Given

_CHOICES = {"--format": ("format_name", FORMATS), "--lang": ("lang", LANGUAGES), "--fail-on": ("fail_on", FAIL_ON)}
_JOBS = ("-j", "--jobs")


def plain(argv: list[str]) -> tuple[tuple[str, ...], Given] | None:
    """The names and what else was said; None when the call is for click (also when a configuration file speaks)."""
    if argv[:1] != ["validate"] or "_FATTURAKIT_COMPLETE" in os.environ:
        return None
    parsed = _parsed(argv[1:])
    return parsed if parsed and not _configured() else None


def _parsed(words: list[str]) -> tuple[tuple[str, ...], Given] | None:
    names: list[str] = []
    given: dict[str, object] = {}
    rest = iter(words)
    for word in rest:
        if word == "-" or (word and not word.startswith("-")):
            names.append(word)
        elif (option := _option(word, next(rest, ""))) is not None:
            given |= option
        else:
            return None
    return (tuple(names), Given(**given)) if names else None  # type: ignore[arg-type]


def _option(word: str, value: str) -> dict[str, object] | None:
    if word in _JOBS:
        return {"jobs": int(value)} if value.isascii() and value.isdigit() and len(value) < 5 else None
    name, choices = _CHOICES.get(word, ("", ()))
    return {name: value} if value in choices else None


def _configured() -> bool:
    try:
        return bool(_config.settings()[0])
    except (FatturakitError, OSError):
        return True
