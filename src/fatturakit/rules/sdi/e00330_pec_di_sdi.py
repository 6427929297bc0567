"""The buyer's certified mailbox is one of SdI's own.

What:    PECDestinatario must not be a mailbox SdI works with: sdi01@pec.fatturapa.it and its sisters, in any case.
Why:     SdI would send the invoice to itself.
Fix:     Write the buyer's own PEC address, or remove the element.
Example: SDI07@pec.fatturapa.it fails; sdi@pec.fatturapa.it passes.
Source:  Allegato A 1.9, Appendix 1, 00330 (since 2019-07-30).
"""

import re
from typing import Final

from ...findings import Finding
from ...texts import Text
from ..declare import Rule, control
from ..facts import Header

_OWN: Final = re.compile(r"sdi[0-9]+@pec\.fatturapa\.it", re.IGNORECASE)


@control(
    "00330",
    area="header",
    needs="PECDestinatario",
    formats="FPR12 FSM10",
    since="2019-07-30",
    it="«{found}» è una casella PEC di SdI, non del cessionario/committente",
    en="“{found}” is a mailbox of SdI, not of the buyer",
    fix=Text(
        "Scrivi l'indirizzo PEC del cliente, o togli <PECDestinatario>.",
        "Write the buyer's PEC address, or remove <PECDestinatario>.",
    ),
)
def check(rule: Rule, header: Header) -> tuple[Finding, ...] | None:
    """Compare with the pattern of SdI's mailboxes."""
    address = header.transmission.get("PECDestinatario") if header.transmission else None
    if header.transmission is None or address is None or not _OWN.fullmatch(address):
        return None
    return (rule.at(header.transmission.children["PECDestinatario"], args={"found": address}),)
