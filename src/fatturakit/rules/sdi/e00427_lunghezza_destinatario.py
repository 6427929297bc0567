"""Length of the recipient code and format disagree.

What:    CodiceDestinatario has 6 characters with FormatoTrasmissione FPA12, 7 with FPR12.
Why:     6 characters are an office of the public administration (IndicePA), 7 a channel of a private buyer.
Fix:     Write the code of the right kind (private without one: 0000000), or the other format, in versione too.
Example: AB12CD (6 characters) with FPR12 fails, 0000000 (7) with FPR12 passes.
Source:  Allegato A 1.9, Appendix 1, 00427.
"""

from typing import Final

from ...findings import Finding
from ...texts import Text
from ..declare import Rule, control
from ..facts import Header

_WRONG: Final = {"FPA12": 7, "FPR12": 6}
_RIGHT: Final = {"FPA12": "6", "FPR12": "7"}


@control(
    "00427",
    area="header",
    formats="FPA12 FPR12",
    it="Il codice destinatario «{found}» ha {length} caratteri, ma con il formato {kind} sono {expected}",
    en="The recipient code “{found}” has {length} characters, but with format {kind} it has {expected}",
    fix=Text(
        "Scrivi il codice dell'ufficio (6, FPA12) o del canale (7, FPR12; 0000000 se non c'è), o correggi il formato.",
        "Write the code of the office (6, FPA12) or channel (7, FPR12; 0000000 if none), or correct the format.",
    ),
)
def check(rule: Rule, header: Header) -> tuple[Finding, ...] | None:
    """Other lengths are the schema's business."""
    block = header.transmission
    kind, code = (block.get("FormatoTrasmissione"), block.get("CodiceDestinatario")) if block else (None, None)
    if block is None or kind is None or code is None or len(code) != _WRONG.get(kind):
        return None
    args = {"found": code, "length": str(len(code)), "kind": kind, "expected": _RIGHT[kind]}
    return (rule.at(block.children["CodiceDestinatario"], args=args),)
