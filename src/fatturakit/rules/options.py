"""How a document is to be judged: the moment, the channel, the controls left out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from ..clock import italian_day, rome
from ..errors import UsageError
from ..findings import Finding
from ..limits import DEFAULT, Limits
from ..texts import Text
from .transmission import CHANNELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ..document import Document
    from .signed import Judged

    Signatures = Callable[[Document, "Options"], Judged]


class Options:
    """received_on: when the document reached SdI (aware; default now); received: that day in Italy; as_of_date: the day
    whose controls are asked for (None: that day); as_of: the day whose controls apply. preflight: judge the file as
    about to be sent on ``channel``; select, ignore: prefixes of codes; strict: mend nothing while reading. signatures:
    what verifies the signatures of a document (None: nobody does, and the report says so); trust: the names of
    certificates and trusted lists it is to go by.
    """

    __slots__ = (
        "as_of",
        "as_of_date",
        "channel",
        "ignore",
        "limits",
        "preflight",
        "received",
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
        self.received = italian_day(self.received_on)
        self.as_of = as_of_date or self.received
        self.preflight = preflight
        self.channel = channel
        self.select = _prefixes(select)
        self.ignore = _prefixes(ignore)
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


def _prefixes(given: str | Iterable[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


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


_CHANNEL: Final = Text(
    "Canale «{found}» sconosciuto: scegli fra {known}.", "Unknown channel “{found}”: choose {known}."
)
_MOMENT: Final = Text(
    "«{found}» non è una data o data e ora ISO, es. 2026-11-21 o 2026-11-21T10:30:00+01:00.",
    "“{found}” is not an ISO date or date and time, e.g. 2026-11-21 or 2026-11-21T10:30:00+01:00.",
)
_DAY: Final = Text("«{found}» non è una data ISO, es. 2026-11-21.", "“{found}” is not an ISO date, e.g. 2026-11-21.")
