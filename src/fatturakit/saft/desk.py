"""Where the findings of one audit file are collected: filtered, counted, and only so many of a code kept."""

from __future__ import annotations

from collections import Counter
from typing import Final

from ..findings import Finding, Layer, Severity
from ..limits import Limits
from ..texts import Text
from .rules.declare import INFO, NOWHERE, Control, Place, say, table

MORE: Final = table(
    Layer.SAFT,
    (
        "PT1090",
        INFO,
        Text(
            "Altri {number} rilievi {code} non sono elencati.",
            "{number} more findings {code} are not listed.",
            "Mais {number} ocorrências {code} não são listadas.",
        ),
        Text(
            "Il limite si cambia con FATTURAKIT_LIMIT_SAFT_FINDINGS.",
            "FATTURAKIT_LIMIT_SAFT_FINDINGS changes the limit.",
            "O limite altera-se com FATTURAKIT_LIMIT_SAFT_FINDINGS.",
        ),
    ),
)
PROFILES: Final = ("strict", "efatura")


class Desk:
    """The findings of one file. profile: "strict", or "efatura", which is milder with what the portal takes anyway."""

    def __init__(
        self,
        limits: Limits,
        profile: str = "strict",
        select: tuple[str, ...] = (),
        ignore: tuple[str, ...] = (),
    ) -> None:
        self.limits = limits
        self._lenient = profile == "efatura"
        self._select, self._ignore = select, ignore
        self._counts: Counter[str] = Counter()
        self._findings: list[Finding] = []
        self.errors = 0

    def add(self, control: Control, place: Place = NOWHERE, **args: object) -> None:
        """One finding; beyond the limit of its code it is only counted."""
        code = control.code
        if not self.wants(code):
            return
        severity = control.efatura if self._lenient and control.efatura else control.severity
        self.errors += severity is Severity.ERROR
        self._counts[code] += 1
        if self._counts[code] <= self.limits.saft_findings:
            values = {name: value if isinstance(value, Text) else str(value) for name, value in args.items()}
            self._findings.append(say(control, severity, place, values))

    def wants(self, code: str) -> bool:
        """Whether ``--select`` and ``--ignore`` let a code through."""
        if self._select and not code.startswith(self._select):
            return False
        return not (self._ignore and code.startswith(self._ignore))

    def findings(self) -> tuple[Finding, ...]:
        """Everything, in the order of the file; then what was too much to list."""
        found = sorted(self._findings, key=lambda row: row.line or 0)
        most = self.limits.saft_findings
        for code, number in sorted(self._counts.items()):
            if number > most:
                found.append(say(MORE["PT1090"], INFO, NOWHERE, {"number": str(number - most), "code": code}))
        return tuple(found)
