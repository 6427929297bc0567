"""Summary with rate zero and no Natura.

What:    A DatiRiepilogo whose AliquotaIVA is zero must have Natura (2.2.2.2).
Why:     The summaries are what is declared: without tax they must say why.
Fix:     Add the Natura of the lines it sums up; lines of different Natura need a summary each.
Example: AliquotaIVA 0.00, ImponibileImporto 100.00, Imposta 0.00: without Natura it fails, with N4 it passes.
Source:  Allegato A 1.9, Appendix 1, 00429; Elenco controlli 2.0.
"""

from ...findings import Finding
from ...texts import Text
from ..amounts import place_number, rate_node, rate_text, zero_without_natura
from ..declare import Rule, control
from ..facts import Body


@control(
    "00429",
    area="body",
    needs="#zero",
    formats="FPA12 FPR12",
    it="riepilogo {place}: aliquota {rate} senza <Natura>",
    en="summary {place}: rate {rate} without <Natura>",
    fix=Text(
        "Aggiungi la <Natura> delle righe che riassume: un riepilogo per ogni natura.",
        "Add the <Natura> of the lines it sums up: one summary for each.",
    ),
)
def check(rule: Rule, body: Body) -> list[Finding]:
    """Summaries with rate zero and no Natura."""
    return [
        rule.at(rate_node(summary), args={"place": place_number(summary), "rate": rate_text(summary)})
        for summary in zero_without_natura(body.amounts.summaries)
    ]
