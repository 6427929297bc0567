"""VAT number of a tax representative that cannot exist.

What:    With IdPaese IT, the IdCodice of the tax representative (of the seller, or of the buyer) must be a VAT number:
         11 digits, not all zeros, with the right control digit. Whether it exists is not known offline.
Why:     SdI looks it up in the tax registry (Anagrafe Tributaria).
Fix:     Write the eleven digits of the representative's VAT number, without IT before them.
Example: 01234567890 fails, 01234567897 passes.
Source:  Allegato A 1.9, Appendix 1, 00303.
"""

from ...texts import Text
from ...xmlio import child
from .. import identity
from ..declare import Rule, control
from ..facts import Block, Header


@control(
    "00303",
    area="header",
    needs="RappresentanteFiscale AltriDatiIdentificativi",
    it="Il numero di partita IVA «{found}» del rappresentante fiscale non può esistere: {reason}",
    en="The tax representative's VAT number “{found}” cannot exist: {reason}",
    fix=Text(
        "Scrivi le 11 cifre della partita IVA del rappresentante, senza IT davanti.",
        "Write the 11 digits of the representative's VAT number, without IT before them.",
    ),
)
def check(rule: Rule, header: Header) -> identity.Findings:
    """Judge the IdFiscaleIVA of both representatives."""
    buyer = header.block.children.get("CessionarioCommittente")
    if header.simplified:
        ours = header.seller.block.children.get("RappresentanteFiscale") if header.seller.block else None
        theirs = None if buyer is None else child(buyer, "AltriDatiIdentificativi", "RappresentanteFiscale")
    else:
        ours = header.block.children.get("RappresentanteFiscale")
        ours = None if ours is None else child(ours, "DatiAnagrafici")
        theirs = None if buyer is None else child(buyer, "RappresentanteFiscale")
    judged = (identity.vat_number(rule, Block(node).sub("IdFiscaleIVA")) for node in (ours, theirs) if node is not None)
    return tuple(finding for found in judged for finding in found or ())
