"""What is wrong with a ledger: findings with file, row and column, and how to mend it. Codes ``SL001`` to ``SL015``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...findings import Finding, Layer, Severity
from ...texts import EMPTY, Text

if TYPE_CHECKING:
    from ..kinds import Doubt

MOST: Final = 1_000
"""Findings kept; more are only counted."""


class Troubles:
    """Collects findings. ``table`` and ``row`` say where the reading is; only ``MOST`` are kept, errors first.

    errors: how many errors were found in all; said: how many findings.
    """

    def __init__(self) -> None:
        self.file = ""
        self.row: int | None = None
        self.errors = self.said = 0
        self.unseen = 0
        self.findings: list[Finding] = []
        self._once: set[tuple[str, ...]] = set()

    def at(self, file: str, row: int | None) -> None:
        """The row that is being read."""
        self.file, self.row = file, row

    def add(
        self,
        code: str,
        severity: Severity,
        message: Text,
        fix: Text = EMPTY,
        /,
        column: str | None = None,
        **args: object,
    ) -> None:
        """One finding about the row being read (or about the whole when there is none)."""
        self.errors += severity is Severity.ERROR
        self.said += 1
        if len(self.findings) >= MOST:
            self.unseen += 1
            return
        words = {name: value if isinstance(value, Text) else str(value) for name, value in args.items()}
        place = self.file or None
        self.findings.append(Finding(code, severity, Layer.ADVICE, message, fix, place, self.row, column, None, words))

    def doubt(self, doubt: Doubt, column: str) -> None:
        """What a kind of values said about a cell."""
        self.add(doubt.code, doubt.severity, doubt.message, doubt.fix, column, **doubt.args_)

    def error(self, code: str, message: Text, fix: Text = EMPTY, /, column: str | None = None, **args: object) -> None:
        """Something that stops the file from being written."""
        self.add(code, Severity.ERROR, message, fix, column, **args)

    def warn(self, code: str, message: Text, fix: Text = EMPTY, /, column: str | None = None, **args: object) -> None:
        """Something that was mended or that somebody will ask about."""
        self.add(code, Severity.WARNING, message, fix, column, **args)

    def once(self, *key: str) -> bool:
        """True the first time, for what is worth saying once (few keys only)."""
        if key in self._once or len(self._once) > MOST:
            return False
        self._once.add(key)
        return True
