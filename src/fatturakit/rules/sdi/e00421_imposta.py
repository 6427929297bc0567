"""Tax that does not follow from rate and taxable amount.

What:    In each DatiRiepilogo, Imposta must be AliquotaIVA × ImponibileImporto / 100, rounded half up to cents. A
         difference above 0.01 is rejected; exactly 0.01 warns (Elenco controlli 2.0 says "less than").
Why:     This tax is what is declared and paid.
Fix:     Compute Imposta from the summary's own ImponibileImporto, not by adding up the tax of the lines.
Example: 1234.56 × 22 / 100 = 271.6032, expected 271.60: 271.59 and 271.61 warn, 271.62 is rejected.
         0.25 × 22 / 100 = 0.055, expected 0.06.
Source:  Allegato A 1.9, Appendix 1, 00421; Elenco controlli 2.0.
"""

from collections.abc import Iterator
from decimal import Decimal

from ...findings import Finding, Severity
from ...money import CENT, parse
from ...texts import Amount, Text
from ..amounts import gap, place_number, plain, tax
from ..declare import Rule, control
from ..facts import Block, Body

_EDGE = Text(
    "riepilogo {place}: Imposta {found}, calcolata {expected} ({working}): differenza {difference},"
    " pari alla tolleranza",
    "summary {place}: Imposta {found}, computed {expected} ({working}): difference {difference}, exactly the tolerance",
)


@control(
    "00421",
    area="body",
    formats="FPA12 FPR12",
    it="riepilogo {place}: Imposta {found}, calcolata {expected} ({working}): differenza {difference} > 0,01",
    en="summary {place}: Imposta {found}, computed {expected} ({working}): difference {difference} > 0.01",
    fix=Text("Nel file: <Imposta>{expected}</Imposta>.", "Write {expected} in <Imposta>."),
)
def check(rule: Rule, body: Body) -> Iterator[Finding]:
    """Each summary by itself."""
    for group in body.amounts.summaries:
        rate = group.rate
        for summary, base in zip(group.blocks, group.amounts, strict=True):
            stated = parse(summary.texts.get("Imposta"))
            if rate is None or base is None or stated is None or not (rate or stated):
                continue
            expected = tax(rate, base)
            if stated != expected and gap(stated, expected) >= CENT:
                yield _finding(rule, summary, stated, expected)


def _finding(rule: Rule, summary: Block, stated: Decimal, expected: Decimal) -> Finding:
    difference = gap(stated, expected)
    node = summary.children["Imposta"]
    args = {"place": place_number(summary), "found": plain(stated), "expected": plain(expected)}
    args["working"] = Amount(f"{summary.get('AliquotaIVA')}% × {summary.get('ImponibileImporto')}")
    args["difference"] = plain(difference)
    if difference == CENT:
        return rule.at(node, Severity.WARNING, message=_EDGE, args=args)
    return rule.at(node, args=args)
