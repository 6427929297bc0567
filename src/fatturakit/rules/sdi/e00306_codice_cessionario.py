"""Tax code of the buyer that cannot exist.

What:    Of a buyer without IdFiscaleIVA, CodiceFiscale must be 11 digits or a person's 16 characters, with the right
         control character; codes with letters in place of digits (omocodia) and provisional ones are right.
         Whether it exists is not known offline. With IdFiscaleIVA the pair is judged by 00324.
Why:     SdI looks it up in the tax registry (Anagrafe Tributaria).
Fix:     Ask the buyer for the tax card.
Example: RSSMRA80A01H501X fails (the letter is U); RSSMRA80A01H50MM, with M for 1, passes.
Source:  Allegato A 1.9, Appendix 1, 00306.
"""

from ...texts import Text
from .. import identity
from ..declare import Rule, control
from ..facts import Header


@control(
    "00306",
    area="header",
    it="Il codice fiscale «{found}» del cessionario/committente non può esistere: {reason}",
    en="The buyer's tax code “{found}” cannot exist: {reason}",
    fix=Text("Chiedi al cliente il codice fiscale esatto.", "Ask the buyer for the exact tax code."),
)
def check(rule: Rule, header: Header) -> identity.Findings:
    """Judge the buyer's CodiceFiscale when it stands alone."""
    return None if header.buyer.vat is not None else identity.tax_code(rule, header.buyer.block)
