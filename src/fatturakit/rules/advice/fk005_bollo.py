"""Stamp duty is expected and not declared.

What:    More than 77.47 euro with Natura N2.1, N2.2, N3.5, N3.6 or N4 (the tax authority's list B), and no
         BolloVirtuale: a warning. Passed only together with N1, or in reverse charge (INVCONT): info. Silent when a
         line has one of the exclusions NB1, NB2, NB3, for credit notes and for documents to oneself.
Why:     Two euro of stamp duty are normally due; the tax authority asks for them later, by the list B of the quarter.
Fix:     Add DatiBollo with BolloVirtuale SI (the charge to the buyer, if any, is one more line), or NB1, NB2, NB3.
Example: N2.2 for 100.00 without BolloVirtuale: a warning. At exactly 77.47 nothing is said.
         N4 and N1, 50.00 + 40.00 = 90.00: a note.
Source:  DPR 642/72, tariff art. 13; which Natura counts is accounting practice; our advice, no SdI control.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from ...findings import Finding, Severity
from ...money import ZERO, total
from ...texts import Text
from ..amounts import plain
from ..declare import Rule, control
from ..facts import Block, Body
from ._sums import natures

_LIST_B: Final = frozenset({"N2.1", "N2.2", "N3.5", "N3.6", "N4"})
_TYPES: Final = frozenset({"TD01", "TD02", "TD03", "TD05", "TD06", "TD24", "TD25", "TD26"})
_EXEMPT: Final = frozenset({"NB1", "NB2", "NB3"})
_THRESHOLD: Final = Decimal("77.47")


@control(
    "FK005",
    area="body",
    needs="Natura",
    formats="FPA12 FPR12",
    it="{found} euro senza IVA, oltre 77,47: ci si aspetta l'imposta di bollo, ma <BolloVirtuale> manca",
    en="{found} euro without VAT, over 77.47: stamp duty is expected, and <BolloVirtuale> is missing",
    fix=Text(
        "Aggiungi <DatiBollo> con <BolloVirtuale>SI, o NB1, NB2, NB3 in <AltriDatiGestionali> se non è dovuta.",
        "Add <DatiBollo> with <BolloVirtuale>SI, or NB1, NB2, NB3 in <AltriDatiGestionali> when it is not due.",
    ),
)
def check(rule: Rule, body: Body) -> Iterator[Finding]:
    """Add up what is outside VAT, first without N1."""
    outside = natures(body, lambda natura: natura in _LIST_B or natura == "N1")
    if not outside or body.tipo not in _TYPES or body.general.has("DatiBollo"):
        return
    listed, notes = [row for row in outside if row.get("Natura") in _LIST_B], _notes(body)
    if body.general.get("Divisa") != "EUR" or notes & _EXEMPT or _sum(outside) <= _THRESHOLD:
        return
    certain = _sum(listed) > _THRESHOLD
    severity = Severity.WARNING if certain and "INVCONT" not in notes else Severity.INFO
    rows = listed if certain else outside
    yield rule.at(rows[0].node, severity, args={"found": plain(_sum(rows))})


def _sum(rows: list[Block]) -> Decimal:
    return total(row.number("ImponibileImporto") or ZERO for row in rows)


def _notes(body: Body) -> set[str]:
    """The kinds of 2.2.1.16 AltriDatiGestionali on the lines."""
    extras = (extra for line in body.lines for extra in line.each("AltriDatiGestionali"))
    return {(extra.get("TipoDato") or "").upper() for extra in extras}
