"""Line total that does not add up.

What:    PrezzoTotale must be the unit price, adjusted by each ScontoMaggiorazione in order, times Quantita (1 when
         absent). A difference above 0.01 is rejected, exactly 0.01 warns. Adjustments are per unit; a Percentuale is
         of the running price; beside an Importo it does not count. The expected total is not rounded.
Why:     The lines are what was sold; the summaries build on them.
Fix:     Write total or unit price with more decimals (2 to 8); divide a discount on the whole line by the quantity.
Example: 11 × 81.97 = 901.67: 901.64 is 0.03 off, over 0.01.
         500.00, SC 8.50%, 5.15%, 3.00%, quantity 100:
         500.00 × 0.915 × 0.9485 × 0.97 × 100 = 42092.05875; 42092.05 and 42092.06 pass.
Source:  Elenco controlli 2.0, 00423, with its cases a, b, c; Allegato A 1.9, Appendix 1. What SdI makes of an Importo
         on a negative price is not documented: a total that fits only without the sign of the amount warns.
"""

from collections.abc import Sequence
from decimal import Decimal

from ...findings import Finding, Severity
from ...money import CENT, parse
from ...texts import Text
from ..amounts import gap, line_total, place_number, plain, working
from ..declare import Rule, control
from ..facts import Block, Body

_EDGE = Text(
    "riga {line_number}: PrezzoTotale {found}, calcolato {expected} ({working}): differenza {difference},"
    " pari alla tolleranza",
    "line {line_number}: PrezzoTotale {found}, computed {expected} ({working}): difference {difference},"
    " exactly the tolerance",
)
_SIGN = Text(
    "riga {line_number}: PrezzoTotale {found}, calcolato {expected} ({working}); torna solo se all'importo dello"
    " sconto o della maggiorazione si toglie il segno",
    "line {line_number}: PrezzoTotale {found}, computed {expected} ({working}); it fits only if the amount of the"
    " discount or surcharge is taken without its sign",
)


@control(
    "00423",
    area="body",
    formats="FPA12 FPR12",
    it="riga {line_number}: PrezzoTotale {found}, calcolato {expected} ({working}): differenza {difference} > 0,01",
    en="line {line_number}: PrezzoTotale {found}, computed {expected} ({working}): difference {difference} > 0.01",
    fix=Text(
        "Nel file: <PrezzoTotale>{expected}</PrezzoTotale>, oppure correggi prezzo, sconti (per unità) o quantità.",
        "Write {expected} in <PrezzoTotale>, or correct price, discounts (per unit) and quantity.",
    ),
)
def check(rule: Rule, body: Body) -> Sequence[Finding]:
    """Each line by itself."""
    found = []
    for line in body.lines:
        stated, expected = parse(line.texts.get("PrezzoTotale")), line_total(line)
        if stated is None or expected is None or stated == expected:
            continue
        if gap(stated, expected) >= CENT:
            found.append(_finding(rule, line, stated, expected))
    return found


def _finding(rule: Rule, line: Block, stated: Decimal, expected: Decimal) -> Finding:
    difference, other = gap(stated, expected), None
    if (line.number("PrezzoUnitario") or CENT) < 0:
        other = line_total(line, unsigned=True)
    node = line.children["PrezzoTotale"]
    args = {"line_number": place_number(line), "found": plain(stated), "expected": plain(expected)}
    args |= {"working": working(line), "difference": plain(difference)}
    if difference == CENT:
        return rule.at(node, Severity.WARNING, message=_EDGE, args=args)
    if other is not None and gap(stated, other) <= CENT:
        return rule.at(node, Severity.WARNING, message=_SIGN, args=args)
    return rule.at(node, args=args)
