"""Natura code that ended in 2020.

What:    In documents dated from 2021-01-01, Natura must not be N2, N3 or N6 (simplified: N2, N3) in lines, funds or
         summaries.
Why:     The detailed codes N2.1, N2.2, N3.1 … N3.6, N6.1 … N6.9 replaced them.
Fix:     Write the detailed code.
Example: N2 passes in a document of 2020-12-31 and fails in one of 2021-01-01: write N2.1 or N2.2.
Source:  Allegato A 1.9, Appendix 1, 00445; Elenco controlli 2.0. In force since 2021-01-01.
"""

from collections.abc import Sequence
from datetime import date

from ...findings import Finding
from ...texts import Text
from ..declare import Rule, control
from ..facts import Body

_SINCE = date(2021, 1, 1)
_GENERIC = frozenset({"N2", "N3", "N6"})
_SIMPLIFIED = frozenset({"N2", "N3"})


@control(
    "00445",
    area="body",
    needs="N2 N3 N6",
    since="2021-01-01",
    it="<Natura> {natura} non è più ammessa nei documenti con data dal 2021-01-01",
    en="<Natura> {natura} is not accepted in documents dated from 2021-01-01",
    fix=Text("Scrivi il codice di dettaglio, es. {natura}.1.", "Write the detailed code, e.g. {natura}.1."),
)
def check(rule: Rule, body: Body) -> Sequence[Finding]:
    """Every place with such a code, in documents late enough."""
    ended = _SIMPLIFIED if body.simplified else _GENERIC
    groups = [group for group in body.amounts.groups if group.natura in ended]
    if not groups or body.data is None or body.data < _SINCE:
        return ()
    return [
        rule.at(block.children["Natura"], args={"natura": str(group.natura)})
        for group in groups
        for block in group.blocks
    ]
