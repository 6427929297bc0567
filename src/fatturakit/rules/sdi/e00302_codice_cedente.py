"""Tax code of the seller that cannot exist.

What:    1.2.1.2 CodiceFiscale, when given, must be 11 digits or a person's 16 characters, with the right control
         character. Whether it exists is not known offline.
Why:     SdI looks it up in the tax registry (Anagrafe Tributaria).
Fix:     Copy it from the tax card or the company register; leave it out when only the VAT number is known.
Example: RSSMRA80A01H501X fails: after RSSMRA80A01H501 the control letter is U.
Source:  Allegato A 1.9, par. 2.1; Elenco dei controlli 2.0, 00302.
"""

from ...texts import Text
from .. import identity
from ..declare import Rule, control
from ..facts import Header


@control(
    "00302",
    area="header",
    formats="FPA12 FPR12",
    it="Il codice fiscale «{found}» del cedente/prestatore non può esistere: {reason}",
    en="The seller's tax code “{found}” cannot exist: {reason}",
    fix=Text("Scrivi il codice fiscale esatto del cedente.", "Write the seller's exact tax code."),
)
def check(rule: Rule, header: Header) -> identity.Findings:
    """Judge the seller's CodiceFiscale."""
    return identity.tax_code(rule, header.seller.block)
