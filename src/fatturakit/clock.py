"""The Italian clock: the time zone of the tax authority, and the day it has there."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_HOUR: Final = timedelta(hours=1)
_HOURS_SINCE: Final = 1980
"""Since then Italy is one hour ahead of UTC, two in summer."""


@cache
def rome() -> ZoneInfo:
    """The time zone of SdI."""
    from zoneinfo import ZoneInfo  # brings the interpreter's whole configuration with it

    return ZoneInfo("Europe/Rome")


def italian_day(moment: datetime) -> date:
    """The calendar day of a moment in Italy.

    Midnight in Italy is at 22 or 23 UTC: only in the hour between does it matter which, and needs the time zone.

    >>> italian_day(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)), italian_day(datetime(2026, 12, 1, 22, 30, tzinfo=UTC))
    (datetime.date(2026, 7, 2), datetime.date(2026, 12, 1))
    """
    try:
        universal = moment.astimezone(UTC)
        winter, summer = (universal + _HOUR).date(), (universal + 2 * _HOUR).date()
        if winter == summer and universal.year >= _HOURS_SINCE:
            return winter
        return moment.astimezone(rome()).date()
    except OverflowError:  # the first or last day there is
        return moment.date()
