"""Document discount or surcharge without percentage or amount.

What:    A 2.1.1.8 ScontoMaggiorazione with Tipo must have Percentuale or Importo.
Why:     Without a measure nobody can tell what was taken off or added.
Fix:     Write Percentuale or Importo (when both are there, Importo counts), or remove the block.
Example: Tipo SC alone fails; SC with Percentuale 10.00, or with Importo 5.00, passes.
Source:  Allegato A 1.9, Appendix 1, 00437; Elenco controlli 2.0.
"""

from ...findings import Finding
from ...texts import Text
from ..amounts import unmeasured
from ..declare import Rule, control
from ..facts import Body


@control(
    "00437",
    area="body",
    needs="ScontoMaggiorazione",
    formats="FPA12 FPR12",
    it="sconto o maggiorazione del documento ({kind}) senza <Percentuale> né <Importo>",
    en="discount or surcharge of the document ({kind}) without <Percentuale> or <Importo>",
    fix=Text("Scrivi <Percentuale> o <Importo>, o togli il blocco.", "Write <Percentuale> or <Importo>, or remove it."),
)
def check(rule: Rule, body: Body) -> list[Finding]:
    """Blocks that name a kind and no measure."""
    found = body.general.each("ScontoMaggiorazione") if body.general.has("ScontoMaggiorazione") else ()
    return [rule.at(each.node, args={"kind": (each.get("Tipo") or "")[:20]}) for each in found if unmeasured(each)]
