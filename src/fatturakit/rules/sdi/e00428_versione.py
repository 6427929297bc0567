"""Attribute versione and FormatoTrasmissione differ.

What:    The attribute ``versione`` of the root and 1.1.3 FormatoTrasmissione must be the same text.
Why:     Both name the format; SdI does not choose between them.
Fix:     Write the same value in both: FPA12 (administration), FPR12 (private), FSM10 (simplified).
Example: versione="FPR12" with FormatoTrasmissione FPA12 fails.
Source:  Allegato A 1.9, Appendix 1, 00428.
"""

from ...findings import Finding
from ...texts import Text
from ..declare import Rule, control
from ..facts import Header


@control(
    "00428",
    area="header",
    it="versione è «{expected}» ma <FormatoTrasmissione> è «{found}»",
    en="versione is “{expected}” but <FormatoTrasmissione> is “{found}”",
    fix=Text("Scrivi lo stesso valore in entrambi.", "Write the same value in both."),
)
def check(rule: Rule, header: Header) -> tuple[Finding, ...]:
    """Compare the two texts; silent where one is missing (that is a 00200)."""
    version, stated = header.document.version, header.transmission
    if version is None or stated is None or not stated.has("FormatoTrasmissione"):
        return ()
    found = stated.texts["FormatoTrasmissione"] or ""
    if found == version:
        return ()
    args = {"found": found[:80], "expected": version[:80]}
    return (rule.at(stated.children["FormatoTrasmissione"], args=args),)
