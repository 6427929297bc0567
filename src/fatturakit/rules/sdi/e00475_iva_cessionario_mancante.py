"""Buyer's VAT number missing in a document the buyer writes.

What:    In TD16-TD20, TD22, TD23, TD28, TD29 the buyer must have IdFiscaleIVA; CodiceFiscale alone is not enough.
Why:     Who writes them owes or deducts the VAT, and so has a VAT number.
Fix:     Write the buyer's IdFiscaleIVA (country and number).
Example: A TD18 with only CodiceFiscale 01234567897 of the buyer fails; with IdFiscaleIVA IT 01234567897 it passes.
Source:  Allegato A 1.9, Appendix 1, 00475 (since 2022-01-01; TD28 since 2022-10-01, TD29 since 2025-04-01).
"""

from typing import Final

from ...findings import Finding
from ...texts import Text
from ..declare import Rule, control
from ..facts import Body
from ..vocab import listed, starting

_TYPES: Final = (
    starting("2022-01-01", "TD16 TD17 TD18 TD19 TD20 TD22 TD23")
    | starting("2022-10-01", "TD28")
    | starting("2025-04-01", "TD29")
)


@control(
    "00475",
    area="body",
    needs="TD16 TD17 TD18 TD19 TD20 TD22 TD23 TD28 TD29",
    formats="FPA12 FPR12",
    since="2022-01-01",
    it="Manca la partita IVA del cessionario/committente, obbligatoria con il tipo documento {found}",
    en="The buyer's VAT number is missing; document type {found} requires it",
    fix=Text("Scrivi <IdFiscaleIVA> del cessionario.", "Write the buyer's <IdFiscaleIVA>."),
)
def check(rule: Rule, body: Body) -> tuple[Finding, ...] | None:
    """Look for the element; an incomplete one is the schema's business."""
    buyer = body.header.buyer
    if buyer.block is None or buyer.vat is not None or not listed(_TYPES, body.tipo, body.header):
        return None
    return (rule.at(buyer.block.node, body=body.index, args={"found": body.tipo}),)
