"""Country of the seller does not suit the document type.

What:    In TD17, TD18, TD19, TD28 the seller's IdPaese must not be IT (OO, for Livigno and Campione, may be); in TD29
         it must be IT. Until 2024-01-31 a TD28 was for San Marino only: SM.
Why:     The first tell of purchases from abroad, TD29 of an Italian supplier who did not invoice.
Fix:     Write the supplier, with its country, as seller; a purchase in Italy under reverse charge is TD16.
Example: A TD17 with seller IT fails, with DE it passes; a TD29 with DE fails, with IT it passes.
Source:  Allegato A 1.9, Appendix 1, 00473 (TD17-TD19 since 2020-05-04, TD28 since 2022-10-01, TD29 since 2025-04-01);
         the end of the restriction to SM: version 1.8.
"""

from datetime import date
from typing import Final

from ...findings import Finding
from ...texts import Text
from ..declare import Rule, control
from ..facts import Body
from ..vocab import listed, starting

_FOREIGN: Final = starting("2020-05-04", "TD17 TD18 TD19") | starting("2022-10-01", "TD28")
_TYPES: Final = _FOREIGN | starting("2025-04-01", "TD29")
_ANY_ABROAD_SINCE: Final = date(2024, 2, 1)
_NOT_IT: Final = Text("diverso da IT", "other than IT")
_IT: Final = Text("IT", "IT")
_SM: Final = Text("SM", "SM")


@control(
    "00473",
    area="body",
    needs="TD17 TD18 TD19 TD28 TD29",
    formats="FPA12 FPR12",
    since="2020-05-04",
    it="Il paese del cedente è {country}: con il tipo documento {found} deve essere {expected}",
    en="The seller's country is {country}: with document type {found} it must be {expected}",
    fix=Text(
        "Indica come cedente il fornitore, con il paese che gli ha dato la partita IVA, o cambia tipo documento.",
        "Name the supplier as seller, with the country of its VAT number, or change the document type.",
    ),
)
def check(rule: Rule, body: Body) -> tuple[Finding, ...] | None:
    """Silent when the country is missing."""
    seller, expected = body.header.seller, _expected(body)
    if seller.vat is None or seller.country is None or not listed(_TYPES, body.tipo, body.header):
        return None
    if seller.country != "IT" if expected is _NOT_IT else seller.country == expected.it:
        return None
    args = {"country": seller.country, "found": body.tipo, "expected": expected}
    return (rule.at(seller.vat.children["IdPaese"], body=body.index, args=args),)


def _expected(body: Body) -> Text:
    if body.tipo == "TD28" and body.header.as_of < _ANY_ABROAD_SINCE:
        return _SM
    return _NOT_IT if body.tipo in _FOREIGN else _IT
