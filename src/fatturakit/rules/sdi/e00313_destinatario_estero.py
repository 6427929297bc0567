"""Recipient code XXXXXXX for a buyer without a foreign VAT number.

What:    With 1.1.4 CodiceDestinatario XXXXXXX the buyer must have IdFiscaleIVA, and its IdPaese must not be IT.
Why:     XXXXXXX says that the buyer is not established in Italy.
Fix:     For a buyer in Italy write the buyer's recipient code, or 0000000. For one abroad write IdFiscaleIVA with the
         country; a person without VAT number gets any identifier there.
Example: XXXXXXX with IdPaese DE passes; with IdPaese IT, or CodiceFiscale alone, it fails.
Source:  Allegato A 1.9, Appendix 1, 00313 (since 2019-07-30; simplified invoices since 2022-01-01).
"""

from datetime import date
from typing import Final

from ...findings import Finding
from ...texts import Text
from ..declare import Rule, control
from ..facts import Header

_SIMPLIFIED_SINCE: Final = date(2022, 1, 1)
_WITHOUT = Text("non ha <IdFiscaleIVA>", "has no <IdFiscaleIVA>")
_ITALIAN = Text("ha <IdPaese> IT", "has <IdPaese> IT")


@control(
    "00313",
    area="header",
    needs="XXXXXXX",
    formats="FPR12 FSM10",
    since="2019-07-30",
    it="Il codice destinatario è «{found}», per clienti esteri, ma il cessionario/committente {reason}",
    en="The recipient code is “{found}”, for foreign buyers, but the buyer {reason}",
    fix=Text(
        "Cliente italiano: scrivi il suo codice o 0000000. Cliente estero: scrivi <IdFiscaleIVA> con il suo paese.",
        "Buyer in Italy: write its code or 0000000. Buyer abroad: write <IdFiscaleIVA> with its country.",
    ),
)
def check(rule: Rule, header: Header) -> tuple[Finding, ...] | None:
    """Silent when the buyer, or its country, is missing altogether (that is a 00200)."""
    transmission, buyer = header.transmission, header.buyer
    if transmission is None or transmission.get("CodiceDestinatario") != "XXXXXXX" or buyer.block is None:
        return None
    if (buyer.vat is not None and buyer.country != "IT") or (header.simplified and header.as_of < _SIMPLIFIED_SINCE):
        return None
    reason = _WITHOUT if buyer.vat is None else _ITALIAN
    return (rule.at(transmission.children["CodiceDestinatario"], args={"found": "XXXXXXX", "reason": reason}),)
