"""Invoice number without a digit.

What:    2.1.1.4 Numero must contain at least one character 0-9.
Why:     The number is part of the key against duplicates (00404).
Fix:     Add the progressive number: "A" becomes "A/1".
Example: 7 and A/1 pass; FATT and a lone blank fail.
Source:  Allegato A 1.9, Appendix 1, 00425.
"""

import re
from typing import Final

from ...findings import Finding
from ...texts import Text
from ..declare import Rule, control
from ..facts import Body

_DIGIT: Final = re.compile("[0-9]")


@control(
    "00425",
    area="body",
    it="Il numero del documento «{found}» non contiene alcuna cifra",
    en="The document number “{found}” contains no digit",
    fix=Text("Aggiungi il progressivo, es. A/1.", "Add the progressive number, e.g. A/1."),
)
def check(rule: Rule, body: Body) -> tuple[Finding, ...] | None:
    """Look for a digit; silent when there is no number at all."""
    numero = body.numero
    if numero is None or _DIGIT.search(numero):
        return None
    return (rule.at(body.general.children["Numero"], args={"found": numero[:80]}),)
