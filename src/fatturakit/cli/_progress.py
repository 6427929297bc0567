"""Progress on stderr: a line that rewrites itself on a terminal, a line every 30 seconds elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Final, Self

from ..report import Tally
from ._language import words

_AFTER_DOCUMENTS: Final = 20
_EVERY_ON_TERMINAL: Final = 0.1
_EVERY_ELSEWHERE: Final = 30.0


class Progress:
    """Counts aloud. shown: --progress (True), --no-progress (False) or as fits (None)."""

    def __init__(self, shown: bool | None, *, quiet: bool = False) -> None:
        self._terminal = sys.stderr is not None and sys.stderr.isatty()
        self._on = (shown if shown is not None else True) and not quiet
        self._forced = bool(shown)
        self._began = self._last = time.monotonic()
        self._drawn = False
        self._done = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._drawn:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()

    def step(self, tally: Tally) -> None:
        """Say how far the work is and how many errors there are, if it is time to."""
        if self._is_time():
            errors = tally.summary().errors
            self._say(words(f", {errors} errori", f", {errors} errors"))

    def count(self) -> None:
        """Say how far the work is, if it is time to."""
        if self._is_time():
            self._say("")

    def _is_time(self) -> bool:
        self._done += 1
        if not self._on or (self._done <= _AFTER_DOCUMENTS and not self._forced):
            return False
        now = time.monotonic()
        if now - self._last < (_EVERY_ON_TERMINAL if self._terminal else _EVERY_ELSEWHERE):
            return False
        self._last = now
        return True

    def _say(self, rest: str) -> None:
        done, rate = self._done, self._done / max(self._last - self._began, 0.001)
        line = words(f"{done} documenti, {rate:.0f} al secondo", f"{done} documents, {rate:.0f} a second") + rest
        if self._terminal:
            sys.stderr.write(f"\r\x1b[2K{line}")
            self._drawn = True
        else:
            sys.stderr.write(line + "\n")
        sys.stderr.flush()
