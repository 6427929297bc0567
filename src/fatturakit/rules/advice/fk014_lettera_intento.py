"""A sale on a letter of intent that does not name the letter.

What:    A line with Natura N3.5 and, on no line, an AltriDatiGestionali INTENTO whose RiferimentoTesto is the number
         of the receipt: 17 digits, - or /, 6 digits. From 2022-01-01; not for credit notes and documents to oneself.
Why:     It ties the sale without VAT to the letter; SdI rejects the letters recorded as invalidated (00477).
Fix:     TipoDato INTENTO, RiferimentoTesto like 08060120341234567-000001, RiferimentoData the day of the receipt.
Example: RiferimentoTesto 08060120341234567-000001 is right; "dichiarazione n. 12 del 2026" warns.
Source:  Allegato A 1.9.1, block 2.2.1.16 (TipoDato INTENTO); our advice beside 00477.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from ...findings import Finding, Severity
from ...texts import Text
from ..declare import Rule, control
from ..facts import Block, Body
from ..vocab import CREDIT_NOTES
from ._sums import TO_ONESELF, natures

_SINCE: Final = date(2022, 1, 1)
_RECEIPT: Final = re.compile(r"(?<![0-9])[0-9]{17}\s?[-/]\s?[0-9]{6}(?![0-9])")


@control(
    "FK014",
    area="body",
    needs="N3.5",
    formats="FPA12 FPR12",
    it="Natura N3.5 senza il protocollo della dichiarazione d'intento (INTENTO, 17 cifre, - o /, 6 cifre): «{found}»",
    en="Natura N3.5 without the receipt of the letter of intent (INTENTO, 17 digits, - or /, 6 digits): “{found}”",
    fix=Text(
        "In <AltriDatiGestionali>: TipoDato INTENTO, RiferimentoTesto come 08060120341234567-000001.",
        "In <AltriDatiGestionali>: TipoDato INTENTO, RiferimentoTesto like 08060120341234567-000001.",
    ),
)
def check(rule: Rule, body: Body) -> Iterator[Finding]:
    """One letter well named on any line is enough."""
    if not natures(body, lambda natura: natura == "N3.5") or body.tipo in TO_ONESELF | CREDIT_NOTES:
        return
    sales = [line for line in body.lines if line.get("Natura") == "N3.5"]
    if not sales or body.data is None or body.data < _SINCE:
        return
    letters = [extra for line in body.lines for extra in line.each("AltriDatiGestionali") if _is_letter(extra)]
    named = [letter.get("RiferimentoTesto") or "" for letter in letters]
    if not any(map(_RECEIPT.search, named)):
        node = letters[0].node if letters else sales[0].children["Natura"]
        yield rule.at(node, Severity.WARNING, args={"found": named[0] if named else ""})


def _is_letter(extra: Block) -> bool:
    return (extra.get("TipoDato") or "").upper().startswith("INTENTO")
