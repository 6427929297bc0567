"""What cells become, remembered: for the values that come again and again and that nobody has to be told about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Generic, TypeVar

from .kinds import Doubt

KEPT: Final = 8_192
Made = TypeVar("Made")


class Clean(dict[str, Made | None], Generic[Made]):
    """From the text of a cell to what ``make`` makes of it; None for one it doubts, which is asked again every time.

    >>> from fatturakit.saft.kinds import day
    >>> days = Clean(day)
    >>> days["2026-10-01"], days["2026-13-01"], len(days)
    ('2026-10-01', None, 1)
    """

    def __init__(self, make: Callable[[str], Made], most: int = KEPT) -> None:
        self._make, self._most = make, most

    def __missing__(self, raw: str) -> Made | None:
        try:
            made = self._make(raw)
        except Doubt:
            return None
        if len(self) >= self._most:
            self.clear()
        self[raw] = made
        return made
