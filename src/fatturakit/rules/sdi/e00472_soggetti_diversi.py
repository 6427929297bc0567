"""Seller and buyer of a TD21 or TD27 differ.

What:    In TD21 (exceeding the plafond) and TD27 (own consumption, gifts) seller and buyer must be one subject.
         Compared by VAT number; a buyer with only a tax code by that, where both tax codes are known.
Why:     Both documents are written by a subject to itself.
Fix:     Write your own data as seller and as buyer; a document to somebody else has another type.
Example: A TD27 with seller IT 01234567897 and buyer IT 07654320071 fails.
Source:  Allegato A 1.9, Appendix 1, 00472 (TD21 since 2020-05-04, TD27 since 2022-10-01).
"""

from typing import Final

from ...findings import Finding
from ...texts import Text
from ..declare import Rule, control
from ..facts import Body
from ..vocab import listed, same_subject, starting

_TYPES: Final = starting("2020-05-04", "TD21") | starting("2022-10-01", "TD27")


@control(
    "00472",
    area="body",
    needs="TD21 TD27",
    formats="FPA12 FPR12",
    since="2020-05-04",
    it="Con il tipo documento {found} cedente e cessionario devono coincidere, ma sono {seller} e {buyer}",
    en="With document type {found} seller and buyer must be the same, but they are {seller} and {buyer}",
    fix=Text(
        "Scrivi i tuoi dati sia come cedente sia come cessionario, o cambia tipo documento.",
        "Write your own data both as seller and as buyer, or change the document type.",
    ),
)
def check(rule: Rule, body: Body) -> tuple[Finding, ...] | None:
    """Silent when sameness is unknowable offline."""
    if body.tipo not in _TYPES or same_subject(body.header) is not False or not listed(_TYPES, body.tipo, body.header):
        return None
    seller, buyer = body.header.seller, body.header.buyer
    args = {
        "found": body.tipo,
        "seller": seller.vat_number or "",
        "buyer": buyer.vat_number or buyer.tax_code or "",
    }
    return (rule.at(body.general.children["TipoDocumento"], args=args),)
