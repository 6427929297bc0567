"""Tax code of the transmitter that cannot exist.

What:    With 1.1.1.1 IdPaese IT, 1.1.1.2 IdCodice must be a tax code: 16 characters for a person, 11 digits for
         anybody else, with the right control character. Whether it exists is not known offline.
Why:     SdI looks the transmitter up in the tax registry (Anagrafe Tributaria), as a tax code.
Fix:     Write the transmitter's tax code; for a company it is often, not always, its VAT number.
Example: 01879020516 fails: after 0187902051 the control digit is 7.
Source:  Allegato A 1.9, Appendix 1, 00300.
"""

from ...texts import Text
from .. import identity
from ..declare import Rule, control
from ..facts import Header


@control(
    "00300",
    area="header",
    it="Il codice fiscale «{found}» del trasmittente non può esistere: {reason}",
    en="The transmitter's tax code “{found}” cannot exist: {reason}",
    fix=Text("Scrivi il codice fiscale esatto del trasmittente.", "Write the transmitter's exact tax code."),
)
def check(rule: Rule, header: Header) -> identity.Findings:
    """Judge IdTrasmittente."""
    return identity.transmitter(rule, header.transmission.down("IdTrasmittente") if header.transmission else None)
