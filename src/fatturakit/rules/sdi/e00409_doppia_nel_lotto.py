"""The same invoice twice in a lot.

What:    Two bodies of one file must not have the same number and year (with 2.1.1.12 Art73 SI the same date), unless
         one is a credit note (TD04, TD08) and the other is not, or their number series belong to different subjects.
Why:     A number names one document; SdI rejects the whole file.
Fix:     Give the second document its own number, or remove the copy.
Example: Two TD01 numbered 12, of 2026-03-10 and 2026-05-02: the file is rejected.
         A TD01 and a TD04 numbered 12: it passes.
Source:  Allegato A 1.9, Appendix 1, 00409; Elenco dei controlli 2.0.
"""

from ...findings import Finding
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
    """Report every body whose key an earlier one has."""
    seen: dict[object, int] = {}
    found = []
    for body in bodies:
        series = series_of(body)
        other = body.index if series is None else seen.setdefault(series, body.index)
        if other != body.index and body.data and body.numero:
            args = {"found": body.numero, "year": str(body.data.year), "other": str(other)}
            found.append(rule.at(body.general.children["Numero"], args=args))
    return found
