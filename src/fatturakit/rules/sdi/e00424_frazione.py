"""Rate written as a fraction.

What:    A rate of lines, funds, summaries (simplified: DatiIVA/Aliquota) must be zero or at least 1.00.
Why:     Rates are percentages; no Italian rate lies between 0 and 1.
Fix:     Write 22.00, not 0.22.
Example: 0.22 fails: 100.00 × 0.22 / 100 = 0.22 of tax instead of 22.00.
Source:  Allegato A 1.9, Appendix 1, 00424; Elenco controlli 2.0.
"""

from ...findings import Finding
from ...money import ZERO
from ...texts import Text
from ..amounts import ONE, plain, rate_node
from ..declare import Rule, control
from ..facts import Body


@control(
    "00424",
    area="body",
    needs="#fraction",
    it="aliquota {found}: va scritta in percentuale, es. 22,00",
    en="rate {found}: it must be a percentage, e.g. 22.00",
    fix=Text("Scrivi l'aliquota in percentuale, es. 22.00.", "Write the rate as a percentage, e.g. 22.00."),
)
def check(rule: Rule, body: Body) -> list[Finding]:
    """Every place with such a rate."""
    amounts = body.amounts
    return [
        rule.at(rate_node(block), args={"found": plain(group.rate)})
        for group in amounts.groups
        if group.rate is not None and ZERO < group.rate < ONE
        for block in group.blocks
    ]
