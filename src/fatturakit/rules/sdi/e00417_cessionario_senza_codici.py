"""Buyer without VAT number and without tax code.

What:    The buyer must have IdFiscaleIVA or CodiceFiscale, or both.
Why:     SdI delivers, and the tax authority books, by one of the two.
Fix:     Write the tax code of a person or body, the VAT number of a business; for a buyer abroad IdFiscaleIVA with the
         country.
Example: A consumer with only CodiceFiscale RSSMRA80A01H501U passes; name and address alone fail.
Source:  Allegato A 1.9, Appendix 1, 00417.
"""

from ...findings import Finding
from ...texts import Text
from ..declare import Rule, control
from ..facts import Header


@control(
    "00417",
    area="header",
    it="Il cessionario/committente non ha né <IdFiscaleIVA> né <CodiceFiscale>",
    en="The buyer has neither <IdFiscaleIVA> nor <CodiceFiscale>",
    fix=Text(
        "Scrivi almeno uno dei due; per un cliente estero <IdFiscaleIVA> con il suo paese.",
        "Write at least one of them; for a buyer abroad <IdFiscaleIVA> with its country.",
    ),
)
def check(rule: Rule, header: Header) -> tuple[Finding, ...] | None:
    """Look for the elements; an empty one is the schema's business."""
    buyer = header.buyer.block
    if buyer is None or buyer.has("IdFiscaleIVA") or buyer.has("CodiceFiscale"):
        return None
    return (rule.at(buyer.node),)
