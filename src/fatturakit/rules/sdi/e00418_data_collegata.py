"""Credit note dated before the invoice it corrects.

What:    Data of a TD04 must not precede any DatiFattureCollegate/Data; Data of a TD08 must not precede DataFR.
         For other types it is a warning: Appendix 1 words the control for every type, the list of controls and the
         tabular representation for credit notes only.
Why:     What is corrected must exist already.
Fix:     Correct the date of the document or of the linked invoice.
Example: A TD04 of 2026-03-10 on an invoice of 2026-03-15 fails, on one of 2026-03-10 it passes.
Source:  Allegato A 1.9, Appendix 1, 00418; Elenco dei controlli 2.0.
"""

from ...findings import Finding, Severity
from ...texts import Text
from ..declare import Rule, control
from ..facts import Block, Body
from ..vocab import CREDIT_NOTES


@control(
    "00418",
    area="body",
    needs="DatiFattureCollegate DatiFatturaRettificata",
    it="La data del documento, {found}, è anteriore a quella della fattura collegata, {linked}",
    en="The document date, {found}, precedes that of the linked invoice, {linked}",
    fix=Text(
        "Correggi la data del documento o quella della fattura collegata.",
        "Correct the date of the document or of the linked invoice.",
    ),
)
def check(rule: Rule, body: Body) -> list[Finding] | None:
    """Compare with the latest linked invoice."""
    link, name = ("DatiFatturaRettificata", "DataFR") if body.simplified else ("DatiFattureCollegate", "Data")
    parent = body.general.node.getparent()
    if body.data is None or parent is None:
        return None
    linked = max(filter(None, (Block(node).day(name) for node in parent.iterchildren(link))), default=body.data)
    if body.data >= linked:
        return None
    severity = Severity.ERROR if body.tipo in CREDIT_NOTES else Severity.WARNING
    args = {"found": body.data.isoformat(), "linked": linked.isoformat()}
    return [rule.at(body.general.children["Data"], severity, args=args)]
