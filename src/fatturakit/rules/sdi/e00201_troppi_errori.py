"""More than fifty format errors.

What:    Beyond 50 violations of the schema SdI stops checking; the others are not listed.
Why:     A file with so many errors is another kind of file, or comes from a program that has to be mended.
Fix:     Mend the first errors and check again.
Example: Of 51 format errors SdI lists 50 and adds 00201; with 50 it does not.
Source:  Allegato A 1.9, Appendix 1, 00201.
"""

from ...findings import Finding
from ...texts import Text
from ..declare import Rule, control


@control(
    "00201",
    area="format",
    it="Ci sono più di {expected} errori di formato: SdI interrompe i controlli e non elenca gli altri",
    en="There are more than {expected} format errors: SdI stops checking and does not list the others",
    fix=Text("Correggi i primi e ricontrolla.", "Mend the first ones and check again."),
)
def check(rule: Rule, limit: int) -> Finding:
    """The finding that closes a list cut at ``limit``."""
    return rule.finding(args={"expected": str(limit)})
