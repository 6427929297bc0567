"""Line with a rate and a Natura.

What:    A line must not have both a rate other than zero and Natura; TD16 may, since 2022-10-01 (ordinary only).
Why:     Natura says why there is no tax; with a rate there is. In a TD16 the buyer adds the tax, and the N6.x stays.
Fix:     Remove Natura, or write the rate 0.00.
Example: AliquotaIVA 22.00 with Natura N6.3: rejected in a TD01, fine in a TD16.
Source:  Allegato A 1.9, Appendix 1, 00401 and field texts; the exception from version 1.7.1.
"""

from collections.abc import Sequence

from ...findings import Finding
from ...texts import Text
from ..amounts import integrates_tax, natura_args, rated_with_natura
from ..declare import Rule, control
from ..facts import Body


@control(
    "00401",
    area="body",
    needs="#both",
    it="riga {place}: <Natura> {natura} con aliquota {rate}",
    en="line {place}: <Natura> {natura} with rate {rate}",
    fix=Text(
        "Togli la <Natura>, o scrivi l'aliquota 0.00: insieme sono ammesse solo nel TD16.",
        "Remove <Natura>, or write the rate 0.00: only a TD16 may have both.",
    ),
)
def check(rule: Rule, body: Body) -> Sequence[Finding]:
    """Lines with both, unless the document is a TD16."""
    found = rated_with_natura(body.amounts.lines)
    if not found or integrates_tax(body):
        return ()
    return [rule.at(line.children["Natura"], args=natura_args(line)) for line in found]
