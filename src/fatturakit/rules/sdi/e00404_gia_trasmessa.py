"""Invoice already sent.

What:    No document sent before, and neither rejected by SdI nor refused by the administration, may have the same
         owner, number and year (with 2.1.1.12 Art73 SI the same date). Credit notes (TD04, TD08) are a class of their
         own. The owner is the seller; the buyer for TD16-TD20, TD22, TD23, TD28, TD29. Here the files of one call are
         compared; against a file with errors, which SdI would not have taken, it only warns. A second file of the
         same name, extension aside, is taken for a copy.
Why:     A number names one document.
Fix:     Give the document the next free number; do not send again what SdI has taken.
Example: Number 12 of 2026-03-10 was sent: 12 of 2026-05-02 is rejected.
         Number 12 of 2027-01-15 and credit note 12 of 2026-05-02 pass.
Source:  Allegato A 1.9, Appendix 1, 00404; Elenco dei controlli 2.0 (for FPA12 with SoggettoEmittente CC: the buyer).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...envelope.names import is_valid, split
from ...findings import Finding, Report, Severity
from ...texts import Text
from ..declare import Rule, control

if TYPE_CHECKING:
    from ..between import Key


@control(
    "00404",
    area="between",
    field="2.1.1.4",
    it="Il documento {found} del {date} è già presente, con lo stesso numero e anno, in {other}",
    en="Document {found} of {date} is already there, with the same number and year, in {other}",
    fix=Text(
        "Assegna un numero nuovo, o non trasmettere di nuovo lo stesso documento.",
        "Give it a new number, or do not send the same document again.",
    ),
)
def check(rule: Rule, key: Key, report: Report, other: str) -> Finding | None:
    """The finding on a document whose key the file ``other`` had before."""
    name = _name(report.path)
    copy = split(name)[0] == split(_name(other))[0]
    if copy and is_valid(name, strict=False):
        return None
    severity = Severity.WARNING if copy else Severity.ERROR
    body = report.bodies[key.body - 1]
    root = "FatturaElettronicaSemplificata" if report.kind == "FSM10" else "FatturaElettronica"
    path = f"/p:{root}/FatturaElettronicaBody[{key.body}]/DatiGenerali/DatiGeneraliDocumento/Numero"
    args = {"found": body.numero or "", "date": body.data or "", "other": other}
    return rule.finding(severity, path=path, line=key.line, body=key.body, args=args)


def _name(path: str) -> str:
    return path.replace("!", "/").rpartition("/")[2]
