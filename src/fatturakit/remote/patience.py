"""When a request may be made again, and after how long. A judgement about one failure, without any sending.

A request is repeated when it surely did nothing: there was no connection, or the service said "too many" (429). One
that may have been carried out is repeated only when its row says that twice is once. What costs money is repeated only
when it did not leave.
"""

from __future__ import annotations

import time
from typing import Final, NamedTuple

from .endpoints import Endpoint
from .errors import NoAnswer, NotSent, RemoteFailure, ServerFailure, TooManyRequests

_PASSING: Final = {500, 502, 503, 504}


class Patience(NamedTuple):
    """How long to try: attempts in all, seconds in all, and the first and longest wait between two."""

    attempts: int = 4
    budget: float = 60
    first: float = 0.5
    longest: float = 8


def may_repeat(row: Endpoint, error: Exception) -> bool:
    """True when making the request again cannot do anything twice."""
    if isinstance(error, NotSent):
        return True
    if row.paid or not isinstance(error, RemoteFailure):
        return False
    if isinstance(error, TooManyRequests):
        return True
    passing = isinstance(error, NoAnswer) or (isinstance(error, ServerFailure) and error.status in _PASSING)
    return passing and row.idempotent


class Waits:
    """The hook for the retries of one request: True and False as above, or the seconds the service asked for."""

    def __init__(self, row: Endpoint, patience: Patience) -> None:
        self._row = row
        self._ends = time.monotonic() + patience.budget

    def __call__(self, error: Exception) -> bool | float:
        if not may_repeat(self._row, error):
            return False
        asked = error.retry_after if isinstance(error, RemoteFailure) else None
        if asked is None:
            return True
        return asked if time.monotonic() + asked <= self._ends else False
