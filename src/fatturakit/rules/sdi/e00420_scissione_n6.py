"""Split payment on a reverse charge.

What:    A DatiRiepilogo must not have both EsigibilitaIVA = S and Natura N6 or N6.1 to N6.9.
Why:     With split payment the buyer pays the supplier's tax; with reverse charge there is none to pay.
Fix:     Remove EsigibilitaIVA (or write I), or use the rate of the operation instead of the N6.
Example: AliquotaIVA 0.00, Natura N6.3, EsigibilitaIVA S is rejected; Natura N2.2 with S is not.
Source:  Allegato A 1.9, Appendix 1, 00420; Elenco controlli 2.0.
"""

from ...findings import Finding
from ...texts import Text
from ..amounts import place_number
from ..declare import Rule, control
from ..facts import Body


@control(
    "00420",
    area="body",
    needs="EsigibilitaIVA",
    formats="FPA12 FPR12",
    it="riepilogo {place}: <EsigibilitaIVA> S (scissione dei pagamenti) con <Natura> {natura} (inversione contabile)",
    en="summary {place}: <EsigibilitaIVA> S (split payment) with <Natura> {natura} (reverse charge)",
    fix=Text(
        "Con una natura N6 togli <EsigibilitaIVA> o scrivi I; altrimenti indica l'aliquota al posto della natura.",
        "With an N6 remove <EsigibilitaIVA> or write I; else state the rate instead of the N6.",
    ),
)
def check(rule: Rule, body: Body) -> list[Finding]:
    """Summaries with both."""
    return [
        rule.at(summary.children["EsigibilitaIVA"], args={"place": place_number(summary), "natura": group.natura[:20]})
        for group in body.amounts.summaries
        if group.natura and f"{group.natura}.".startswith("N6.")
        for summary in group.blocks
        if summary.get("EsigibilitaIVA") == "S"
    ]
