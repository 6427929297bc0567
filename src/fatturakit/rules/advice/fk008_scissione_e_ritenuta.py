"""Split payment on fees that suffer withholding.

What:    A summary with EsigibilitaIVA S beside a DatiRitenuta RT01 or RT02. Silent for commissions and condominium
         works (CausalePagamento Q-W), and for the year when both went together (2017-07-01 to 2018-07-13).
Why:     Fees subject to withholding are outside split payment: the buyer pays the VAT to the professional.
Fix:     EsigibilitaIVA I (or D) instead of S.
Example: RT01 with CausalePagamento A and EsigibilitaIVA S warns. With I, or with CausalePagamento Q, nothing is said.
Source:  Accounting practice (outside split payment since 2018); our advice, no SdI control.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from ...findings import Finding, Severity
from ...texts import Text
from ..declare import Rule, control
from ..facts import Block, Body

_TOGETHER: Final = (date(2017, 7, 1), date(2018, 7, 13))


@control(
    "FK008",
    area="body",
    needs="DatiRitenuta",
    formats="FPA12 FPR12",
    it="scissione dei pagamenti su compensi con ritenuta d'acconto, che ne sono esclusi",
    en="split payment on fees with withholding tax, which are excluded from it",
    fix=Text("Usa <EsigibilitaIVA> I al posto di S.", "Use <EsigibilitaIVA> I instead of S."),
)
def check(rule: Rule, body: Body) -> Iterator[Finding]:
    """Look for both in one body."""
    if not body.general.has("DatiRitenuta") or not any(map(_on_income, body.general.each("DatiRitenuta"))):
        return
    if body.data is not None and _TOGETHER[0] <= body.data <= _TOGETHER[1]:
        return
    for row in body.summaries:
        if row.get("EsigibilitaIVA") == "S":
            yield rule.at(row.children["EsigibilitaIVA"], Severity.WARNING)
            return


def _on_income(row: Block) -> bool:
    return row.get("TipoRitenuta") in {"RT01", "RT02"} and (row.get("CausalePagamento") or "")[:1] not in set("QRSTUVW")
