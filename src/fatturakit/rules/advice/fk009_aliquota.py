"""A VAT rate Italy does not have.

What:    2.2.2.1 AliquotaIVA should be 0, 4, 5, 10 or 22; 20 and 21 up to 2014 and on notes that vary old invoices; the
         compensation rates of agriculture for RF04 and for invoices issued by the buyer.
Why:     Usually a slip or the rate of another country; SdI takes any.
Fix:     Write the right rate in lines, funds and summary.
Example: 20.00 in a TD01 of 2026: a note. 20.00 in a TD04, or 22.00: nothing.
Source:  DPR 633/72 art. 16 and 34; our advice, no SdI control.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from ...findings import Finding, Severity
from ...texts import Text
from ..amounts import plain
from ..declare import Rule, control
from ..facts import Body
from ._sums import regime

_USUAL: Final = frozenset({"22.00", "10.00", "4.00", "5.00", "0.00"})
_RATES: Final = frozenset(map(Decimal, _USUAL))
_OLD: Final = frozenset(map(Decimal, ("20", "21")))
_LAST_OLD: Final = date(2014, 12, 31)
_VARIATIONS: Final = frozenset({"TD04", "TD05"})
_FARMING: Final = frozenset(
    map(Decimal, ("2", "6.4", "7", "7.3", "7.5", "7.65", "7.95", "8.3", "8.5", "8.8", "9.5", "12.3"))
)


@control(
    "FK009",
    area="body",
    formats="FPA12 FPR12",
    it="{found}% non è un'aliquota IVA italiana",
    en="{found}% is not an Italian VAT rate",
    fix=Text("Controlla l'aliquota: 4, 5, 10 o 22.", "Check the rate: 4, 5, 10 or 22."),
)
def check(rule: Rule, body: Body) -> Iterator[Finding]:
    """Judge the summaries; the lines must agree with them (00443)."""
    for row in body.summaries:
        if row.get("AliquotaIVA") not in _USUAL:
            rate = row.number("AliquotaIVA")
            if rate is not None and not _exists(rate, body):
                yield rule.at(row.children["AliquotaIVA"], Severity.INFO, args={"found": plain(rate)})


def _exists(rate: Decimal, body: Body) -> bool:
    if rate in _OLD:
        return body.tipo in _VARIATIONS or body.data is None or body.data <= _LAST_OLD
    return rate in _RATES or (rate in _FARMING and _is_farming(body))


def _is_farming(body: Body) -> bool:
    return regime(body) == "RF04" or body.header.block.get("SoggettoEmittente") == "CC"
