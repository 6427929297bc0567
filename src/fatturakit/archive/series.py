"""Numbers missing in the series of invoices we send.

A number is text with groups of digits in it. Those written alike (by one company, in one year) differ in one group more
than in any other: that one counts, the others name the series, whether they are a year, a month or a branch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final, NamedTuple

from .doubles import Numbered

_DIGITS: Final = re.compile(r"([0-9]{1,18})")
_MOST: Final = 1000


class Gap(NamedTuple):
    """Numbers missing in a series. series: as it is written, with # for the counter; first and last: of the gap."""

    company: str
    year: str
    series: str
    first: int
    last: int


def gaps(invoices: Iterable[Numbered]) -> list[Gap]:
    """The numbers missing between the first and the last of every series we issue, by company and year."""
    alike: dict[tuple[str, str, tuple[str, ...]], set[tuple[str, ...]]] = {}
    for each in invoices:
        if each.sent_by and each.issued:
            pieces = _DIGITS.split(each.number)
            alike.setdefault((each.sent_by, each.span[:4], tuple(pieces[::2])), set()).add(tuple(pieces[1::2]))
    found = (
        Gap(company, year, name, *hole)
        for (company, year, between), digits in alike.items()
        for name, used in series_of(between, digits).items()
        for hole in _holes(sorted(used))
    )
    return sorted(found)


def series_of(between: tuple[str, ...], digits: Iterable[tuple[str, ...]]) -> dict[str, set[int]]:
    """Numbers written alike, by series: the counters used in each. between: what stands around the groups of digits.

    >>> series_of(("FPR ", "/", ""), [("25", "26"), ("26", "26")]) == {"FPR #/26": {25, 26}}
    True
    """
    rows = list(digits)
    columns = [set(column) for column in zip(*rows, strict=True)]
    if not columns:
        return {}
    counter = max(range(len(columns)), key=lambda place: (len(columns[place]), place))
    found: dict[str, set[int]] = {}
    for row in rows:
        shown = ["#" if place == counter else group for place, group in enumerate(row)]
        name = "".join(piece for pair in zip(between, [*shown, ""], strict=True) for piece in pair)
        found.setdefault(name, set()).add(int(row[counter]))
    return found


def _holes(used: list[int]) -> list[tuple[int, int]]:
    pairs = pairwise(used)
    return [(before + 1, after - 1) for before, after in pairs if after - before > 1][:_MOST]
