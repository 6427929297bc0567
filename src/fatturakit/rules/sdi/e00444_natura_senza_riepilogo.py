"""Natura of a line or fund that no summary has.

What:    Each Natura of lines and funds must be that of some DatiRiepilogo of the same body. The reverse, a summary
         with a Natura of no line or fund, is a warning: only one official list has it.
Why:     What was sold without tax must be declared with the same reason.
Fix:     Add the DatiRiepilogo of that Natura, or correct it: N2.1 and N2.2 are two.
Example: A line with N4 and a line with N1 need two summaries at 0.00.
Source:  Elenco controlli 2.0, 00444; Allegato A 1.9, Appendix 1; the tabular representation for the reverse.
"""

from collections.abc import Iterator, Sequence

from ...findings import Finding, Severity
from ...texts import Text
from ..amounts import Group
from ..declare import Rule, control
from ..facts import Body

_REVERSE = Text(
    "<DatiRiepilogo> con natura {natura}, che nessuna riga o cassa ha",
    "<DatiRiepilogo> with Natura {natura}, that of no line or fund",
)
_REVERSE_FIX = Text("Controlla la natura di righe e casse.", "Check the Natura of lines and funds.")


@control(
    "00444",
    area="body",
    needs="Natura",
    formats="FPA12 FPR12",
    since="2020-05-04",
    it="nessun <DatiRiepilogo> con natura {natura} (righe o casse che la usano: {count})",
    en="no <DatiRiepilogo> with Natura {natura} (lines or funds that have it: {count})",
    fix=Text("Aggiungi il <DatiRiepilogo> con natura {natura}.", "Add the <DatiRiepilogo> with Natura {natura}."),
)
def check(rule: Rule, body: Body) -> Sequence[Finding]:
    """Compare the two sets of Natura; silent where one of them cannot be read. An absent one is no value to match."""
    used = {group.natura for group in body.amounts.sources}
    summed = {group.natura for group in body.amounts.summaries}
    if used == summed or None in used or None in summed or not used or not summed:
        return ()
    errors = list(_only_in(body.amounts.sources, summed))
    warnings = list(_only_in(body.amounts.summaries, used))
    return [rule.at(group.blocks[0].children["Natura"], args=args) for group, args in errors] + [
        rule.at(group.blocks[0].children["Natura"], Severity.WARNING, message=_REVERSE, fix=_REVERSE_FIX, args=args)
        for group, args in warnings
    ]


def _only_in(groups: list[Group], others: set[str | None]) -> Iterator[tuple[Group, dict[str, str]]]:
    """The first group of each Natura the others do not have."""
    first: dict[str, Group] = {}
    for group in groups:
        if group.natura and group.natura not in others:
            first.setdefault(group.natura, group)
    for natura, group in first.items():
        count = sum(len(each.blocks) for each in groups if each.natura == natura)
        yield group, {"natura": natura[:20], "count": str(count)}
