"""Line subject to withholding, and no DatiRitenuta.

What:    When a line has Ritenuta = SI (2.2.1.13), the body must have a 2.1.1.5 DatiRitenuta.
Why:     The buyer withholds the tax and must read type, rate, amount and reason of payment.
Fix:     Add DatiRitenuta, or remove Ritenuta where nothing is withheld.
Example: A fee of 1000.00 with Ritenuta SI needs DatiRitenuta: RT01, rate 20.00, amount 1000.00 × 20 / 100 = 200.00.
Source:  Allegato A 1.9, Appendix 1, 00411; Elenco controlli 2.0.
"""

from ...findings import Finding
from ...texts import Text
from ..amounts import place_number, withheld
from ..declare import Rule, control
from ..facts import Body


@control(
    "00411",
    area="body",
    needs="Ritenuta",
    formats="FPA12 FPR12",
    it="riga {place}: <Ritenuta> è SI ma il documento non ha <DatiRitenuta>",
    en="line {place}: <Ritenuta> is SI but the document has no <DatiRitenuta>",
    fix=Text(
        "Aggiungi <DatiRitenuta> (tipo, importo, aliquota, causale), o togli <Ritenuta> se nulla va trattenuto.",
        "Add <DatiRitenuta> (type, amount, rate, reason), or remove <Ritenuta> when nothing is withheld.",
    ),
)
def check(rule: Rule, body: Body) -> list[Finding] | None:
    """The first line that says so stands for all."""
    line = withheld(body, body.lines)
    return None if line is None else [rule.at(line.children["Ritenuta"], args={"place": place_number(line)})]
