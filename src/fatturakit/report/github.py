"""GitHub Actions workflow commands: ``::error file=,line=,title=::message`` for each finding.

The escaping is that of the Actions toolkit: ``%``, CR and LF in the message, also ``:`` and ``,`` in a property.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Report, Severity
from ..texts import Language
from . import Options, Summary
from ._visible import Screen
from ._words import FIX, INTERRUPTED

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


class GitHub:
    """Annotations only: what a workflow log shows beside the file."""

    def __init__(self, options: Options) -> None:
        self._lang: Language = options.lang
        self._screen = Screen(options.ascii_only)

    def begin(self) -> Iterator[str]:
        return iter(())

    def document(self, report: Report) -> Iterator[str]:
        path = _property(self._screen.value(report.path)) if report.findings else ""
        for finding in report.findings:
            yield self._command(path, finding)

    def end(self, summary: Summary) -> Iterator[str]:
        if summary.interrupted:
            yield f"::warning title=fatturakit::{_data(self._screen.words(INTERRUPTED.say(self._lang)))}\n"

    def _command(self, path: str, finding: Finding) -> str:
        line = f",line={finding.line}" if finding.line else ""
        title = _property(self._screen.value(" ".join(filter(None, (finding.code, finding.field)))))
        return f"::{_COMMANDS[finding.severity]} file={path}{line},title={title}::{self._message(finding)}\n"

    def _message(self, finding: Finding) -> str:
        lines = [self._screen.words(finding.say(self._lang))]
        if remedy := finding.remedy(self._lang):
            lines.append(self._screen.words(f"{FIX.say(self._lang)}: {remedy}"))
        return _data("\n".join(lines))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def create(options: Options) -> GitHub:
    """The renderer, as ``renderer("github")`` gives it."""
    return GitHub(options)
