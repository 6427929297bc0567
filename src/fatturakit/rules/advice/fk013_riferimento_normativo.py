"""A Natura without the law it rests on.

What:    A summary of other than zero euro has Natura and no 2.2.2.8 RiferimentoNormativo.
Why:     An invoice without VAT must say why; the text asks for the field, no SdI control enforces it.
Fix:     Name the article, e.g. "art. 15 DPR 633/72" (N1), "art. 7-ter DPR 633/72" (N2.1), "art. 10 DPR 633/72" (N4).
Example: Natura N4, ImponibileImporto 100.00, no RiferimentoNormativo: a note.
         With "art. 10 DPR 633/72", or 0.00: nothing.
Source:  Allegato A 1.9.1, field 2.2.2.8; DPR 633/72 art. 21 c. 6; our advice, no SdI control.
"""

from collections.abc import Iterator

from ...findings import Finding, Severity
from ...texts import Text
from ..declare import Rule, control
from ..facts import Body


@control(
    "FK013",
    area="body",
    needs="Natura",
    formats="FPA12 FPR12",
    it="il riepilogo con Natura {found} non cita la norma in <RiferimentoNormativo>",
    en="the summary with Natura {found} does not name the law in <RiferimentoNormativo>",
    fix=Text("Scrivi l'articolo, es. «art. 15 DPR 633/72».", "Write the article, e.g. “art. 15 DPR 633/72”."),
)
def check(rule: Rule, body: Body) -> Iterator[Finding]:
    """Look at each summary."""
    for row in body.summaries:
        if row.has("Natura") and not row.has("RiferimentoNormativo") and row.number("ImponibileImporto"):
            yield rule.at(row.node, Severity.INFO, args={"found": row.get("Natura") or ""})
