"""Progress on stderr, on a terminal or when asked for: how many, how fast, errors so far, how long still.

On a terminal it is a line that rewrites itself, elsewhere a line every 30 seconds; at the end it says what it came to.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self

from ..limits import Limits
from ..report import Tally
from ._language import words

Total = Callable[[], int | None]
_AFTER_DOCUMENTS: Final = 20
_EVERY_ON_TERMINAL: Final = 0.1
_EVERY_ELSEWHERE: Final = 30.0
_HOUR: Final = 3600


def total(names: tuple[str, ...], limits: Limits) -> Total:
    """How many files there are in what was named, counted when it is asked for; None where only reading would tell."""

    def counted() -> int | None:
        from ..batch.inputs import paths

        if any(name in {"-", "@-"} or "://" in name for name in names):
            return None
        return sum(1 for _ in paths(names, limits))

    return counted


class Progress:
    """Counts aloud. shown: --progress (True), --no-progress (False), None: on a terminal. total: of how many files."""

    def __init__(self, shown: bool | None, *, quiet: bool = False, total: Total | None = None) -> None:
        self._terminal = sys.stderr is not None and sys.stderr.isatty()
        self._on = (self._terminal if shown is None else shown) and not quiet
        self._forced = bool(shown)
        self._began = self._last = time.monotonic()
        self._drawn = False
        self._done = self._files = self._errors = 0
        self._file = ""
        self._tally: Tally | None = None
        self._total = total if self._on else None
        self._of: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._drawn:
            sys.stderr.write("\r\x1b[2K")
        if self._on and (self._drawn or self._forced):
            sys.stderr.write(self._summary() + "\n")
            sys.stderr.flush()

    def step(self, tally: Tally, shown: str = "") -> None:
        """One more document is done, ``shown`` so; say how far the work is, if it is time to."""
        self._tally = tally
        self.count(shown)

    def count(self, shown: str = "", *, failed: bool = False) -> None:
        """The same without a tally. failed: nothing came of it."""
        self._errors += failed
        if self._is_time(shown):
            self._say()

    def _is_time(self, shown: str) -> bool:
        self._done += 1
        if not self._on:
            return False
        file = shown.partition("!")[0]  # the documents in an archive are one file
        self._files += not file or file != self._file
        self._file = file
        if self._done <= _AFTER_DOCUMENTS and not self._forced:
            return False
        now = time.monotonic()
        if now - self._last < (_EVERY_ON_TERMINAL if self._terminal else _EVERY_ELSEWHERE):
            return False
        self._last = now
        return True

    def _say(self) -> None:
        line = f"{self._counted()}, {self._found()}{self._left()}"
        if self._terminal:
            sys.stderr.write(f"\r\x1b[2K{line}")
            self._drawn = True
        else:
            sys.stderr.write(line + "\n")
        sys.stderr.flush()

    def _counted(self) -> str:
        rate = self._done / max(time.monotonic() - self._began, 0.001)
        return words(f"{self._done} documenti, {rate:.0f} al secondo", f"{self._done} documents, {rate:.0f} a second")

    def _found(self) -> str:
        errors = self._errors if self._tally is None else self._tally.summary().errors
        return words(f"errori: {errors}", f"errors: {errors}")

    def _left(self) -> str:
        """How long it still takes, at the rate so far; "" when there is no telling of how many."""
        if self._total is not None:
            self._of, self._total = self._total(), None
        if not self._of or self._files > self._of:
            return ""
        seconds = (self._last - self._began) / self._files * (self._of - self._files)
        share = 100 * self._files // self._of
        return words(f", {share}%, ancora {_clock(seconds)}", f", {share}%, {_clock(seconds)} left")

    def _summary(self) -> str:
        took = _clock(time.monotonic() - self._began)
        return f"{self._counted()}, {self._found()}, {took}"


def _clock(seconds: float) -> str:
    """A length of time as 1:02:03, or 2:03 below an hour."""
    whole = round(seconds)
    hours, rest = divmod(whole, _HOUR)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
