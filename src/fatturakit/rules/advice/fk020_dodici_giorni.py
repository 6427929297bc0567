"""An immediate invoice about to be sent more than twelve days after its date.

What:    With --preflight, a TD01 whose Data lies more than twelve days before the transmission (--received-on, default
         now). Silent when it names delivery notes (2.1.8) and for working or received copies, whose day of
         transmission is not known.
Why:     An immediate invoice is issued within twelve days of the operation; SdI accepts it, the fine comes later.
Fix:     Send it now; for the deliveries of a month use TD24.
Example: A TD01 of 2026-03-10 sent on 2026-03-22, 12 days: nothing. Sent on 2026-03-23, 13 days: a note.
Source:  DPR 633/72 art. 21 c. 4; our advice, no SdI control.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from ...findings import Finding, Severity
from ...texts import Text
from ...xmlio import child
from ..declare import Rule, control
from ..facts import Body

_TERM: Final = timedelta(days=12)


@control(
    "FK020",
    area="body",
    needs="TD01",
    formats="FPA12 FPR12",
    it="la data {found} è più di 12 giorni prima dell'invio ({sent}), il termine di una fattura immediata",
    en="the date {found} is more than 12 days before sending ({sent}), the term of an immediate invoice",
    fix=Text(
        "Inviala subito; per le consegne di un mese usa TD24.",
        "Send it at once; for the deliveries of a month use TD24.",
    ),
)
def check(rule: Rule, body: Body) -> Iterator[Finding]:
    """Count the days."""
    options = body.header.options
    if not options.preflight or body.tipo != "TD01" or body.data is None:
        return
    sent = options.received
    if sent - body.data > _TERM and child(body.node, "DatiGenerali", "DatiDDT") is None:
        args = {"found": str(body.data), "sent": str(sent)}
        yield rule.at(body.general.children["Data"], Severity.INFO, args=args)
