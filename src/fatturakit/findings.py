"""What was found in a document, as values: ``Finding``, ``Report`` and the words they use.

A finding knows where it is and why; its sentence is put together late, in Italian or English.
The JSON shape (``fatturakit/report@1``) is ``Report.to_dict``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from .errors import FindingsError
from .texts import EMPTY, Language, Text, counted, spoken


class Severity(StrEnum):
    """How bad it is: SdI would reject (error), might or people regret it (warning), good to know (info)."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        return ("info", "warning", "error").index(self.value)


FAIL_ON = ("error", "warning", "never")
"""From which severity a call may be asked to fail."""


class Layer(StrEnum):
    """Which skin of the document the finding is about, from the outside in."""

    NAME = "name"
    ENVELOPE = "envelope"
    SIGNATURE = "signature"
    XML = "xml"
    XSD = "xsd"
    SDI = "sdi"
    ADVICE = "advice"
    SAFT = "saft"


class Verdict(StrEnum):
    """valid, invalid, unclear (no judgement possible), unreadable (could not be opened or parsed)."""

    VALID = "valid"
    INVALID = "invalid"
    UNCLEAR = "unclear"
    UNREADABLE = "unreadable"


class NotEvaluated(NamedTuple):
    """A control that was not judged, and why."""

    code: str
    reason: Text


class Repair(NamedTuple):
    """Something mended while reading: code, sentence, byte offset in the received file."""

    code: str
    message: Text
    offset: int | None = None
    args: Mapping[str, str] = {}


class BodyKey(NamedTuple):
    """One FatturaElettronicaBody: its 1-based index (as ``index`` in JSON) and the three values that name it."""

    index: int  # type: ignore[assignment]  # the name in the JSON contract hides tuple.index
    tipo_documento: str | None
    numero: str | None
    data: str | None


class Finding(NamedTuple):
    """One thing to say about a document.

    code: SdI code ("00423"), "00200" for a schema violation, "FKnnn" for advice.
    path: XPath with ``p:`` bound to the document's own namespace; line: 1-based; field: SdI number ("2.2.1.11");
    body: 1-based index of the FatturaElettronicaBody; args: the values in the sentences, as strings (a ``Text`` where
    the value is itself words).
    """

    code: str
    severity: Severity
    layer: Layer
    message: Text
    fix: Text = EMPTY
    path: str | None = None
    line: int | None = None
    field: str | None = None
    body: int | None = None
    args: Mapping[str, str | Text] = {}

    def say(self, lang: Language = "it") -> str:
        """The sentence: what is wrong and why, with numbers as the language writes them."""
        return self.message.say(lang, counted(self.args, lang))

    def remedy(self, lang: Language = "it") -> str:
        """What to do about it ("" when there is nothing to add), with numbers as the file writes them."""
        return self.fix.say(lang, self.args)

    def to_dict(self, lang: Language = "it") -> dict[str, object]:
        """The finding as in ``fatturakit/report@1``."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "layer": self.layer.value,
            "path": self.path,
            "line": self.line,
            "field": self.field,
            "body": self.body,
            "message": self.say(lang),
            "fix": self.remedy(lang),
            "args": spoken(self.args, lang),
        }


class Report(NamedTuple):
    """Everything that was found in one input. Every input has one, also the unreadable ones."""

    path: str
    kind: str
    verdict: Verdict
    as_of: date
    bodies: tuple[BodyKey, ...] = ()
    layers: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    findings: tuple[Finding, ...] = ()
    not_evaluated: tuple[NotEvaluated, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many findings have exactly this severity."""
        return sum(1 for finding in self.findings if finding.severity is severity)

    def reaches(self, threshold: Severity) -> bool:
        """True when some finding is at or above ``threshold``."""
        return any(finding.severity.rank >= threshold.rank for finding in self.findings)

    def raise_for_findings(self, threshold: Severity = Severity.ERROR) -> None:
        """Raise ``FindingsError`` when a finding is at or above ``threshold``; its sentence names the first."""
        for finding in self.findings:
            if finding.severity.rank >= threshold.rank:
                text = Text("{path}: {code} {it}", "{path}: {code} {en}")
                raise FindingsError(text, path=self.path, code=finding.code, it=finding.say("it"), en=finding.say("en"))

    def to_dict(self, lang: Language = "it") -> dict[str, object]:
        """The document entry of ``fatturakit/report@1``."""
        rows = [{"code": row.code, "reason": row.reason.say(lang)} for row in self.not_evaluated]
        return {**self.head(lang), "not_evaluated": rows}

    def head(self, lang: Language = "it") -> dict[str, object]:
        """The entry without ``not_evaluated``, which is long and shared by most documents."""
        return {
            "path": self.path,
            "kind": self.kind,
            "verdict": self.verdict.value,
            "as_of": self.as_of.isoformat(),
            "bodies": [body._asdict() for body in self.bodies],
            "layers": list(self.layers),
            "repairs": [_repair(repair, lang) for repair in self.repairs],
            "findings": [finding.to_dict(lang) for finding in self.findings],
        }


def given_names(value: str | Iterable[str]) -> tuple[str, ...]:
    """Codes or names as programs give them: one alone, or several.

    >>> given_names("004"), given_names(["00404", "FK"])
    (('004',), ('00404', 'FK'))
    """
    return (value,) if isinstance(value, str) else tuple(value)


def _repair(repair: Repair, lang: Language) -> dict[str, object]:
    return {"code": repair.code, "message": repair.message.say(lang, repair.args), "offset": repair.offset}
