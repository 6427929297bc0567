"""Social security fund subject to withholding, and no DatiRitenuta.

What:    When a DatiCassaPrevidenziale has Ritenuta = SI (2.1.1.7.6), the body must have a 2.1.1.5 DatiRitenuta.
Why:     The buyer withholds the tax and must read type, rate, amount and reason of payment.
Fix:     Add DatiRitenuta, or remove Ritenuta where nothing is withheld.
Example: TC22 of 1000.00 × 4 / 100 = 40.00 with Ritenuta SI: 1040.00 × 20 / 100 = 208.00 stands in DatiRitenuta.
Source:  Allegato A 1.9, Appendix 1, 00415; Elenco controlli 2.0.
"""

from ...findings import Finding
from ...texts import Text
from ..amounts import place_number, withheld
from ..declare import Rule, control
from ..facts import Body


@control(
    "00415",
    area="body",
    needs="DatiCassaPrevidenziale",
    formats="FPA12 FPR12",
    it="cassa previdenziale {place}: <Ritenuta> è SI ma il documento non ha <DatiRitenuta>",
    en="social security fund {place}: <Ritenuta> is SI but the document has no <DatiRitenuta>",
    fix=Text(
        "Aggiungi <DatiRitenuta> (tipo, importo, aliquota, causale), o togli <Ritenuta> se nulla va trattenuto.",
        "Add <DatiRitenuta> (type, amount, rate, reason), or remove <Ritenuta> when nothing is withheld.",
    ),
)
def check(rule: Rule, body: Body) -> list[Finding] | None:
    """The first fund that says so stands for all."""
    fund = withheld(body, body.funds)
    return None if fund is None else [rule.at(fund.children["Ritenuta"], args={"place": place_number(fund)})]
