"""Signature without signing time.

What:    The signature does not say when it was made: CAdES wants the signed attribute signing-time, XAdES the element
         SigningTime among the signed properties.
Why:     SdI looks at the certificate at that time.
Fix:     Sign with a program that writes the signing time, for example fatturakit sign.
Example: CAdES without the attribute 1.2.840.113549.1.9.5, or XAdES without SigningTime: the file is rejected.
Source:  Allegato A 1.9, paragraph 1.2.1 and Appendix 1, 00103; Elenco controlli 2.0.
"""

from ...findings import Finding
from ...texts import Text
from ..declare import Rule, control
from ..signed import Signed


@control(
    "00103",
    area="signature",
    it="La firma di {name} non dice quando è stata fatta (signing time)",
    en="The signature of {name} does not say when it was made (signing time)",
    fix=Text("Firma con un programma che scrive la data e l'ora.", "Sign with a program that writes the signing time."),
)
def check(rule: Rule, signature: Signed) -> Finding | None:
    """Judge one signature."""
    return rule.finding(args={"name": signature.name}) if signature.signed_at is None else None
