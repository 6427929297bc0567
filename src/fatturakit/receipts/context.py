"""What a receipt is judged against: the moment, the age of the credentials, the configuration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from ..clock import rome
from ..findings import Finding
from .catalogue import said

CREDENTIALS: Final = timedelta(days=90)
VOIDABLE: Final = timedelta(hours=24)
_SOON: Final = 10
_LATE: Final = time(23, 55)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """at: when it is to be sent (aware; default now); credentials_since: the day they were set; enabled: whether the
    configuration of fiscal_id allows receipts (None: nobody knows).
    """

    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    credentials_since: date | None = None
    enabled: bool | None = None

    @property
    def local(self) -> datetime:
        """The moment in Rome."""
        return self.at.astimezone(rome())


def in_blackout(at: datetime) -> bool:
    """Whether nothing is transmitted at that moment: the last five minutes of the day, in Rome.

    >>> in_blackout(datetime(2026, 7, 1, 21, 55, tzinfo=UTC)), in_blackout(datetime(2026, 7, 1, 22, 0, tzinfo=UTC))
    (True, False)
    """
    return at.astimezone(rome()).time() >= _LATE


def transmitted(at: datetime) -> datetime:
    """When a receipt given at a moment leaves: at once, or at the first minute of the new day."""
    if not in_blackout(at):
        return at
    tomorrow = at.astimezone(rome()).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(0, 1), rome())


def expired(since: date, at: datetime) -> bool:
    """Whether credentials set on a day are past their ninety days."""
    return at.astimezone(rome()).date() > since + CREDENTIALS


def faults(context: Context, seller: str = "") -> Iterator[Finding]:
    """What the moment and the configuration have to say, whatever the receipt."""
    if in_blackout(context.at):
        yield said("SR040", "", time=f"{context.local:%H:%M}")
    if context.enabled is False:
        yield said("SR043", "/fiscal_id", found=seller)
    if context.credentials_since is not None:
        yield from _credentials(context.credentials_since, context.local)


def _credentials(since: date, at: datetime) -> Iterator[Finding]:
    until = since + CREDENTIALS
    days = (until - at.date()).days
    if expired(since, at):
        yield said("SR041", "", since=since.isoformat(), until=until.isoformat())
    elif days <= _SOON:
        yield said("SR042", "", until=until.isoformat(), days=str(days))
