"""The stretch of time of a file, the fiscal year it lies in, and the number of a month in that year.

>>> [span.start for span in spans(2026, None, 4)][::11], month(2026, 10, 4).fiscal_year, period("2026-03-31", 4)
(['2026-01-01', '2026-12-01'], 2026, 12)
>>> month(2026, 3, 4).fiscal_year
2025
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Final, NamedTuple

from ..errors import UsageError
from ..texts import Text


class Span(NamedTuple):
    """First and last day (ISO 8601) and the year in which the fiscal year began."""

    start: str
    end: str
    fiscal_year: int

    @property
    def name(self) -> str:
        """For file names: ``2026-10`` for a month, both days for anything else."""
        whole = self.start.endswith("-01") and self.end == month(int(self.start[:4]), int(self.start[5:7]), 1).end
        return self.start[:7] if whole else f"{self.start}_{self.end}"


def month(year: int, number: int, first: int) -> Span:
    """A month of a calendar year; ``first`` is the month in which the fiscal year begins."""
    last = monthrange(year, number)[1]
    return Span(f"{year:04}-{number:02}-01", f"{year:04}-{number:02}-{last}", year if number >= first else year - 1)


def spans(year: int, number: int | None, first: int) -> list[Span]:
    """One month, or the twelve of a calendar year."""
    if not 2000 <= year <= 9998 or (number is not None and not 1 <= number <= 12):
        raise UsageError(_MONTH, year=year, month=number or "")
    return [month(year, each, first) for each in ([number] if number else range(1, 13))]


def fiscal(year: int, first: int) -> Span:
    """The whole fiscal year that begins in ``year``."""
    end = month(year if first == 1 else year + 1, 12 if first == 1 else first - 1, first).end
    return Span(month(year, first, first).start, end, year)


def between(start: str, end: str, first: int) -> Span:
    """From one day to another, both included; ``UsageError`` when they are in two fiscal years or no days."""
    try:
        days = date.fromisoformat(start), date.fromisoformat(end)
    except ValueError as error:
        raise UsageError(_DAYS, start=start, end=end) from error
    years = {month(day.year, day.month, first).fiscal_year for day in days}
    if days[0] > days[1] or len(years) > 1 or days[0].year < 2000:
        raise UsageError(_DAYS, start=start, end=end)
    return Span(start, end, years.pop())


def period(day: str, first: int) -> int:
    """The number of a day's month, counted from the beginning of the fiscal year: 1 to 12."""
    return (int(day[5:7]) - first) % 12 + 1


class Calendar:
    """Finds the span of a day."""

    def __init__(self, found: list[Span]) -> None:
        self.spans = found
        self._months = {span.start[:7]: span for span in found if len(found) > 1}

    def span(self, day: str) -> Span | None:
        """The span ``day`` lies in, None when in none."""
        if self._months:
            return self._months.get(day[:7])
        only = self.spans[0]
        return only if only.start <= day <= only.end else None


_MONTH: Final = Text("{year} {month}: non è un mese.", "{year} {month}: no month.", "{year} {month}: não é um mês.")
_DAYS: Final = Text(
    "{start} – {end}: servono due giorni AAAA-MM-GG dello stesso esercizio, il primo non dopo il secondo.",
    "{start} – {end}: it takes two days YYYY-MM-DD of one fiscal year, the first not after the second.",
    "{start} – {end}: são precisas duas datas AAAA-MM-DD do mesmo exercício, a primeira não depois da segunda.",
)
