"""A foreign buyer without the code for foreign buyers.

What:    On FPR12 a buyer whose VAT number is not Italian, 1.1.4 CodiceDestinatario 0000000, and neither a PEC nor an
         Italian tax code. San Marino (its own code) and Livigno and Campione (OO) are left aside.
Why:     XXXXXXX is what replaces the old statement of foreign sales; 0000000 looks for an Italian mailbox.
Fix:     CodiceDestinatario XXXXXXX (buyer's CAP 00000, no Provincia), and send the buyer a copy.
Example: Buyer DE with 0000000: a note. With XXXXXXX: nothing.
Source:  Allegato A 1.9.1, field 1.1.4; our advice, no SdI control.
"""

from collections.abc import Iterator

from ...findings import Finding, Severity
from ...texts import Text
from ..declare import Rule, control
from ..facts import Header


@control(
    "FK016",
    area="header",
    needs="0000000",
    formats="FPR12",
    it="cessionario estero ({country}) con CodiceDestinatario 0000000: di norma è XXXXXXX",
    en="foreign buyer ({country}) with CodiceDestinatario 0000000: it is normally XXXXXXX",
    fix=Text("Scrivi XXXXXXX e manda al cliente una copia.", "Write XXXXXXX and send the customer a copy."),
)
def check(rule: Rule, header: Header) -> Iterator[Finding]:
    """Compare the buyer's country with the code."""
    buyer, way = header.buyer, header.transmission
    if buyer.country in {None, "IT", "OO", "SM"} or buyer.tax_code or way is None:
        return
    if way.get("CodiceDestinatario") == "0000000" and not way.has("PECDestinatario"):
        node = way.children["CodiceDestinatario"]
        yield rule.at(node, Severity.INFO, args={"country": buyer.country or ""})
