"""Who is who: seller and buyer as given, or one's own company and the counterparty put on the right sides."""

from __future__ import annotations

from typing import Final, NamedTuple

from ...texts import Text
from .kinds import KINDS
from .parties import Party, transmitter
from .reader import Leaf, Problems, Section, Xml

PRIVATE: Final = "0000000"
ABROAD: Final = "XXXXXXX"
_SAN_MARINO: Final = "2R4GTO8"
_OFFICE: Final = 6


class Sides(NamedTuple):
    """The parties of a document; own is the one who issues and sends it."""

    seller: Party
    buyer: Party
    own: Party


def read(document: Section, tipo: str) -> Sides:
    """From ``seller`` and ``buyer``, or from ``company`` and ``counterparty``."""
    side = KINDS[tipo].own
    if document.has("company"):
        own = _party(document, "company")
        alone = side == "both" or (KINDS[tipo].same is None and not document.has("counterparty"))
        other = own if alone else _party(document, "counterparty")
        return Sides(other, own, own) if side == "buyer" else Sides(own, other, own)
    seller = _party(document, "seller")
    buyer = seller if side == "both" and not document.has("buyer") else _party(document, "buyer")
    return Sides(seller, buyer, buyer if side == "buyer" else seller)


def _party(document: Section, key: str) -> Party:
    section = document.sub(key)
    if section is None:
        document.need(key)
        section = Section({}, key, Problems())  # one problem is enough
    return Party(section)


def regime(seller: Party) -> str:
    """RegimeFiscale: as given, RF01 for Italians, RF18 (other) for foreigners, as the tax authority's guide says."""
    return (seller.section.text("regime") or ("RF01" if seller.italian else "RF18")).upper()


def transmission(document: Section, sides: Sides, format_: str) -> tuple[Xml, str]:
    """DatiTrasmissione and the file name."""
    found, number = transmitter(document.sub("transmitter"), sides.own)
    progressive = document.text("progressive", "00001") or ""
    code = recipient(sides)
    section = sides.buyer.section
    found["ProgressivoInvio"] = Leaf(progressive, "progressive")
    found["FormatoTrasmissione"] = Leaf(format_, section.at("code"))
    found["CodiceDestinatario"] = Leaf(code, section.at("code"))
    section.fill(found, {"pec": "PECDestinatario"})
    if code == ABROAD and sides.buyer.italian:
        section.note("code", _NOT_ABROAD)
    if not (progressive.isascii() and progressive.isalnum() and len(progressive) <= 5):
        document.note("progressive", _PROGRESSIVE, found=progressive)
    return found, f"{''.join(number or ())}_{progressive}.xml"


def recipient(sides: Sides) -> str:
    """CodiceDestinatario: as given; abroad XXXXXXX; for San Marino its tax office; else 0000000."""
    buyer = sides.buyer
    given = (buyer.section.text("code") or "").upper()
    if given or buyer.italian:
        return given or PRIVATE
    return _SAN_MARINO if buyer.country == "SM" else ABROAD


def ordinary_format(sides: Sides) -> str:
    """FPA12 for an office of the administration (six characters), else FPR12."""
    return "FPA12" if len(recipient(sides)) == _OFFICE else "FPR12"


_NOT_ABROAD: Final = Text("XXXXXXX è per clienti esteri", "XXXXXXX is for buyers abroad")
_PROGRESSIVE: Final = Text(
    "«{found}»: da 1 a 5 lettere o cifre, es. 00001", "“{found}”: 1 to 5 letters or digits, e.g. 00001"
)
