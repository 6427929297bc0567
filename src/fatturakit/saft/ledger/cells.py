"""Python values as the text of cells: exact, without locale, "" for nothing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any


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
