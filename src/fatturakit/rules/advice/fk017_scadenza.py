"""A payment falls due before the invoice was issued.

What:    2.4.2.5 DataScadenzaPagamento lies before 2.1.1.3 Data, for a payment still to be made: bank transfer,
         receipt (RIBA, MAV), direct debit. Credit notes and documents to oneself are left aside.
Why:     Usually a slip in the year or the month; reminders start at once.
Fix:     Correct the date, or leave the field out for what has been paid.
Example: Data 2026-03-10 and a transfer (MP05) due on 2025-04-09: a note. Due on 2026-04-09: nothing.
Source:  Our advice, no SdI control.
"""

from collections.abc import Iterator
from typing import Final

from ...findings import Finding, Severity
from ...texts import Text
from ..declare import Rule, control
from ..facts import Body
from ..vocab import CREDIT_NOTES
from ._sums import TO_ONESELF

_TO_COME: Final = frozenset(
    ("MP05", "MP09", "MP10", "MP11", "MP12", "MP13", "MP14", "MP16", "MP17", "MP18", "MP19", "MP20", "MP21")
)


@control(
    "FK017",
    area="body",
    needs="DataScadenzaPagamento",
    formats="FPA12 FPR12",
    it="il pagamento scade il {found}, prima della data della fattura ({data})",
    en="the payment is due on {found}, before the date of the invoice ({data})",
    fix=Text("Correggi la data di scadenza.", "Correct the due date."),
)
def check(rule: Rule, body: Body) -> Iterator[Finding]:
    """Look at payments that have a due date."""
    for payment in body.payments:
        if payment.has("DataScadenzaPagamento") and payment.get("ModalitaPagamento") in _TO_COME:
            due = payment.day("DataScadenzaPagamento")
            if due and body.data and due < body.data and body.tipo not in TO_ONESELF | CREDIT_NOTES:
                node = payment.children["DataScadenzaPagamento"]
                yield rule.at(node, Severity.INFO, args={"found": str(due), "data": str(body.data)})
