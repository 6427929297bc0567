"""The sign of the amounts contradicts the type of the document.

What:    An invoice (TD01, TD02, TD03, TD06, TD24, TD25) with a negative total, or a credit note (TD04) with a
         negative one. Silent for integrations and self-invoices (TD16 on), which are varied with a minus.
Why:     Programs read a credit note as a minus already: two minuses become a debt.
Fix:     A credit is a TD04 with positive amounts.
Example: A TD04 with a total of -122.00 warns. With 122.00 it is right.
Source:  Allegato A 1.9.1, field 2.1.1.1; our advice, no SdI control.
"""

from collections.abc import Iterator
from typing import Final

from ...findings import Finding, Severity
from ...texts import Text
from ..amounts import plain
from ..declare import Rule, control
from ..facts import Body

_TYPES: Final = frozenset({"TD01", "TD02", "TD03", "TD04", "TD06", "TD24", "TD25"})


@control(
    "FK010",
    area="body",
    formats="FPA12 FPR12",
    it="un documento {tipo} con totale negativo ({found})",
    en="a {tipo} document with a negative total ({found})",
    fix=Text("Per un accredito usa TD04 con importi positivi.", "For a credit use TD04 with positive amounts."),
)
def check(rule: Rule, body: Body) -> Iterator[Finding]:
    """Take the stated total, else the sum of the summaries."""
    if body.tipo not in _TYPES:
        return
    amount = body.gross if body.stated is None else body.stated
    if amount is not None and amount < 0:
        node = body.general.children["TipoDocumento"]
        yield rule.at(node, Severity.WARNING, args={"tipo": body.tipo or "", "found": plain(amount)})
