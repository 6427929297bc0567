"""The document total is not the sum of its summaries.

What:    2.1.1.9 ImportoTotaleDocumento should be the sum of ImponibileImporto and Imposta of the summaries, with
         2.1.1.10 Arrotondamento, to the cent. A declared stamp duty may be in it or not, and what the summaries
         rounded away (2.2.2.4) too. Silent with a discount on the whole document (2.1.1.8), and in a foreign
         currency: the total is then often in that currency and the VAT in euro.
Why:     SdI never checks it, but people pay it and programs book it.
Fix:     Recompute the total; withholding and split payment are not subtracted from it.
Example: 1000.00 + 220.00 = 1220.00: 1200.00 warns.
         With a declared stamp duty of 2.00, 1220.00 + 2.00 = 1222.00 passes.
Source:  Allegato A 1.9.1, field 2.1.1.9; our advice, no SdI control.
"""

from collections.abc import Iterator
from decimal import Decimal

from ...findings import Finding, Severity
from ...money import CENT, ZERO, total
from ...texts import Text
from ..amounts import plain
from ..declare import Rule, control
from ..facts import Body
from ._sums import foreign_currency, matches, rounded


@control(
    "FK003",
    area="body",
    formats="FPA12 FPR12",
    it="il totale del documento è {found}, ma i riepiloghi sommano {expected}: più di un centesimo di differenza",
    en="the document total is {found}, but the summaries add up to {expected}: more than a cent apart",
    fix=Text(
        "Ricalcola il totale: imponibili più imposte più arrotondamento, senza togliere ritenute o IVA in scissione.",
        "Recompute it: taxable amounts plus VAT plus rounding; withholding and split VAT are not subtracted.",
    ),
)
def check(rule: Rule, body: Body) -> Iterator[Finding]:
    """Compare the total with the sum, with and without rounding and stamp duty."""
    stated, expected = body.stated, rounded(body)
    if stated is None or expected is None or body.gross is None or stated in (expected, body.gross):
        return
    if body.general.has("ScontoMaggiorazione") or foreign_currency(body):
        return
    if matches(stated, (expected, body.gross), body, _tolerance(body)):
        return
    node = body.general.children["ImportoTotaleDocumento"]
    yield rule.at(node, Severity.WARNING, args={"found": plain(stated), "expected": plain(expected)})


def _tolerance(body: Body) -> Decimal:
    """A cent, and what the summaries rounded."""
    return total([CENT, *(abs(row.number("Arrotondamento") or ZERO) for row in body.summaries)])
