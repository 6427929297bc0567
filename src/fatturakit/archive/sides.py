"""Which of our companies a document concerns, on which side, and why: sent, received or neither.

Who issues is the seller, except in self-invoices (TD16-TD20, TD22, TD23, TD28, TD29): there the buyer writes and sends
the file, and SdI gives it back to the buyer alone. TD21 and TD27 have one company on both sides and are sent once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from ..schema.doctypes import SELF_BILLED
from ..texts import Text
from .facts import Party


class Company(NamedTuple):
    """One of our own companies. vat: with its country ("IT01234567890"); tax_codes: its other codes."""

    vat: str
    tax_codes: tuple[str, ...] = ()


class Side(NamedTuple):
    """A document seen from a company; company "" and direction "unknown" when it concerns none of ours."""

    company: str
    direction: str
    reason: str


REASONS: Final = {
    "seller": Text("il cedente è nostro", "the seller is ours"),
    "buyer": Text("il cessionario è nostro", "the buyer is ours"),
    "both": Text(
        "cedente e cessionario sono entrambi nostri: emessa da uno, ricevuta dall'altro",
        "seller and buyer are both ours: sent by one, received by the other",
    ),
    "self": Text(
        "autofattura o integrazione: la emette il cessionario, che è nostro",
        "self-invoice: the buyer issues it, and the buyer is ours",
    ),
    "supplied": Text(
        "autofattura o integrazione emessa dal cliente; il cedente è nostro",
        "self-invoice issued by the customer; the seller is ours",
    ),
    "oneself": Text(
        "stessa azienda da entrambe le parti: emessa una volta sola",
        "the same company on both sides: sent once",
    ),
    "unknown": Text(
        "né il cedente né il cessionario è fra le proprie aziende", "neither seller nor buyer is one of our companies"
    ),
}


class Companies:
    """Our companies, found by VAT number or tax code."""

    def __init__(self, companies: Iterable[Company]) -> None:
        self.all = tuple(companies)
        self._by_code: dict[str, str] = {}
        for company in self.all:
            codes = [company.vat, *company.tax_codes, *([company.vat[2:]] if company.vat.startswith("IT") else [])]
            self._by_code.update((code.upper(), company.vat) for code in codes)

    def of(self, party: Party) -> str:
        """The company a party is, "" for somebody else."""
        twice = party.code if party.code.upper().startswith(party.country.upper()) else ""  # AT and ATU12345678
        return self._find(party.vat_number) or self._find(twice) or self._find(party.tax)

    def _find(self, code: str) -> str:
        return self._by_code.get(code.upper(), "") if code else ""


def key_of(vat: str) -> str:
    """A company as the archive knows it, however it is written: in capitals, an Italian number with its country.

    >>> key_of("01234567890"), key_of("it 01234567890")
    ('IT01234567890', 'IT01234567890')
    """
    name = bare(vat)
    return f"IT{name}" if name.isdecimal() and len(name) == 11 else name


def bare(code: str) -> str:
    """A number or tax code without spaces, in capitals."""
    return "".join(code.split()).upper()


def sides_of(types: Iterable[str], seller: Party, buyer: Party, ours: Companies) -> tuple[Side, ...]:
    """The sides of a document by its TipoDocumento (of every invoice in it) and its parties."""
    selling, buying = ours.of(seller), ours.of(buyer)
    known = set(types)
    if not selling and not buying:
        return (Side("", "unknown", "unknown"),)
    if selling == buying:
        return (Side(selling, "sent", "oneself"),)
    if known and known <= SELF_BILLED:
        return (Side(buying, "sent", "self"),) if buying else (Side(selling, "received", "supplied"),)
    reason = "both" if selling and buying else ""
    sent = Side(selling, "sent", reason or "seller")
    received = Side(buying, "received", reason or "buyer")
    return tuple(side for side in (sent, received) if side.company)
