"""JUnit XML for CI: one ``<testcase>`` per file: failed is invalid, in error is unreadable, skipped is unclear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from .._version import __version__
from ..findings import Report, Severity, Verdict
from . import Options, Summary
from ._spool import Spool
from ._visible import visible
from ._words import ERRORS, FIX, INTERRUPTED, VERDICTS, with_field


class JUnit:
    """Cases are kept aside (on disk when many), because ``<testsuite>`` opens with their totals."""

    def __init__(self, options: Options) -> None:
        self._lang = options.lang
        self._cases = Spool()
        self._outcomes: Counter[str] = Counter()

    def begin(self) -> Iterator[str]:
        return iter(())

    def document(self, report: Report) -> Iterator[str]:
        outcome = _outcome(report)
        self._outcomes[outcome] += 1
        path = visible(report.path)
        names = _attributes({"classname": f"fatturakit.{visible(report.kind)}", "name": path, "file": path})
        content = self._result(report, outcome) + self._output(report)
        self._cases.write(f"  <testcase{names}>{content}\n  </testcase>\n" if content else f"  <testcase{names}/>\n")
        return iter(())

    def end(self, summary: Summary) -> Iterator[str]:
        totals = self._totals(summary)
        yield f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites{_attributes({"name": "fatturakit", **totals})}>\n'
        yield f" <testsuite{_attributes({'name': 'fatturakit validate', **totals})}>\n"
        yield from self._properties(summary)
        yield from self._cases.drain()
        if summary.interrupted:
            yield f"  <system-err>{escape(INTERRUPTED.say(self._lang))}</system-err>\n"
        yield " </testsuite>\n</testsuites>\n"

    def _totals(self, summary: Summary) -> dict[str, object]:
        totals: dict[str, object] = {
            "tests": self._outcomes.total(),
            "failures": self._outcomes["failure"],
            "errors": self._outcomes["error"],
            "skipped": self._outcomes["skipped"],
        }
        return totals if summary.seconds is None else {**totals, "time": f"{summary.seconds:.3f}"}

    def _properties(self, summary: Summary) -> Iterator[str]:
        values = {"version": __version__, **summary.to_dict()}
        wanted = ("version", "not_evaluated_codes", "interrupted")
        yield "  <properties>\n"
        for name in wanted:
            yield f"   <property{_attributes({'name': name, 'value': str(values[name]).lower()})}/>\n"
        yield "  </properties>\n"

    def _result(self, report: Report, outcome: str) -> str:
        if not outcome:
            return ""
        if outcome == "skipped":
            return f"\n   <skipped{_attributes({'message': VERDICTS[report.verdict].say(self._lang)})}/>"
        code = next((row.code for row in report.findings if row.severity is Severity.ERROR), report.verdict.value)
        attributes = _attributes({"message": self._headline(report), "type": code})
        return f"\n   <{outcome}{attributes}>{escape(self._lines(report, errors=True))}</{outcome}>"

    def _output(self, report: Report) -> str:
        lines = self._lines(report, errors=False)
        return f"\n   <system-out>{escape(lines)}</system-out>" if lines else ""

    def _headline(self, report: Report) -> str:
        errors = [row for row in report.findings if row.severity is Severity.ERROR]
        if len(errors) == 1:
            return visible(f"{errors[0].code} {with_field(errors[0], self._lang)}")
        codes = ", ".join(sorted({row.code for row in errors}))
        verdict = VERDICTS[report.verdict].say(self._lang)
        return visible(f"{ERRORS.say(len(errors), self._lang)}: {codes}") if errors else verdict

    def _lines(self, report: Report, *, errors: bool) -> str:
        lines: list[str] = []
        for row in report.findings:
            if (row.severity is Severity.ERROR) is errors:
                place = f":{row.line}" if row.line else ""
                lines.append(f"{report.path}{place}: {row.code} {row.severity.value} {with_field(row, self._lang)}")
                lines += [f"  {FIX.say(self._lang)}: {fix}" for fix in (row.remedy(self._lang),) if fix]
        return "\n".join(visible(line) for line in lines)


def _outcome(report: Report) -> str:
    """The element that tells the result: "" for a passed case."""
    if report.verdict is Verdict.UNREADABLE:
        return "error"
    if report.verdict is Verdict.INVALID or report.count(Severity.ERROR):
        return "failure"
    return "skipped" if report.verdict is Verdict.UNCLEAR else ""


def _attributes(values: Mapping[str, object]) -> str:
    return "".join(f" {name}={quoteattr(str(value))}" for name, value in values.items())


def create(options: Options) -> JUnit:
    """The renderer, as ``renderer("junit")`` gives it."""
    return JUnit(options)
