"""Python values as the text of cells: exact, without locale, "" for nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from decimal import Decimal
from operator import itemgetter
from typing import Any, Final

BLANK: Final = "_blank"
"""The name of a column that is always empty, for those a table lacks."""


def text_of(value: Any) -> str:
    """The text of one value.

    >>> [text_of(value) for value in (None, True, Decimal("1.50"), 3, dt.date(2026, 10, 1), "x")]
    ['', '1', '1.50', '3', '2026-10-01', 'x']
    """
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def rearranged(places: list[int], width: int) -> Any:
    """A function from the cells of a row to those at ``places``; None when they are all of them, in order."""
    if places == list(range(width)):
        return None
    return lambda cells: [cells[place] for place in places]


def cell_of(columns: Sequence[str], name: str) -> Callable[[list[str]], str]:
    """A function that takes one cell of a row, "" when there is no such column."""
    if name not in columns:
        return lambda cells: ""
    return itemgetter(columns.index(name))


def cells_of(columns: Sequence[str], names: Sequence[str]) -> Callable[[list[str]], tuple[str, ...]]:
    """The same for several at once; ``columns`` may have one named ``BLANK`` for those that lack."""
    if BLANK in columns or all(name in columns for name in names):
        return itemgetter(*(columns.index(name if name in columns else BLANK) for name in names))
    takers = [cell_of(columns, name) for name in names]
    return lambda cells: tuple([take(cells) for take in takers])


def some_of(columns: Sequence[str], names: Sequence[str]) -> Callable[[list[str]], tuple[str, ...]]:
    """A function that takes the cells of those ``names`` there are, always as a tuple (a key, or for ``any``)."""
    places = [columns.index(name) for name in names if name in columns]
    if not places:
        return lambda cells: ()
    return itemgetter(*places, *places[: len(places) == 1])


def any_of(columns: Sequence[str], but: Collection[str]) -> Callable[[list[str]], tuple[str, ...]] | None:
    """A function that takes the cells of all columns ``but`` some, for ``any``; None when there are no others."""
    others = [name for name in columns if name not in but]
    return some_of(columns, others) if others else None
