"""Attribute versione and FormatoTrasmissione differ.

What:    The attribute ``versione`` of the root and 1.1.3 FormatoTrasmissione must be the same text.
Why:     Both name the format; SdI does not choose between them.
Fix:     Write the same value in both: FPA12 (administration), FPR12 (private), FSM10 (simplified).
Source:  Allegato A 1.9, Appendix 1, 00428.
"""

from collections.abc import Iterator

from ...findings import Finding
from ...texts import Text
from ...xmlio import text
from ..declare import Rule, control
from ..facts import Header


@control(
    "00428",
    area="header",
    it="versione è «{expected}» ma <FormatoTrasmissione> è «{found}»",
    en="versione is “{expected}” but <FormatoTrasmissione> is “{found}”",
    fix=Text("Scrivi lo stesso valore in entrambi.", "Write the same value in both."),
)
def check(rule: Rule, header: Header) -> Iterator[Finding]:
    """Compare the two texts; silent where one is missing (that is a 00200)."""
    version, node = header.document.version, header.document.format_element
    if version is not None and node is not None and text(node) != version:
        yield rule.at(node, args={"found": text(node)[:80], "expected": version[:80]})
