"""One self-contained page for accountants: no script, no network, made to be printed; Italian or English.

The counts stand at the top although they are known last: table rows and details wait in a spool, on disk when many.
Every value passes ``visible`` and is escaped; the template cannot forget it (``finalize`` and autoescape).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from .._version import __version__
from ..findings import Finding, Report, Severity
from ..texts import Language
from . import Options, Summary
from ._page_words import PAGE
from ._spool import Spool
from ._summary import found, verdicts
from ._visible import visible
from ._words import INTERRUPTED, SEVERITIES, VERDICTS, describe, grouped
from .tally import Unevaluated

_HOME = Path(__file__).resolve().parent


class Html:
    """``page.html.j2`` filled document by document; ``page.css`` travels inside the page."""

    def __init__(self, options: Options) -> None:
        self._lang: Language = options.lang
        self._macros = _template(options.lang)
        self._rows, self._details = Spool(), Spool()
        self._unevaluated = Unevaluated()
        self._seen = self._detailed = 0

    def begin(self) -> Iterator[str]:
        return iter(())

    def document(self, report: Report) -> Iterator[str]:
        self._seen += 1
        self._unevaluated.add(report.not_evaluated)
        view = self._view(report)
        self._rows.write(self._macros.row(view))
        if view["linked"]:
            self._detailed += 1
            self._details.write(self._macros.detail(view, self._findings(report), self._repairs(report)))
        return iter(())

    def end(self, summary: Summary) -> Iterator[str]:
        interrupted = INTERRUPTED.say(self._lang) if summary.interrupted else ""
        sentence = f"{verdicts(summary, self._lang)} {found(summary, self._lang)}"
        yield str(self._macros.head(_css(), sentence, self._tiles(summary), interrupted))
        yield str(self._macros.rows_open(bool(self._seen)))
        yield from self._rows.drain()
        yield str(self._macros.rows_close(bool(self._seen), bool(self._detailed)))
        yield from self._details.drain()
        reasons = [{"code": row.code, "reason": row.reason.say(self._lang)} for row in self._unevaluated.rows()]
        yield str(self._macros.tail(bool(self._detailed), reasons)) + "\n"

    def _tiles(self, summary: Summary) -> list[dict[str, str]]:
        """The counts in reading order, each with the state that colours it."""
        states = {"documents": "", "valid": "valid", "invalid": "invalid", "unclear": "unclear"}
        states |= {"unreadable": "unreadable", "errors": "error", "warnings": "warning", "infos": "info"}
        numbers = {name: int(getattr(summary, name)) for name in states}
        return [
            {"name": PAGE[name].say(self._lang), "number": grouped(number, self._lang), "state": states[name]}
            for name, number in numbers.items()
            if number or name in {"documents", "valid", "errors"}
        ]

    def _view(self, report: Report) -> dict[str, object]:
        return {
            "anchor": f"d{self._seen}",
            "linked": bool(report.findings or report.repairs),
            "path": report.path,
            "kind": "" if report.kind == "unknown" else report.kind,
            "what": describe(report, self._lang),
            "verdict": VERDICTS[report.verdict].say(self._lang),
            "state": report.verdict.value,
            "as_of": report.as_of.isoformat(),
            "counts": {name: report.count(severity) for name, severity in _COLUMNS.items()},
        }

    def _findings(self, report: Report) -> Iterator[dict[str, object]]:
        return map(partial(self._finding, lot=len(report.bodies) > 1), report.findings)

    def _finding(self, finding: Finding, *, lot: bool) -> dict[str, object]:
        return {
            "code": finding.code,
            "severity": SEVERITIES[finding.severity].say(self._lang),
            "state": finding.severity.value,
            "line": finding.line or "",
            "field": finding.field or "",
            "body": finding.body if lot and finding.body else "",
            "message": finding.say(self._lang),
            "fix": finding.remedy(self._lang),
        }

    def _repairs(self, report: Report) -> list[dict[str, str]]:
        return [{"code": row.code, "message": row.message.say(self._lang, row.args)} for row in report.repairs]


_COLUMNS = {"errors": Severity.ERROR, "warnings": Severity.WARNING, "infos": Severity.INFO}


def _template(lang: Language) -> Any:
    environment = Environment(
        loader=FileSystemLoader(_HOME),
        autoescape=True,
        finalize=_finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["breakable"] = _breakable
    words = {name: text.say(lang, {"version": __version__}) for name, text in PAGE.items()}
    return environment.get_template("page.html.j2", globals={"t": words, "lang": lang}).module


def _finalize(value: object) -> object:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _breakable(path: str) -> Markup:
    """A file name that may be broken after a slash, so that long ones stay legible on a phone."""
    return Markup("/<wbr>").join(visible(path).split("/"))


def _css() -> Markup:
    return Markup((_HOME / "page.css").read_text(encoding="utf-8"))  # noqa: S704 - our own file


def create(options: Options) -> Html:
    """The renderer, as ``renderer("html")`` gives it."""
    return Html(options)
