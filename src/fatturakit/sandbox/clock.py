"""The time of the sandbox: that of the machine, moved forward as tests ask, or standing still at a given moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Now = Callable[[], datetime]


def machine() -> datetime:
    """The moment by the machine."""
    return datetime.now(UTC)


class Clock:
    """``clock()`` is the moment, aware, in UTC; time only goes forward."""

    def __init__(self, source: Now = machine) -> None:
        self._source = source
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return self._source().astimezone(UTC) + self._ahead

    def advance(self, seconds: int) -> datetime:
        """Let ``seconds`` pass at once; the new moment."""
        self._ahead += timedelta(seconds=max(0, seconds))
        return self()
