"""Self-invoice for an overrun (TD21) with a line at rate zero.

What:    A TD21 must have no line with AliquotaIVA zero.
Why:     It exists to pay the tax on what was bought above the plafond without tax.
Fix:     Write the rate due on the purchase.
Example: An overrun of 5000.00: 5000.00 × 22 / 100 = 1100.00 with AliquotaIVA 22.00; with 0.00 it fails.
Source:  Allegato A 1.9, Appendix 1, 00474 (since version 1.6); Elenco controlli 2.0.
"""

from ...findings import Finding
from ...texts import Text
from ..amounts import place_number, rate_node, rate_text
from ..declare import Rule, control
from ..facts import Body


@control(
    "00474",
    area="body",
    needs="TD21",
    formats="FPA12 FPR12",
    since="2020-05-04",
    it="riga {line_number}: aliquota {rate} in un TD21, che serve a versare l'IVA",
    en="line {line_number}: rate {rate} in a TD21, which exists to pay VAT",
    fix=Text("Scrivi l'aliquota dovuta sull'acquisto.", "Write the rate due on the purchase."),
)
def check(rule: Rule, body: Body) -> list[Finding] | None:
    """Lines at zero in a TD21."""
    if body.tipo != "TD21":
        return None
    zero = [line for group in body.amounts.lines if group.rate == 0 for line in group.blocks]
    return [
        rule.at(rate_node(line), args={"line_number": place_number(line), "rate": rate_text(line)}) for line in zero
    ]
