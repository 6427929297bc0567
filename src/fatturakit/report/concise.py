"""``path:line: 00423 error 2.2.1.11 message``: one finding on one physical line, for grep and for editors."""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Report
from . import Options, Summary
from ._visible import Screen
from ._words import with_field


class Concise:
    """Findings only: a document without findings leaves no line, and there is no summary."""

    def __init__(self, options: Options) -> None:
        self._lang = options.lang
        self._screen = Screen(options.ascii_only)

    def begin(self) -> Iterator[str]:
        return iter(())

    def document(self, report: Report) -> Iterator[str]:
        path = self._screen.value(report.path) if report.findings else ""
        for finding in report.findings:
            yield self._line(path, finding)

    def end(self, _summary: Summary) -> Iterator[str]:
        return iter(())

    def _line(self, path: str, finding: Finding) -> str:
        """An unknown line is written as 1, so that editors open the file."""
        words = self._screen.words(with_field(finding, self._lang))
        return f"{path}:{finding.line or 1}: {finding.code} {finding.severity.value} {words}\n"


def create(options: Options) -> Concise:
    """The renderer, as ``renderer("concise")`` gives it."""
    return Concise(options)
