"""An integration or self-invoice that does not name the invoice it answers.

What:    TD17, TD18 or TD19 without 2.1.6 DatiFattureCollegate. A warning for TD18 (an invoice always exists) and for
         sellers of the EU; info for others, whose self-invoice may answer no invoice.
Why:     The tax authority's guide asks for it, and it ties the document to the purchase.
Fix:     Add DatiFattureCollegate with number and date of the seller's invoice (and its IdSDI in IdDocumento, if any).
Example: A TD18 without DatiFattureCollegate warns. A TD17 of a supplier US: a note.
Source:  AdE, Guida alla compilazione delle fatture elettroniche, TD17-TD19; our advice, no SdI control.
"""

from collections.abc import Iterator
from typing import Final

from ...findings import Finding, Severity
from ...texts import Text
from ...xmlio import child
from ..declare import Rule, control
from ..facts import Body
from ._sums import UNION

_TYPES: Final = frozenset({"TD17", "TD18", "TD19"})


@control(
    "FK018",
    area="body",
    needs="TD17 TD18 TD19",
    formats="FPA12 FPR12",
    it="{tipo} senza <DatiFattureCollegate>: manca il riferimento alla fattura del fornitore",
    en="{tipo} without <DatiFattureCollegate>: the seller's invoice is not named",
    fix=Text("Aggiungi numero e data della fattura ricevuta.", "Add number and date of the invoice received."),
)
def check(rule: Rule, body: Body) -> Iterator[Finding]:
    """Look for the reference."""
    if body.tipo in _TYPES and child(body.node, "DatiGenerali", "DatiFattureCollegate") is None:
        certain = body.tipo == "TD18" or body.header.seller.country in UNION
        severity = Severity.WARNING if certain else Severity.INFO
        yield rule.at(body.general.children["TipoDocumento"], severity, args={"tipo": body.tipo or ""})
