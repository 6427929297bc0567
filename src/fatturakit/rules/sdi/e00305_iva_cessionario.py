"""VAT number of the buyer that cannot exist.

What:    With IdPaese IT, the buyer's IdCodice must be a VAT number: 11 digits, not all zeros, the last one the control
         digit of the others. Whether it exists is not known offline (a closed one is accepted here).
         A number beginning with 8 or 9 warns: those are tax codes of bodies without VAT number.
Why:     SdI looks it up in the tax registry. The usual cause is the tax code of an association, a condominium or an
         office, written as if it were a VAT number.
Fix:     Write the VAT number; a buyer without one has only CodiceFiscale.
Example: 01234567890 fails: the control digit is 7.
         80012345676, the tax code of an association, belongs in CodiceFiscale and not in IdFiscaleIVA.
Source:  Allegato A 1.9, Appendix 1, 00305.
"""

from ...texts import Text
from .. import identity
from ..declare import Rule, control
from ..facts import Header


@control(
    "00305",
    area="header",
    it="Il numero di partita IVA «{found}» del cessionario/committente non può esistere: {reason}",
    en="The buyer's VAT number “{found}” cannot exist: {reason}",
    fix=Text(
        "Scrivi le 11 cifre della partita IVA del cliente; se non ne ha una, lascia solo <CodiceFiscale>.",
        "Write the 11 digits of the buyer's VAT number; if there is none, leave <CodiceFiscale> alone.",
    ),
)
def check(rule: Rule, header: Header) -> identity.Findings:
    """Judge the buyer's IdFiscaleIVA."""
    return identity.vat_number(rule, header.buyer.vat)
