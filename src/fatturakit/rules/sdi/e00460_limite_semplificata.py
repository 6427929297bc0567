"""Simplified invoice above the limit.

What:    The sum of Importo (tax included) must not pass 400.00 euro (100.00 until 2019-05-19), unless the invoice
         corrects another (2.1.2 DatiFatturaRettificata) or, since 2025-04-01, RegimeFiscale is RF19 or RF20.
Why:     Above the limit the law asks for an ordinary invoice.
Fix:     Issue an ordinary invoice (FPR12).
Example: 380.00 + 20.00 = 400.00 passes, 380.00 + 20.01 = 400.01 does not.
Source:  Allegato A 1.9, Appendix 1, 00460 (versions 1.2, 1.4.2 and 1.9); DPR 633/72 art. 21-bis.
"""

from datetime import date
from decimal import Decimal

from ...findings import Finding
from ...texts import Amount, Text
from ..amounts import complete, plain
from ..declare import Rule, control
from ..facts import Body

_RAISED, _EXEMPT_SINCE = date(2019, 5, 20), date(2025, 4, 1)
_EXEMPT = frozenset({"RF19", "RF20"})


@control(
    "00460",
    area="body",
    formats="FSM10",
    it="importo {found} ({working}), oltre il limite di {limit} euro della fattura semplificata",
    en="amount {found} ({working}), above the limit of {limit} euro for simplified invoices",
    fix=Text("Emetti una fattura ordinaria (FPR12).", "Issue an ordinary invoice (FPR12)."),
)
def check(rule: Rule, body: Body) -> list[Finding] | None:
    """Add up; silent where an amount or the regime cannot be read."""
    amounts = [line.number("Importo") for line in body.lines]
    found = complete(amounts)
    limit = Decimal(400) if body.header.as_of >= _RAISED else Decimal(100)
    if found is None or found <= limit or _exempt(body):
        return None
    working = " + ".join(plain(value) for value in amounts[:5] if value is not None)
    if len(body.lines) > 5:
        working += " + …"
    args = {"found": plain(found), "limit": plain(limit), "working": Amount(working)}
    return [rule.at(body.lines[0].children["Importo"], args=args)]


def _exempt(body: Body) -> bool:
    if next(body.node.iterchildren("DatiGenerali"), body.node).find("DatiFatturaRettificata") is not None:
        return True
    seller = body.header.seller.block
    regime = seller.get("RegimeFiscale") if seller else None
    return regime is None or (regime in _EXEMPT and body.header.as_of >= _EXEMPT_SINCE)
