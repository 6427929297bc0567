"""Line discount or surcharge without percentage or amount.

What:    A 2.2.1.10 ScontoMaggiorazione with Tipo must have Percentuale or Importo.
Why:     Without a measure nobody can tell what was taken off or added.
Fix:     Write Percentuale or Importo (when both are there, Importo counts), or remove the block.
Example: Tipo MG alone fails; MG with Percentuale 10.00, or with Importo 5.00, passes.
Source:  Allegato A 1.9, Appendix 1, 00438; Elenco controlli 2.0.
"""

from ...findings import Finding
from ...texts import Text
from ..amounts import place_number, unmeasured
from ..declare import Rule, control
from ..facts import Body


@control(
    "00438",
    area="body",
    needs="ScontoMaggiorazione",
    formats="FPA12 FPR12",
    it="riga {line_number}: sconto o maggiorazione ({kind}) senza <Percentuale> né <Importo>",
    en="line {line_number}: discount or surcharge ({kind}) without <Percentuale> or <Importo>",
    fix=Text("Scrivi <Percentuale> o <Importo>, o togli il blocco.", "Write <Percentuale> or <Importo>, or remove it."),
)
def check(rule: Rule, body: Body) -> list[Finding]:
    """Blocks that name a kind and no measure."""
    return [
        rule.at(each.node, args={"line_number": place_number(line), "kind": (each.get("Tipo") or "")[:20]})
        for line in body.lines
        if "ScontoMaggiorazione" in line.texts
        for each in line.each("ScontoMaggiorazione")
        if unmeasured(each)
    ]
