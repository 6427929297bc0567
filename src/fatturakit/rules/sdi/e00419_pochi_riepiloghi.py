"""Fewer summaries than rates.

What:    A body must have at least as many DatiRiepilogo as there are different AliquotaIVA in its lines and funds.
Why:     Each rate is declared in a summary of its own.
Fix:     Add a DatiRiepilogo for each rate that has none.
Example: Lines at 22.00 and 10.00 and a fund at 4.00 are 3 rates: 2 summaries are too few. Lines at 22.00 and 22.0
         are one rate.
Source:  Elenco controlli 2.0, 00419; Allegato A 1.9, Appendix 1. A single missing rate is also 00443.
"""

from decimal import Decimal

from ...findings import Finding
from ...money import canonical
from ...texts import Amount, Text
from ..amounts import plain
from ..declare import Rule, control
from ..facts import Body


@control(
    "00419",
    area="body",
    formats="FPA12 FPR12",
    it="<DatiRiepilogo> sono {found}, le aliquote di righe e casse {expected} ({rates}); senza riepilogo: {missing}",
    en="there are {found} <DatiRiepilogo> for {expected} rates of lines and funds ({rates}); without one: {missing}",
    fix=Text("Aggiungi un <DatiRiepilogo> per ogni aliquota.", "Add a <DatiRiepilogo> for each rate."),
)
def check(rule: Rule, body: Body) -> list[Finding] | None:
    """Count blocks and rates; where there is no block at all the schema has spoken."""
    summaries, rates = body.summaries, body.amounts.used_rates
    if len(summaries) >= len(rates):
        return None
    known = sorted(group.rate for group in rates.values() if group.rate is not None)
    if not summaries or len(summaries) >= len(known):
        return None
    missing = [rate for rate in known if canonical(f"{rate:f}") not in body.amounts.summary_rates]
    args = {"found": str(len(summaries)), "expected": str(len(known))}
    args |= {"rates": _listed(known), "missing": _listed(missing)}
    return [rule.at(summaries[0].node, args=args)]


def _listed(rates: list[Decimal]) -> Amount:
    return Amount("; ".join(map(plain, rates[:20])))
