"""How a document is to be judged: the moment, the channel, the controls left out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

from ..errors import UsageError
from ..findings import Finding
from ..limits import DEFAULT, Limits
from ..texts import Text
from .transmission import CHANNELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from zoneinfo import ZoneInfo

    from ..document import Document
    from .signed import Judged

    Signatures = Callable[[Document, "Options"], Judged]


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


class Options:
    """received_on: when the document reached SdI (aware; default now); as_of_date: the day whose controls are asked for
    (None: that day); as_of: the day whose controls apply. preflight: judge the file as about to be sent on
    ``channel``; select, ignore: prefixes of codes; strict: mend nothing while reading. signatures: what verifies the
    signatures of a document (None: nobody does, and the report says so); trust: the names of certificates and trusted
    lists it is to go by.
    """

    __slots__ = (
        "as_of",
        "as_of_date",
        "channel",
        "ignore",
        "limits",
        "preflight",
        "received_on",
        "select",
        "signatures",
        "strict",
        "trust",
    )

    def __init__(
        self,
        *,
        received_on: datetime | None = None,
        as_of_date: date | None = None,
        preflight: bool = False,
        channel: str = "sdicoop",
        select: tuple[str, ...] = (),
        ignore: tuple[str, ...] = (),
        limits: Limits = DEFAULT,
        strict: bool = False,
        signatures: Signatures | None = None,
        trust: tuple[str, ...] = (),
    ) -> None:
        if channel not in CHANNELS:
            raise UsageError(_CHANNEL, found=channel, known=", ".join(CHANNELS))
        self.received_on = received_on or datetime.now(UTC)
        self.as_of_date = as_of_date
        self.as_of = as_of_date or italian_day(self.received_on)
        self.preflight = preflight
        self.channel = channel
        self.select = select
        self.ignore = ignore
        self.limits = limits
        self.strict = strict
        self.signatures = signatures
        self.trust = trust

    def wants(self, code: str) -> bool:
        """True when findings with ``code`` are asked for."""
        return (not self.select or code.startswith(self.select)) and not (self.ignore and code.startswith(self.ignore))

    def keep(self, findings: list[Finding]) -> tuple[Finding, ...]:
        """The findings that are asked for."""
        if not self.select and not self.ignore:
            return tuple(findings)
        return tuple(finding for finding in findings if self.wants(finding.code))


def moment(value: str) -> datetime:
    """An ISO 8601 date or date-time as an aware moment; without an offset it is Europe/Rome.

    >>> moment("2026-11-21").isoformat(), moment("2026-07-01T10:00:00Z").isoformat()
    ('2026-11-21T00:00:00+01:00', '2026-07-01T10:00:00+00:00')
    """
    try:
        parsed = datetime.fromisoformat(value)
    except ValueError as error:
        raise UsageError(_MOMENT, found=value) from error
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=rome())


def day(value: str) -> date:
    """An ISO 8601 date."""
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise UsageError(_DAY, found=value) from error


def given_moment(value: date | str | None) -> datetime | None:
    """A moment as programs give it: without an offset it is Europe/Rome, and a day is its first moment.

    >>> given_moment(datetime(2026, 7, 1, 10)).isoformat(), given_moment(date(2026, 11, 21)).isoformat()
    ('2026-07-01T10:00:00+02:00', '2026-11-21T00:00:00+01:00')
    """
    if value is None or (isinstance(value, datetime) and value.tzinfo):
        return value
    return moment(value if isinstance(value, str) else value.isoformat())


def given_day(value: date | str | None) -> date | None:
    """A day as programs give it: a date, ISO 8601 text, or a moment of that day in Italy."""
    if isinstance(value, str):
        return day(value)
    return italian_day(value) if isinstance(value, datetime) and value.tzinfo else _only_day(value)


def _only_day(value: date | None) -> date | None:
    return value.date() if isinstance(value, datetime) else value


def given_names(value: str | Iterable[str]) -> tuple[str, ...]:
    """Codes or names as programs give them: one alone, or several.

    >>> given_names("004"), given_names(["00404", "FK"])
    (('004',), ('00404', 'FK'))
    """
    return (value,) if isinstance(value, str) else tuple(value)


_HOUR: Final = timedelta(hours=1)
_HOURS_SINCE: Final = 1980
"""Since then Italy is one hour ahead of UTC, two in summer."""
_CHANNEL: Final = Text(
    "Canale «{found}» sconosciuto: scegli fra {known}.", "Unknown channel “{found}”: choose {known}."
)
_MOMENT: Final = Text(
    "«{found}» non è una data o data e ora ISO, es. 2026-11-21 o 2026-11-21T10:30:00+01:00.",
    "“{found}” is not an ISO date or date and time, e.g. 2026-11-21 or 2026-11-21T10:30:00+01:00.",
)
_DAY: Final = Text("«{found}» non è una data ISO, es. 2026-11-21.", "“{found}” is not an ISO date, e.g. 2026-11-21.")
