"""Taxable amount that does not follow from the lines.

What:    For each rate of the summaries (whatever the Natura), the sum of ImponibileImporto must be the sum of the
         lines' PrezzoTotale, the funds' ImportoContributoCassa and the summaries' own Arrotondamento at that rate; a
         difference of more than 1.00 is rejected.
Why:     what is declared must be what was sold.
Fix:     compute ImponibileImporto from the lines; write a rounding difference in the summary's Arrotondamento.
         Discounts belong in the lines: neither the document's ScontoMaggiorazione nor its Arrotondamento counts here.
Example: lines 60.00 + 40.00 and a fund of 4.00, all at 22.00: 104.00 expected, 103.00 to 105.00 pass. Exactly 1.00 of
         difference passes with a warning (Elenco controlli 2.0 says "less than").
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
    " {expected}: differenza {difference} > 1.00",
    en="rate {rate}: taxable {found}, but lines {lines} + funds {funds} + roundings {rounding} make {expected}:"
    " difference {difference} > 1.00",
    fix=Text(
        "Porta la somma di <ImponibileImporto> a {expected}, o correggi le righe.",
        "Bring the sum of <ImponibileImporto> to {expected}, or correct the lines.",
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
