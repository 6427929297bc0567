"""The period of an export: a month, a quarter or two days; one way of saying it at a time.

>>> Period.of(year=2026, quarter=4)
Period(first='2026-10-01', last='2026-12-31')
"""

from __future__ import annotations

from calendar import monthrange
from contextlib import suppress
from datetime import date, datetime
from typing import Final, NamedTuple, Self

from ..errors import UsageError
from ..texts import Text


class Period(NamedTuple):
    """First and last day, both inside; "" is open."""

    first: str = ""
    last: str = ""

    @classmethod
    def of(
        cls,
        year: int | None = None,
        month: int | None = None,
        quarter: int | None = None,
        first: date | str | None = None,
        last: date | str | None = None,
        *,
        whole_year: bool = False,
    ) -> Self:
        """A period; nothing at all is everything. ``UsageError`` when two ways are mixed or one is incomplete.

        whole_year: a year alone is a whole year, not incomplete.
        """
        named = [value for value in (year, month, quarter) if value is not None]
        if named and (first is not None or last is not None):
            raise UsageError(_MIXED)
        if whole_year and year is not None and len(named) == 1:
            return cls(cls.of(year, quarter=1).first, cls.of(year, quarter=4).last)
        if named:
            return cls(*_months(year, month, quarter))
        begin, end = day_of(first), day_of(last)
        if begin and end and begin > end:
            raise UsageError(_BACKWARDS, first=begin, last=end)
        return cls(begin, end)


def _months(year: int | None, month: int | None, quarter: int | None) -> tuple[str, str]:
    if year is None:
        raise UsageError(_NO_YEAR)
    if (month is None) == (quarter is None):
        raise UsageError(_ONE)
    first = month if month is not None else 3 * (quarter or 0) - 2
    if not 1 <= year <= 9999 or not 1 <= first <= 12:
        raise UsageError(_RANGE)
    last = first if month is not None else first + 2
    return date(year, first, 1).isoformat(), date(year, last, monthrange(year, last)[1]).isoformat()


def day_of(value: date | str | None) -> str:
    """A day, or that of a moment, as ISO text; "" for None. ``UsageError`` for anything else."""
    if value is None:
        return ""
    for read in (date.fromisoformat, datetime.fromisoformat):
        with suppress(ValueError):
            return read(str(value).strip()).isoformat()[:10]
    raise UsageError(_BAD_DAY, value=value)


_MIXED: Final = Text(
    "Anno, mese e trimestre non vanno insieme a un intervallo di date: scegli un solo modo.",
    "Year, month and quarter do not go with a range of dates: choose one way.",
)
_NO_YEAR: Final = Text("Mese e trimestre vogliono l'anno (--year).", "Month and quarter need the year (--year).")
_ONE: Final = Text(
    "Con l'anno serve il mese o il trimestre, uno dei due: --year 2026 --month 11.",
    "With the year goes a month or a quarter, one of them: --year 2026 --month 11.",
)
_RANGE: Final = Text(
    "Il mese va da 1 a 12, il trimestre da 1 a 4, l'anno ha quattro cifre.",
    "Months are 1 to 12, quarters 1 to 4, years have four digits.",
)
_BACKWARDS: Final = Text(
    "L'intervallo va all'indietro: dal {first} al {last}.", "The range runs backwards: from {first} to {last}."
)
_BAD_DAY: Final = Text("«{value}» non è una data ISO, es. 2026-11-21.", "“{value}” is no ISO date, e.g. 2026-11-21.")
