"""Taxable amount that does not follow from the lines.

What:    For each rate of the summaries (whatever the Natura), ImponibileImporto adds up to the PrezzoTotale of lines,
         the ImportoContributoCassa of funds and the summaries' Arrotondamento at that rate. A difference above 1.00
         is rejected; exactly 1.00 warns (Elenco controlli 2.0 says "less than").
Why:     What is declared must be what was sold.
Fix:     Compute it from the lines; a rounding difference is the summary's Arrotondamento. Discounts belong in the
         lines: neither ScontoMaggiorazione nor Arrotondamento of the document counts here.
Example: Lines and a fund at 22.00: 60.00 + 40.00 + 4.00 = 104.00.
         From 103.01 to 104.99 passes, 105.00 warns, 105.01 fails.
Source:  Allegato A 1.9, Appendix 1, 00422; Elenco controlli 2.0. A rate without a summary is 00443.
"""

from collections.abc import Iterator
from decimal import Decimal

from ...findings import Finding, Severity
from ...texts import Text
from ..amounts import ONE, Sums, gap, plain, unequal
from ..declare import Rule, control
from ..facts import Body

_EDGE = Text(
    "aliquota {rate}: imponibile {found}, da righe {lines} + casse {funds} + arrotondamenti {rounding} risulta"
    " {expected}: differenza {difference}, pari alla tolleranza",
    "rate {rate}: taxable {found}, but lines {lines} + funds {funds} + roundings {rounding} make {expected}:"
    " difference {difference}, exactly the tolerance",
)


@control(
    "00422",
    area="body",
    formats="FPA12 FPR12",
    it="aliquota {rate}: imponibile {found}, da righe {lines} + casse {funds} + arrotondamenti {rounding} risulta"
    " {expected}: differenza {difference} > 1,00",
    en="rate {rate}: taxable {found}, but lines {lines} + funds {funds} + roundings {rounding} make {expected}:"
    " difference {difference} > 1.00",
    fix=Text(
        "Porta la somma di <ImponibileImporto> a {expected}, o correggi righe e casse; una differenza di solo"
        " arrotondamento va in <Arrotondamento> del riepilogo.",
        "Bring the sum of <ImponibileImporto> to {expected}, or correct lines and funds; what is rounding alone goes"
        " into <Arrotondamento> of the summary.",
    ),
)
def check(rule: Rule, body: Body) -> Iterator[Finding]:
    """Rate by rate; silent where any rate, or an amount at that rate, cannot be read."""
    for each in unequal(body.amounts):
        difference = gap(each.stated, each.expected)
        if difference >= ONE:
            yield _finding(rule, each, difference)


def _finding(rule: Rule, each: Sums, difference: Decimal) -> Finding:
    named = {"rate": each.rate, "found": each.stated, "expected": each.expected, "lines": each.lines}
    named |= {"funds": each.funds, "rounding": each.rounding, "difference": difference}
    args = {name: plain(value) for name, value in named.items()}
    if difference == ONE:
        return rule.at(each.first.children["ImponibileImporto"], Severity.WARNING, message=_EDGE, args=args)
    return rule.at(each.first.children["ImponibileImporto"], args=args)
