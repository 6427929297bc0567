"""Neither seller nor buyer is Italian.

What:    The IdPaese of seller and buyer must not both differ from IT. A buyer without IdFiscaleIVA is not judged.
Why:     SdI is for documents in which Italian VAT has a part.
Fix:     Write the Italian VAT number of the one who is identified in Italy (directly or by a representative).
Example: Seller DE and buyer FR fail. Seller DE and buyer IT, or seller IT and buyer FR, pass.
Source:  Allegato A 1.9, Appendix 1, 00476 (since 2022-10-01).
"""

from ...findings import Finding
from ...texts import Text
from ..declare import Rule, control
from ..facts import Header


@control(
    "00476",
    area="header",
    since="2022-10-01",
    it="Né il cedente ({seller}) né il cessionario ({buyer}) ha partita IVA italiana",
    en="Neither seller ({seller}) nor buyer ({buyer}) has an Italian VAT number",
    fix=Text(
        "Usa la partita IVA italiana di chi è identificato in Italia; fra due soggetti esteri SdI non serve.",
        "Use the Italian VAT number of the one identified in Italy; between two foreign subjects SdI has no part.",
    ),
)
def check(rule: Rule, header: Header) -> tuple[Finding, ...] | None:
    """Silent when a country is missing."""
    seller, buyer = header.seller, header.buyer
    if seller.country in {None, "IT"} or buyer.country in {None, "IT"} or seller.vat is None:
        return None
    args = {"seller": seller.country or "", "buyer": buyer.country or ""}
    return (rule.at(seller.vat.children["IdPaese"], args=args),)
