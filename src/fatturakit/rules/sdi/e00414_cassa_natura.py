"""Social security fund with a rate and a Natura.

What:    A DatiCassaPrevidenziale whose AliquotaIVA is not zero must not have Natura. TD16 makes no difference here.
Why:     Natura says why there is no tax; with a rate there is.
Fix:     Remove Natura, or write the rate 0.00.
Example: TC01 with AliquotaIVA 22.00 and Natura N4 fails; with 22.00 and no Natura it passes.
Source:  Allegato A 1.9, Appendix 1, 00414; Elenco controlli 2.0.
"""

from ...findings import Finding
from ...texts import Text
from ..amounts import natura_args, rated_with_natura
from ..declare import Rule, control
from ..facts import Body


@control(
    "00414",
    area="body",
    needs="#both",
    formats="FPA12 FPR12",
    it="cassa previdenziale {place}: <Natura> {natura} con aliquota {rate}",
    en="social security fund {place}: <Natura> {natura} with rate {rate}",
    fix=Text(
        "Togli la <Natura> dalla cassa, o scrivi l'aliquota 0.00.",
        "Remove <Natura> from the fund, or write the rate 0.00.",
    ),
)
def check(rule: Rule, body: Body) -> list[Finding]:
    """Funds with both."""
    return [rule.at(fund.children["Natura"], args=natura_args(fund)) for fund in rated_with_natura(body.amounts.funds)]
