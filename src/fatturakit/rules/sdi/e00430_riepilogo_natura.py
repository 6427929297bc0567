"""Summary with a rate and a Natura.

What:    A DatiRiepilogo must not have both a rate other than zero and Natura; TD16 may, since 2022-10-01.
Why:     Natura says why there is no tax; with a rate there is. In a TD16 the buyer adds the tax, and the N6.x stays.
Fix:     Remove Natura, or write the rate 0.00.
Example: N6.3, 1000.00 × 22 / 100 = 220.00: fine in a TD16, rejected in a TD01.
Source:  Allegato A 1.9, Appendix 1, 00430 and field texts; the exception from version 1.7.1.
"""

from collections.abc import Sequence

from ...findings import Finding
from ...texts import Text
from ..amounts import integrates_tax, natura_args, rated_with_natura
from ..declare import Rule, control
from ..facts import Body


@control(
    "00430",
    area="body",
    needs="#both",
    formats="FPA12 FPR12",
    it="riepilogo {place}: <Natura> {natura} con aliquota {rate}",
    en="summary {place}: <Natura> {natura} with rate {rate}",
    fix=Text(
        "Togli la <Natura>, o scrivi l'aliquota 0.00: insieme sono ammesse solo nel TD16.",
        "Remove <Natura>, or write the rate 0.00: only a TD16 may have both.",
    ),
)
def check(rule: Rule, body: Body) -> Sequence[Finding]:
    """Summaries with both, unless the document is a TD16."""
    found = rated_with_natura(body.amounts.summaries)
    if not found or integrates_tax(body):
        return ()
    return [rule.at(summary.children["Natura"], args=natura_args(summary)) for summary in found]
