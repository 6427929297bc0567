"""The same invoice twice in a lot.

What:    Two bodies of one file must not have the same number and year (with 2.1.1.12 Art73 SI the same date), unless
         one is a credit note (TD04, TD08) and the other is not, or their number series belong to different subjects.
         Where only one of the two has Art73, it warns: only one official list says how they are compared.
Why:     A number names one document; SdI rejects the whole file.
Fix:     Give the second document its own number, or remove the copy.
Example: Two TD01 numbered 12, of 2026-03-10 and 2026-05-02: the file is rejected.
         A TD01 and a TD04 numbered 12: it passes.
Source:  Allegato A 1.9, Appendix 1, 00409; Elenco dei controlli 2.0. Credit notes stand apart since 2020-05-04.
"""

from datetime import date

from ...findings import Finding, Severity
from ...texts import Text
from ..between import series_of
from ..declare import Rule, control
from ..facts import Body


@control(
    "00409",
    area="lot",
    it="Il numero {found} del {year} è già usato dal documento {other} di questo file",
    en="Number {found} of {year} is already used by document {other} of this file",
    fix=Text(
        "Assegna al documento un numero suo, o togli la copia.", "Give the document its own number, or remove the copy."
    ),
)
def check(rule: Rule, bodies: list[Body]) -> list[Finding]:
    """Report every body whose key an earlier one has; warn when only one of the two counts by its day (Art73)."""
    seen: dict[object, int] = {}
    found = []
    for body in bodies:
        series = series_of(body)
        if series is None or body.data is None:
            continue
        by_day, year = isinstance(series.day, date), series._replace(day=body.data.year)
        same = seen.setdefault(series, body.index)
        unlike = seen.get((year, not by_day), body.index)
        seen.setdefault((year, by_day), body.index)
        if same != body.index:
            found.append(_finding(rule, body, Severity.ERROR, same))
        elif unlike != body.index:
            found.append(_finding(rule, body, Severity.WARNING, unlike))
    return found


def _finding(rule: Rule, body: Body, severity: Severity, other: int) -> Finding:
    year = str(body.data.year) if body.data else ""
    args = {"found": body.numero or "", "year": year, "other": str(other)}
    return rule.at(body.general.children["Numero"], severity, args=args)
