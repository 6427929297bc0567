"""Rate of a line or fund that no summary has.

What:    Each AliquotaIVA of lines and funds must be, as a number, that of some DatiRiepilogo of the same body. The
         reverse, a summary at a rate of no line or fund, is a warning: only one official list has it.
Why:     What was sold at a rate must be declared at that rate.
Fix:     Add the DatiRiepilogo of that rate, or correct the rate of the line.
Example: Lines at 22.00 and 10.00, summaries 22.00 (immediate) and 22.00 (deferred): 10.00 has none. 22.0 finds 22.00.
Source:  Elenco controlli 2.0, 00443; Allegato A 1.9, Appendix 1; the tabular representation for the reverse.
"""

from collections.abc import Sequence

from ...findings import Finding, Severity
from ...texts import Text
from ..amounts import Group, plain, rate_node
from ..declare import Rule, control
from ..facts import Body

_REVERSE = Text(
    "<DatiRiepilogo> con aliquota {rate}, che nessuna riga o cassa ha",
    "<DatiRiepilogo> at {rate}, a rate of no line or fund",
)
_REVERSE_FIX = Text("Controlla le aliquote di righe e casse.", "Check the rates of lines and funds.")


@control(
    "00443",
    area="body",
    formats="FPA12 FPR12",
    since="2020-05-04",
    it="nessun <DatiRiepilogo> con aliquota {rate} (righe o casse che la usano: {count})",
    en="no <DatiRiepilogo> at {rate} (lines or funds at that rate: {count})",
    fix=Text("Aggiungi il <DatiRiepilogo> con aliquota {rate}.", "Add the <DatiRiepilogo> at {rate}."),
)
def check(rule: Rule, body: Body) -> Sequence[Finding]:
    """Compare the two sets of rates; silent where one of them cannot be read."""
    amounts = body.amounts
    used, summed = amounts.used_rates, amounts.summary_rates
    if used.keys() == summed.keys() or not amounts.comparable:
        return ()
    found = [
        rule.at(rate_node(used[rate].blocks[0]), args=_args(amounts.sources, used[rate]))
        for rate in used
        if rate not in summed
    ]
    return found + [
        rule.at(rate_node(group.blocks[0]), Severity.WARNING, message=_REVERSE, fix=_REVERSE_FIX, args=_args([], group))
        for rate, group in summed.items()
        if rate not in used
    ]


def _args(groups: list[Group], one: Group) -> dict[str, str]:
    count = sum(len(group.blocks) for group in groups if group.key == one.key)
    return {"rate": "" if one.rate is None else plain(one.rate), "count": str(count)}
