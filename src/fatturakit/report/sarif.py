"""SARIF 2.1.0 for GitHub, GitLab and editors: results as they come, the rules that were seen at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Final
from urllib.parse import quote

from .._version import __version__
from ..findings import Finding, Report, Severity
from ..texts import Language, Text
from . import Options, Summary
from ._encode import encode
from ._visible import visible
from ._words import FIX, INTERRUPTED, with_field

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_NOT_A_BYTE: Final = re.compile("[\ud800-\udc7f\udd00-\udfff]")  # the other halves are bytes of the name (PEP 383)
_DRIVE: Final = re.compile(r"[A-Za-z]:[\\/]")


class Sarif:
    """One run; memory holds one descriptor per code seen."""

    def __init__(self, options: Options) -> None:
        self._lang: Language = options.lang
        self._rules: dict[str, tuple[int, str]] = {}
        self._between = "\n"

    def begin(self) -> Iterator[str]:
        yield f'{{"$schema": {encode(SCHEMA)},\n "version": "2.1.0",\n "runs": [{{\n  "results": ['

    def document(self, report: Report) -> Iterator[str]:
        uri = uri_of(report.path) if report.findings else ""
        for finding in report.findings:
            yield f"{self._between}   {encode(self._result(report, finding, uri))}"
            self._between = ",\n"

    def end(self, summary: Summary) -> Iterator[str]:
        driver = encode({"name": "fatturakit", "version": __version__})
        rules = ",\n".join(f"   {rule}" for _, rule in self._rules.values())
        yield f'],\n  "tool": {{"driver": {driver[:-1]}, "rules": [\n{rules}]}}}},\n'
        yield f'  "invocations": [{encode(self._invocation(summary))}],\n'
        yield f'  "columnKind": "unicodeCodePoints",\n  "properties": {encode(summary.to_dict())}}}]}}\n'

    def _invocation(self, summary: Summary) -> dict[str, object]:
        if not summary.interrupted:
            return {"executionSuccessful": True}
        notice = {"level": "error", "message": {"text": INTERRUPTED.say(self._lang)}}
        return {"executionSuccessful": False, "toolExecutionNotifications": [notice]}

    def _result(self, report: Report, finding: Finding, uri: str) -> dict[str, object]:
        identity = "\0".join((finding.code, report.path, finding.path or ""))
        digest = sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()
        return {
            "ruleId": finding.code,
            "ruleIndex": self._index(finding),
            "level": _LEVELS[finding.severity],
            "message": {"text": self._message(finding)},
            "locations": [_location(finding, uri)],
            "partialFingerprints": {"codePath/v1": digest},
        }

    def _message(self, finding: Finding) -> str:
        remedy = finding.remedy(self._lang)
        text = plain(with_field(finding, self._lang))
        return f"{text}\n{FIX.say(self._lang)}: {plain(remedy)}" if remedy else text

    def _index(self, finding: Finding) -> int:
        known = self._rules.get(finding.code)
        if known is None:
            known = self._rules[finding.code] = (len(self._rules), encode(descriptor(finding, self._lang)))
        return known[0]


def descriptor(finding: Finding, lang: Language) -> dict[str, object]:
    """What the run says about a rule: the catalogue's title, what and fix; else the finding's, without its values."""
    from .rule_text import catalogued

    title, what, fix = catalogued(finding.code, lang) or (generic(finding.message, lang), "", "")
    texts = {"fullDescription": what, "help": fix or generic(finding.fix, lang)}
    return {
        "id": finding.code,
        "shortDescription": {"text": title or finding.code},
        **{name: {"text": text} for name, text in texts.items() if text},
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
        "properties": {"tags": [finding.layer.value]},
    }


class _Blank(dict[str, object]):
    """Stands for every argument: a rule is described without the values of one invoice."""

    def __missing__(self, _name: str) -> _Blank:
        return self

    def __format__(self, _spec: str) -> str:
        return "…"

    def __repr__(self) -> str:
        return "…"


def generic(text: Text, lang: Language) -> str:
    """The template with every value left out.

    >>> generic(Text("{a} non è {b}", "{a} is not {b}"), "it")
    '… non è …'
    """
    return text.template(lang).format_map(_Blank())


def plain(text: str) -> str:
    """``text`` as a SARIF message: braces are doubled (3.11.5) and no value can become a link (3.11.6).

    >>> plain("{0} [qui](https://example.org)")
    '{{0}} [qui] (https://example.org)'
    """
    return visible(text).replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _location(finding: Finding, uri: str) -> dict[str, object]:
    physical: dict[str, object] = {"artifactLocation": {"uri": uri}}
    if finding.line and finding.line > 0:
        physical["region"] = {"startLine": finding.line}
    location: dict[str, object] = {"physicalLocation": physical}
    if finding.path:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.path}]
    return location


def uri_of(path: str) -> str:
    """A file name as a URI reference: relative stays relative, absolute becomes ``file:``.

    >>> uri_of("in/fattura n. 1.xml"), uri_of("C:\\\\a\\\\b.xml"), uri_of("/tmp/a.zip!b.xml")
    ('in/fattura%20n.%201.xml', 'file:///C:/a/b.xml', 'file:///tmp/a.zip!b.xml')
    """
    if _DRIVE.match(path):
        return f"file:///{path[0]}:" + _quoted(path[2:].replace("\\", "/"))
    return f"file://{_quoted(path)}" if path.startswith("/") else _quoted(path)


def _quoted(path: str) -> str:
    return quote(_NOT_A_BYTE.sub("\ufffd", path).encode("utf-8", "surrogateescape"), safe="/!")


def create(options: Options) -> Sarif:
    """The renderer, as ``renderer("sarif")`` gives it."""
    return Sarif(options)
