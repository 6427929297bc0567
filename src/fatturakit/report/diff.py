"""The differences between two documents: a table for people, ``fatturakit/diff@1`` for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ..convert.compare import Difference
from ..texts import Language, Text
from ._encode import encode
from ._visible import Screen
from .screen import columns, fit

_MOST: Final = 48
_HEADS: Final = (
    Text("campo", "field"),
    Text("che cosa", "what"),
    Text("primo", "first"),
    Text("secondo", "second"),
    Text("dove", "where"),
)
_SAME: Final = Text("Nessuna differenza di significato.", "No difference in meaning.")
_ABSENT: Final = "—"


def as_json(first: str, second: str, found: Sequence[Difference]) -> str:
    """One object: the two names and every difference, texts in full."""
    rows = [row.to_dict() for row in found]
    return encode({"schema": "fatturakit/diff@1", "first": first, "second": second, "differences": rows}) + "\n"


def as_text(found: Sequence[Difference], lang: Language, *, ascii_only: bool = False) -> str:
    """An aligned table; long values are shortened (JSON has them whole)."""
    screen = Screen(ascii_only)
    if not found:
        return screen.words(_SAME.say(lang)) + "\n"
    rows = [[screen.words(head.say(lang)) for head in _HEADS], *(_cells(row, lang, screen) for row in found)]
    widths = [max(map(columns, column)) for column in zip(*rows, strict=True)]
    return "".join("  ".join(map(fit, row, widths)).rstrip() + "\n" for row in rows)


def _cells(row: Difference, lang: Language, screen: Screen) -> list[str]:
    label = row.en if lang == "en" else row.it
    values = (_ABSENT if value is None else _short(screen.value(value)) for value in (row.first, row.second))
    return [row.field, screen.words(label), *map(screen.words, values), screen.value(row.path)]


def _short(value: str) -> str:
    return value if len(value) <= _MOST else value[: _MOST - 1] + "…"
