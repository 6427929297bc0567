"""Line with rate zero and no Natura.

What:    A line whose AliquotaIVA is zero must have Natura. Simplified: DatiIVA/Aliquota; an absent one is no zero.
Why:     Without tax the document must say why: excluded, not subject, exempt, reverse charge.
Fix:     Add the Natura of the operation (e.g. N1, N2.2, N4), or write the rate that applies.
Example: A line of 100.00 with AliquotaIVA 0.00: without Natura it fails, with N4 it passes.
Source:  Allegato A 1.9, Appendix 1, 00400; Elenco controlli 2.0.
"""

from ...findings import Finding
from ...texts import Text
from ..amounts import place_number, rate_node, rate_text, zero_without_natura
from ..declare import Rule, control
from ..facts import Body


@control(
    "00400",
    area="body",
    needs="#zero",
    it="riga {line_number}: aliquota {rate} senza <Natura>",
    en="line {line_number}: rate {rate} without <Natura>",
    fix=Text(
        "Aggiungi la <Natura> dell'operazione (es. N1, N2.2, N4), o scrivi l'aliquota che si applica.",
        "Add the <Natura> of the operation (e.g. N1, N2.2, N4), or write the rate that applies.",
    ),
)
def check(rule: Rule, body: Body) -> list[Finding]:
    """Lines with rate zero and no Natura."""
    return [
        rule.at(rate_node(line), args={"line_number": place_number(line), "rate": rate_text(line)})
        for line in zero_without_natura(body.amounts.lines)
    ]
