"""The numbers of a series, in whatever order the file has them, in memory that grows with the gaps only.

Consecutive numbers form a run that keeps what is known of its two ends only; when a number arrives, its neighbours are
therefore known if they came before it.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Run(Generic[T]):
    """The numbers from ``low`` to ``high`` without a gap; ``first`` and ``last`` are what is known of its ends."""

    __slots__ = ("first", "high", "last", "low")

    def __init__(self, number: int, what: T) -> None:
        self.low = self.high = number
        self.first = self.last = what


class Neighbours(NamedTuple, Generic[T]):
    """What stands around a number that has just arrived.

    fresh: False for a number met before; below, above: the nearest known on each side, None when there is none;
    follows, precedes: whether they are its immediate neighbours.
    """

    fresh: bool
    below: T | None = None
    above: T | None = None
    follows: bool = False
    precedes: bool = False


class Series(Generic[T]):
    """The runs of one series, in order."""

    __slots__ = ("_lows", "runs")

    def __init__(self) -> None:
        self.runs: list[Run[T]] = []
        self._lows: list[int] = []

    def add(self, number: int, what: T) -> Neighbours[T]:
        """Put a number where it belongs; its neighbours."""
        place = bisect_right(self._lows, number)
        below = self.runs[place - 1] if place else None
        above = self.runs[place] if place < len(self.runs) else None
        if below is not None and number <= below.high:
            return Neighbours(False)
        follows = below is not None and below.high == number - 1
        precedes = above is not None and above.low == number + 1
        found = Neighbours(True, below.last if below else None, above.first if above else None, follows, precedes)
        self._join(place, number, what, follows=follows, precedes=precedes)
        return found

    def extend(self, number: int, what: T) -> T | None:
        """Put the number after the highest there, the usual case; what was known of that one, None for any other."""
        if not self.runs or self.runs[-1].high != number - 1:
            return None
        run = self.runs[-1]
        before, run.high, run.last = run.last, number, what
        return before

    def _join(self, place: int, number: int, what: T, *, follows: bool, precedes: bool) -> None:
        if follows:
            below = self.runs[place - 1]
            below.high, below.last = number, what
            if precedes:
                above = self.runs.pop(place)
                del self._lows[place]
                below.high, below.last = above.high, above.last
        elif precedes:
            above = self.runs[place]
            above.low = self._lows[place] = number
            above.first = what
        else:
            self.runs.insert(place, Run(number, what))
            self._lows.insert(place, number)
