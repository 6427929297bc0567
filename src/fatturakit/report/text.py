"""The report for people: grouped by file, aligned, wrapped to the width of the terminal, a summary at the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..findings import Finding, Repair, Report
from ..texts import Text
from . import Options, Summary
from ._ansi import Ink
from ._summary import closing
from ._visible import Screen
from ._words import FIX, LINE, SEVERITIES, VERDICT_COLOURS, VERDICTS, describe, with_field
from .tally import Unevaluated

_REPAIRED = Text("riparato", "repaired", "reparado")
_WHERE = Text("dove", "where", "onde")
_PEELED = Text("strati", "layers", "camadas")
_BYTE = Text("{message} (byte {offset})", "{message} (byte {offset})")
_IN_LOT = Text("(documento {body})", "(document {body})")
_LIST = Text("Controlli non valutati:", "Controls not evaluated:", "Controlos não avaliados:")
_CODE_WIDTH, _LABEL_WIDTH, _NARROWEST = 5, 7, 24


class Row(NamedTuple):
    """One thing to say below a file: four columns, the last one wrapped."""

    where: str
    code: str
    label: str
    colour: str
    text: str


class TextRenderer:
    """One line for a clean document; a line, a remedy and (with -v) a place for every finding of another."""

    def __init__(self, options: Options) -> None:
        self._lang = options.lang
        self._verbose = options.verbose
        self._width = options.width
        self._ink = Ink(options.color)
        self._screen = Screen(options.ascii_only)
        self._unevaluated = Unevaluated()

    def begin(self) -> Iterator[str]:
        return iter(())

    def document(self, report: Report) -> Iterator[str]:
        self._unevaluated.add(report.not_evaluated)
        yield self._header(report)
        yield from self._table(list(self._rows(report)))

    def end(self, summary: Summary) -> Iterator[str]:
        if self._verbose > 0 and len(self._unevaluated):
            yield self._screen.words(_LIST.say(self._lang)) + "\n"
            rows = self._unevaluated.rows()
            yield from self._table([Row("", row.code, "", "", self._words(row.reason)) for row in rows])
        for line in closing(summary, self._lang, verbose=self._verbose):
            yield "\n".join(_wrapped(self._screen.words(line), self._width)) + "\n"

    def _words(self, text: Text, **args: object) -> str:
        return self._screen.words(text.say(self._lang, args))

    def _header(self, report: Report) -> str:
        verdict = self._ink.paint(self._words(VERDICTS[report.verdict]), VERDICT_COLOURS[report.verdict])
        what = self._screen.words(describe(report, self._lang))
        kind = "" if report.kind == "unknown" else self._screen.value(report.kind)
        path = self._ink.paint(self._screen.value(report.path), "bold")
        return "  ".join(part for part in (path, kind, what, verdict) if part) + "\n"

    def _rows(self, report: Report) -> Iterator[Row]:
        for finding in report.findings:
            yield from self._finding(finding, lot=len(report.bodies) > 1)
        for repair in report.repairs:
            yield self._repair(repair)
        if self._verbose > 0 and len(report.layers) > 1:
            yield Row("", "", self._words(_PEELED), "", self._screen.value(" > ".join(report.layers)))

    def _finding(self, finding: Finding, *, lot: bool) -> Iterator[Row]:
        where = self._words(LINE, line=finding.line) if finding.line else ""
        text = with_field(finding, self._lang)
        if lot and finding.body:
            text = f"{_IN_LOT.say(self._lang, {'body': finding.body})} {text}"
        label = self._words(SEVERITIES[finding.severity])
        yield Row(where, finding.code, label, finding.severity.value, self._screen.words(text))
        if remedy := finding.remedy(self._lang):
            yield Row("", "", self._words(FIX), "", self._screen.words(remedy))
        if self._verbose > 0 and finding.path:
            yield Row("", "", self._words(_WHERE), "", self._screen.value(finding.path))

    def _repair(self, repair: Repair) -> Row:
        message = repair.message.say(self._lang, repair.args)
        if repair.offset is not None:
            message = _BYTE.say(self._lang, {"message": message, "offset": repair.offset})
        return Row("", repair.code, self._words(_REPAIRED), "info", self._screen.words(message))

    def _table(self, rows: list[Row]) -> Iterator[str]:
        if not rows:
            return
        where = max(len(row.where) for row in rows)
        code = max(_CODE_WIDTH, *(len(row.code) for row in rows))
        label = max(len(row.label) for row in rows)
        label = max(_LABEL_WIDTH, label) if label else 0
        for row in rows:
            yield from self._row(row, where, code, label)

    def _row(self, row: Row, where: int, code: int, label: int) -> Iterator[str]:
        start = "  " + (f"{row.where:<{where}}  " if where else "") + f"{row.code:<{code}}  "
        gap = " " * (label - len(row.label) + 2) if label else ""
        indent = len(start) + len(row.label) + len(gap)
        first, *rest = _wrapped(row.text, max(_NARROWEST, self._width - indent))
        yield f"{start}{self._ink.paint(row.label, row.colour)}{gap}{first}".rstrip() + "\n"
        for line in rest:
            yield " " * indent + line + "\n"


def _wrapped(text: str, width: int) -> list[str]:
    """Lines of at most ``width``; a value or a path without spaces stays in one piece, to be copied."""
    if len(text) <= width:
        return [text]
    from textwrap import wrap  # slow to load, and most reports are short

    return wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""]


def create(options: Options) -> TextRenderer:
    """The renderer, as ``renderer("text")`` gives it."""
    return TextRenderer(options)
