"""A foreign VAT number that its country cannot have issued.

What:    IdCodice of a seller, or of a buyer that is a company, of another EU country (or Northern Ireland, XI) must
         have the form and the check digits of that country. A country prefix repeated in IdCodice is accepted.
Why:     A wrong number is not in VIES, and the sale or purchase loses its intra-EU treatment; SdI does not look.
Fix:     Copy the number from VIES or from the other party's papers.
Example: IdPaese DE with IdCodice 123456788 passes, with 123456789 it warns: the check digits do not fit.
Source:  Our advice, no SdI control; the forms are those python-stdnum knows of each country.
"""

from collections.abc import Iterator
from typing import Final

from ...findings import Finding, Severity
from ...texts import Text
from ..declare import Rule, control
from ..facts import Header, Party
from ._sums import UNION

_EUROPE: Final = UNION | {"XI"}
_STAND_INS: Final = frozenset("09X")


@control(
    "FK001",
    area="header",
    formats="FPA12 FPR12",
    it="«{found}» non può essere una partita IVA di {country}",
    en="“{found}” cannot be a VAT number of {country}",
    fix=Text("Controlla il numero su VIES.", "Check the number in VIES."),
)
def check(rule: Rule, header: Header) -> Iterator[Finding]:
    """Judge sellers, and buyers that are companies: a private buyer carries any code."""
    seller, buyer = header.seller, header.buyer
    if seller.country in _EUROPE:
        yield from _judge(rule, seller)
    if buyer.country in _EUROPE and _is_company(buyer):
        yield from _judge(rule, buyer)


def _judge(rule: Rule, party: Party) -> Iterator[Finding]:
    code = party.code
    if party.vat is None or not code or set(code.upper()) <= _STAND_INS:
        return
    from stdnum.eu import vat

    country = "EL" if party.country == "GR" else party.country
    number = code if code[:2].upper() in {party.country, country} else f"{country}{code}"
    if not vat.is_valid(number):
        yield rule.at(
            party.vat.children["IdCodice"], Severity.WARNING, args={"found": code, "country": party.country or ""}
        )


def _is_company(party: Party) -> bool:
    name = party.block.sub("Anagrafica") if party.block else None
    return name is None or not name.has("Cognome")
