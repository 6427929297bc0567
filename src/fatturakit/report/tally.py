"""Counting while documents pass: ``Tally`` adds reports up, ``Summary`` is what it says at the end."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from ..findings import NotEvaluated, Report, Severity, Verdict
from ..texts import Text


class Summary(NamedTuple):
    """The totals of one call.

    errors, warnings, infos: findings; unreadable, invalid, unclear: documents with that verdict;
    not_evaluated_codes: how many different controls were not judged in some document; seconds: elapsed time.
    """

    documents: int
    errors: int
    warnings: int
    infos: int
    unreadable: int
    invalid: int
    not_evaluated_codes: int
    interrupted: bool = False
    seconds: float | None = None
    unclear: int = 0

    @property
    def valid(self) -> int:
        """How many documents were judged and found valid."""
        return self.documents - self.invalid - self.unclear - self.unreadable

    def to_dict(self) -> dict[str, object]:
        """The ``summary`` of ``fatturakit/report@1``; no times, so that the same input gives the same bytes."""
        names = ("documents", "valid", "invalid", "unclear", "unreadable", "errors", "warnings", "infos")
        counts: dict[str, object] = {name: getattr(self, name) for name in names}
        return {**counts, "not_evaluated_codes": self.not_evaluated_codes, "interrupted": self.interrupted}


class Unevaluated:
    """The controls that were not judged in some document, each with the first reason given."""

    def __init__(self) -> None:
        self._reasons: dict[str, Text] = {}
        self._last: tuple[NotEvaluated, ...] = ()

    def add(self, rows: tuple[NotEvaluated, ...]) -> None:
        """Take the rows of one report; the same tuple twice in a row costs nothing."""
        if rows is self._last:
            return
        self._last = rows
        for row in rows:
            self._reasons.setdefault(row.code, row.reason)

    def rows(self) -> list[NotEvaluated]:
        """One row for each control, by code."""
        return [NotEvaluated(code, self._reasons[code]) for code in sorted(self._reasons)]

    def __len__(self) -> int:
        return len(self._reasons)


class Tally:
    """Adds reports up, in constant memory."""

    def __init__(self) -> None:
        self._severities: Counter[Severity] = Counter()
        self._verdicts: Counter[Verdict] = Counter()
        self._unevaluated = Unevaluated()

    def add(self, report: Report) -> None:
        """Count one document."""
        self._verdicts[report.verdict] += 1
        self._unevaluated.add(report.not_evaluated)
        for finding in report.findings:
            self._severities[finding.severity] += 1

    def summary(self, *, interrupted: bool = False, seconds: float | None = None) -> Summary:
        """The totals so far."""
        return Summary(
            documents=self._verdicts.total(),
            errors=self._severities[Severity.ERROR],
            warnings=self._severities[Severity.WARNING],
            infos=self._severities[Severity.INFO],
            unreadable=self._verdicts[Verdict.UNREADABLE],
            invalid=self._verdicts[Verdict.INVALID],
            unclear=self._verdicts[Verdict.UNCLEAR],
            not_evaluated_codes=len(self._unevaluated),
            interrupted=interrupted,
            seconds=seconds,
        )
