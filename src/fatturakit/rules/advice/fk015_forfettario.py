"""A flat-rate taxpayer charges VAT or suffers withholding tax.

What:    The seller is RF19 and a summary has a rate above zero, or there is a DatiRitenuta RT01 or RT02 (the social
         contributions RT03-RT06 are fine). Documents to oneself are left aside.
Why:     The flat-rate regime has neither: VAT charged by mistake is owed to the state all the same.
Fix:     Natura N2.2 and no withholding; or the right RegimeFiscale, for who has left the regime.
Example: RF19 with AliquotaIVA 22.00 warns. With 0.00 and N2.2 nothing is said.
Source:  L. 190/2014 art. 1 c. 54-89; our advice, no SdI control.
"""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from ...findings import Finding, Severity
from ...texts import Text
from ..declare import Rule, control
from ..facts import Body
from ._sums import TO_ONESELF, regime

_ON_INCOME: Final = frozenset({"RT01", "RT02"})


@control(
    "FK015",
    area="body",
    formats="FPA12 FPR12",
    it="il regime forfettario (RF19) non prevede {found}",
    en="the flat-rate regime (RF19) knows no {found}",
    fix=Text(
        "Natura N2.2 e nessuna ritenuta; o correggi <RegimeFiscale> se il regime è un altro.",
        "Natura N2.2 and no withholding; or mend <RegimeFiscale> when the regime is another.",
    ),
)
def check(rule: Rule, body: Body) -> Iterator[Finding]:
    """Say each of the two once."""
    if regime(body) != "RF19" or body.tipo in TO_ONESELF:
        return
    for place, what in ((_charged(body), _VAT), (_withholding(body), _WITHHOLDING)):
        if place is not None:
            yield rule.at(place, Severity.WARNING, args={"found": what})


def _charged(body: Body) -> etree._Element | None:
    return next((row.children["AliquotaIVA"] for row in body.summaries if row.number("AliquotaIVA")), None)


def _withholding(body: Body) -> etree._Element | None:
    rows = body.general.each("DatiRitenuta")
    return next((row.node for row in rows if row.get("TipoRitenuta") in _ON_INCOME), None)


_VAT: Final = Text("l'addebito dell'IVA", "VAT on invoices")
_WITHHOLDING: Final = Text("la ritenuta d'acconto", "withholding tax")
