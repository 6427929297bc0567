"""VAT number of the seller that cannot exist.

What:    With IdPaese IT, the seller's IdCodice must be a VAT number: 11 digits, not all zeros, the last one the control
         digit of the others. Whether it exists, or was closed before the document, is not known offline.
         A number beginning with 8 or 9 warns: those are tax codes of bodies without VAT number.
Why:     SdI looks the seller up in the tax registry (Anagrafe Tributaria).
Fix:     Write the eleven digits of the VAT certificate, without IT before them.
Example: 01234567890 fails: after 0123456789 the control digit is 7.
Source:  Allegato A 1.9, Appendix 1, 00301.
"""

from ...texts import Text
from .. import identity
from ..declare import Rule, control
from ..facts import Header


@control(
    "00301",
    area="header",
    it="Il numero di partita IVA «{found}» del cedente/prestatore non può esistere: {reason}",
    en="The seller's VAT number “{found}” cannot exist: {reason}",
    fix=Text(
        "Scrivi le 11 cifre della partita IVA del cedente, senza IT davanti.",
        "Write the 11 digits of the seller's VAT number, without IT before them.",
    ),
)
def check(rule: Rule, header: Header) -> identity.Findings:
    """Judge the seller's IdFiscaleIVA."""
    return identity.vat_number(rule, header.seller.vat)
