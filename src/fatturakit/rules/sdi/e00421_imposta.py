"""Tax that does not follow from rate and taxable amount.

What:    In each DatiRiepilogo, Imposta must be AliquotaIVA × ImponibileImporto / 100, rounded half up to cents; a
         difference of more than 0.01 is rejected.
Why:     this tax is what is declared and paid.
Fix:     compute Imposta from the summary's own ImponibileImporto, not by adding up the tax of the lines.
Example: 22.00% of 6819.2946 is 1500.244812, expected 1500.24: from 1500.23 to 1500.25 pass. At 1500.2458 it is
         1500.25. Exactly 0.01 of difference passes with a warning (Elenco controlli 2.0 says "less than").
Source:  Allegato A 1.9, Appendix 1, 00421; Elenco controlli 2.0.
"""

from collections.abc import Iterator
from decimal import Decimal

from ...findings import Finding, Severity
from ...money import CENT, parse
from ...texts import Text
from ..amounts import gap, place_number, plain, tax
from ..declare import Rule, control
from ..facts import Block, Body

_EDGE = Text(
    "riepilogo {place}: Imposta {found}, calcolata {expected} ({working}): differenza {difference} = tolleranza",
    "summary {place}: Imposta {found}, computed {expected} ({working}): difference {difference}, = tolerance",
)


@control(
    "00421",
    area="body",
    formats="FPA12 FPR12",
    it="riepilogo {place}: Imposta {found}, calcolata {expected} ({working}): differenza {difference} > 0.01",
    en="summary {place}: Imposta {found}, computed {expected} ({working}): difference {difference} > 0.01",
    fix=Text("Scrivi {expected} in <Imposta>.", "Write {expected} in <Imposta>."),
)
def check(rule: Rule, body: Body) -> Iterator[Finding]:
    """Each summary by itself."""
    for group in body.amounts.summaries:
        for summary, base in zip(group.blocks, group.amounts, strict=True):
            stated = parse(summary.texts.get("Imposta"))
            if group.rate is None or base is None or stated is None:
                continue
            expected = tax(group.rate, base)
            if stated != expected and gap(stated, expected) >= CENT:
                yield _finding(rule, summary, stated, expected)


def _finding(rule: Rule, summary: Block, stated: Decimal, expected: Decimal) -> Finding:
    difference = gap(stated, expected)
    node = summary.children["Imposta"]
    args = {"place": place_number(summary), "found": plain(stated), "expected": plain(expected)}
    args["working"] = f"{summary.get('AliquotaIVA')}% × {summary.get('ImponibileImporto')}"
    args["difference"] = plain(difference)
    if difference == CENT:
        return rule.at(node, Severity.WARNING, message=_EDGE, args=args)
    return rule.at(node, args=args)
