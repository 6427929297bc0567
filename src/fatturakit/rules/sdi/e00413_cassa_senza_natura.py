"""Social security fund with rate zero and no Natura.

What:    A DatiCassaPrevidenziale whose AliquotaIVA is zero must have Natura (2.1.1.7.7).
Why:     The contribution is part of the taxable amount; without tax the document must say why.
Fix:     Add the Natura, normally that of the fees the contribution is computed on.
Example: A fund of 1000.00 × 4 / 100 = 40.00 with AliquotaIVA 0.00: without Natura it fails, with N2.2 it passes.
Source:  Allegato A 1.9, Appendix 1, 00413; Elenco controlli 2.0.
"""

from ...findings import Finding
from ...texts import Text
from ..amounts import place_number, rate_node, rate_text, zero_without_natura
from ..declare import Rule, control
from ..facts import Body


@control(
    "00413",
    area="body",
    needs="#zero",
    formats="FPA12 FPR12",
    it="cassa previdenziale {place}: aliquota {rate} senza <Natura>",
    en="social security fund {place}: rate {rate} without <Natura>",
    fix=Text(
        "Aggiungi la <Natura> alla cassa, di norma la stessa dei compensi.",
        "Add <Natura> to the fund, normally the one of the fees.",
    ),
)
def check(rule: Rule, body: Body) -> list[Finding]:
    """Funds with rate zero and no Natura."""
    return [
        rule.at(rate_node(fund), args={"place": place_number(fund), "rate": rate_text(fund)})
        for fund in zero_without_natura(body.amounts.funds)
    ]
