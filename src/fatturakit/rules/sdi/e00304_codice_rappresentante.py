"""Tax code of the seller's tax representative that cannot exist.

What:    1.3.1.2 CodiceFiscale, when given, must be 11 digits or a person's 16 characters, with the right control
         character. Whether it exists is not known offline.
Why:     SdI looks it up in the tax registry (Anagrafe Tributaria).
Fix:     Copy it from the tax card or the company register; leave it out when only the VAT number is known.
Example: RSSMRA80A01H501X fails, RSSMRA80A01H501U passes.
Source:  Allegato A 1.9, par. 2.1; Elenco dei controlli 2.0, 00304.
"""

from ...texts import Text
from .. import identity
from ..declare import Rule, control
from ..facts import Header


@control(
    "00304",
    area="header",
    needs="RappresentanteFiscale",
    formats="FPA12 FPR12",
    it="Il codice fiscale «{found}» del rappresentante fiscale non può esistere: {reason}",
    en="The tax representative's tax code “{found}” cannot exist: {reason}",
    fix=Text("Scrivi il codice fiscale esatto del rappresentante.", "Write the representative's exact tax code."),
)
def check(rule: Rule, header: Header) -> identity.Findings:
    """Judge the representative's CodiceFiscale."""
    if not header.block.has("RappresentanteFiscale"):
        return None
    return identity.tax_code(rule, header.block.sub("RappresentanteFiscale", "DatiAnagrafici"))
