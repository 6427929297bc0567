"""An invoice to the administration names an order but no CIG.

What:    On FPA12, an order, contract or agreement (2.1.2, 2.1.3, 2.1.4) is named and no CodiceCIG anywhere.
Why:     An administration cannot pay what must be traced and is not; some purchases need no CIG, hence only info.
Fix:     Ask the office for the CIG (and the CUP, for public investment) and write them in 2.1.2.7 and 2.1.2.6.
Example: DatiContratto with IdDocumento 45/2026 and no CodiceCIG: a note.
Source:  DL 66/2014 art. 25; L. 136/2010 art. 3; our advice, no SdI control.
"""

from collections.abc import Iterator
from typing import Final

from ...findings import Finding, Severity
from ...texts import Text
from ...xmlio import child
from ..declare import Rule, control
from ..facts import Body

_ORDERS: Final = ("DatiOrdineAcquisto", "DatiContratto", "DatiConvenzione")


@control(
    "FK006",
    area="body",
    needs="DatiOrdineAcquisto DatiContratto DatiConvenzione",
    formats="FPA12",
    it="la fattura cita un ordine o contratto ma nessun CIG: senza, l'amministrazione di norma non può pagare",
    en="the invoice names an order or contract but no CIG: without one an administration normally cannot pay",
    fix=Text(
        "Chiedi il CIG all'ufficio, e il CUP se è un investimento pubblico.",
        "Ask the office for the CIG, and for the CUP when it is public investment.",
    ),
)
def check(rule: Rule, body: Body) -> Iterator[Finding]:
    """Look for the CIG in every related document."""
    general = child(body.node, "DatiGenerali")
    if general is None:
        return
    order = next(general.iterchildren(*_ORDERS), None)
    if order is not None and next(general.iterdescendants("CodiceCIG"), None) is None:
        yield rule.at(order, Severity.INFO)
