"""Seller and buyer are the same subject.

What:    Documents of the types TD01, TD02, TD03, TD06, TD16-TD20, TD24, TD25, TD28, TD29 (simplified: TD07) need two
         subjects. Compared by VAT number; a buyer with only a tax code by that, where it is enough.
Why:     These types tell of a supply between two subjects, also where the buyer writes the document.
Fix:     In TD16-TD20, TD28, TD29 the seller is the supplier. Own consumption and gifts are TD27, exceeding the plafond
         TD21, internal transfers TD26.
Example: A TD01 with IT 01234567897 both as seller and as buyer fails; a TD27 with the same data passes.
Source:  Allegato A 1.9, Appendix 1, 00471 (TD16-TD20 since 2020-05-04, the long list 2022-10-01, TD29 2025-04-01).
"""

from typing import Final

from ...findings import Finding
from ...texts import Text
from ..declare import Rule, control
from ..facts import Body
from ..vocab import listed, same_subject, starting

_TYPES: Final = (
    starting("2020-05-04", "TD16 TD17 TD18 TD19 TD20")
    | starting("2022-10-01", "TD01 TD02 TD03 TD06 TD07 TD24 TD25 TD28")
    | starting("2025-04-01", "TD29")
)


@control(
    "00471",
    area="body",
    since="2020-05-04",
    it="Cedente e cessionario sono lo stesso soggetto, {subject}: il tipo documento {found} non lo ammette",
    en="Seller and buyer are the same subject, {subject}: document type {found} does not allow it",
    fix=Text(
        "Indica come cedente il fornitore; per autoconsumo o omaggi usa TD27, per lo splafonamento TD21.",
        "Name the supplier as seller; for own consumption or gifts use TD27, for exceeding the plafond TD21.",
    ),
)
def check(rule: Rule, body: Body) -> tuple[Finding, ...] | None:
    """Silent when sameness is unknowable offline."""
    if body.tipo not in _TYPES or not same_subject(body.header) or not listed(_TYPES, body.tipo, body.header):
        return None
    args = {"found": body.tipo, "subject": body.header.seller.vat_number or ""}
    return (rule.at(body.general.children["TipoDocumento"], args=args),)
