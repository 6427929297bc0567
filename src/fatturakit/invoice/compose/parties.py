"""Seller, buyer and whoever sends: from plain values to the blocks of the header, ordinary or simplified."""

from __future__ import annotations

from typing import Final

from ...taxid import tax_code_fault, vat_fault
from ...texts import Text
from .kinds import UNION
from .reader import Leaf, Section, Xml, put

_NAMES: Final = {
    "name": "Denominazione",
    "first_name": "Nome",
    "last_name": "Cognome",
    "title": "Titolo",
    "eori": "CodEORI",
}
_ADDRESS: Final = {
    "street": "Indirizzo",
    "number": "NumeroCivico",
    "postcode": "CAP",
    "city": "Comune",
    "province": "Provincia",
}
_REGISTER: Final = {
    "name": "AlboProfessionale",
    "province": "ProvinciaAlbo",
    "number": "NumeroIscrizioneAlbo",
    "date": "DataIscrizioneAlbo",
}
_REA: Final = {"office": "Ufficio", "number": "NumeroREA", "capital": "CapitaleSociale"}
_CONTACTS: Final = {"phone": "Telefono", "fax": "Fax", "email": "Email"}
_SELLERS: Final = ("regime", "rea", "register", "phone", "fax", "email", "administration_reference")
_BUYERS: Final = ("code", "pec")
NOBODY: Final = "99999999999"
PERSON: Final = "0000000"


class Party:
    """One party as read: its tax numbers, and the blocks to write."""

    def __init__(self, section: Section) -> None:
        self.section = section
        self.names: Xml = {}
        section.fill(self.names, _NAMES)
        self.country = _country(section)
        self.vat = self._vat()
        self.tax_code = self._tax_code()
        self.address = address(section.sub("address"), section.at("address"), self.country)

    def require(self) -> None:
        """Note a missing name or address: only the buyer of a simplified invoice does without."""
        self.section.need("address")
        if not ("Denominazione" in self.names or {"Nome", "Cognome"} <= self.names.keys()):
            self.section.note("name", _NAMELESS)

    @property
    def italian(self) -> bool:
        """Whether the VAT number, or without one the address, is Italian."""
        return (self.vat[0] if self.vat else self.country) == "IT"

    @property
    def company(self) -> bool:
        """Whether it has a company's name."""
        return "Denominazione" in self.names

    def identity(self) -> Xml:
        """IdFiscaleIVA and CodiceFiscale."""
        found: Xml = {}
        if self.vat:
            found["IdFiscaleIVA"] = tax_id(self.vat, self.section.at("vat"))
        if self.tax_code:
            found["CodiceFiscale"] = Leaf(self.tax_code, self.section.at("tax_code"))
        return found

    def sender(self) -> tuple[str, str] | None:
        """Country and code of IdTrasmittente: the tax code of an Italian, else the VAT number."""
        if self.tax_code and self.italian:
            return "IT", self.tax_code
        return self.vat

    def subject(self) -> str | None:
        """What tells one subject from another."""
        return "".join(self.vat) if self.vat else self.tax_code

    def _vat(self) -> tuple[str, str] | None:
        """Country and number; abroad a stand-in where there is none."""
        given = (self.section.text("vat") or "").replace(" ", "").upper()
        if given:
            return self._checked(given)
        if self.country == "IT":
            return None
        private = self.section.text("tax_code")
        if self.country in UNION:
            return self.country, private or PERSON
        return (self.country, private) if private else ("OO", NOBODY)

    def _checked(self, given: str) -> tuple[str, str] | None:
        country, code = (given[:2], given[2:]) if given[:2].isalpha() else (self.country, given)
        if country == "IT" and vat_fault(code):
            self.section.note("vat", _BAD_VAT, found=given)
        return country, code

    def _tax_code(self) -> str | None:
        """Only Italian ones are a CodiceFiscale: a code of another country stands in the VAT number."""
        code = (self.section.text("tax_code") or "").replace(" ", "").upper()
        if not code or (self.country != "IT" and tax_code_fault(code)):
            return None
        if tax_code_fault(code):
            self.section.note("tax_code", _BAD_CODE, found=code)
        return code


def address(section: Section | None, path: str, country: str) -> Xml:
    """An address block; abroad CAP is 00000 and there is no province."""
    found: Xml = {}
    if section is None:
        return found
    abroad = country != "IT"
    section.need("street", "city", *(() if abroad else ("postcode",)))
    section.fill(found, _ADDRESS)
    if abroad:
        outside = found.pop("CAP", None)
        found.pop("Provincia", None)
        found["CAP"] = Leaf("00000", f"{path}.postcode")
        if outside and "Comune" in found:
            found["Comune"] = Leaf(f"{outside.value} {found['Comune'].value}", found["Comune"].path)
    section.take("country")
    found["Nazione"] = Leaf(country, f"{path}.country")
    section.close(found)
    return found


def tax_id(number: tuple[str, str], path: str) -> Xml:
    """IdPaese and IdCodice."""
    return {"IdPaese": Leaf(number[0], path), "IdCodice": Leaf(number[1], path)}


def seller_extras(section: Section) -> Xml:
    """REA, contacts and the rest of CedentePrestatore."""
    found: Xml = {}
    contacts: Xml = {}
    section.fill(contacts, _CONTACTS)
    if contacts:
        found["Contatti"] = contacts
    if rea := section.sub("rea"):
        found["IscrizioneREA"] = _rea(rea)
    section.fill(found, {"administration_reference": "RiferimentoAmministrazione"})
    return found


def _rea(section: Section) -> Xml:
    found: Xml = {}
    section.need("office", "number")
    section.fill(found, _REA)
    if (alone := section.flag("sole_shareholder")) is not None:
        found["SocioUnico"] = Leaf("SU" if alone else "SM", section.at("sole_shareholder"))
    closing = section.flag("in_liquidation")
    found["StatoLiquidazione"] = Leaf("LS" if closing else "LN", section.at("in_liquidation"))
    section.close(found)
    return found


def ordinary_seller(party: Party, regime: str) -> Xml:
    """CedentePrestatore of the ordinary format."""
    section = party.section
    section.ignore(*_BUYERS)
    party.require()
    person = {**party.identity(), "Anagrafica": party.names, "RegimeFiscale": Leaf(regime, section.at("regime"))}
    if register := section.sub("register"):
        register.fill(person, _REGISTER)
        register.close()
    found: Xml = {"DatiAnagrafici": person, "Sede": party.address, **seller_extras(section)}
    _branch(party, found)
    section.close(found)
    return found


def ordinary_buyer(party: Party) -> Xml:
    """CessionarioCommittente of the ordinary format."""
    section = party.section
    section.ignore(*_SELLERS)
    party.require()
    found: Xml = {"DatiAnagrafici": {**party.identity(), "Anagrafica": party.names}, "Sede": party.address}
    _branch(party, found)
    section.close(found)
    return found


def simplified_seller(party: Party, regime: str) -> Xml:
    """CedentePrestatore of the simplified format."""
    party.section.ignore(*_BUYERS)
    party.require()
    extras = seller_extras(party.section)
    extras.pop("Contatti", None)
    found: Xml = {**party.identity(), **_plain_names(party), "Sede": party.address, **extras}
    found["RegimeFiscale"] = Leaf(regime, party.section.at("regime"))
    party.section.close(found)
    return found


def simplified_buyer(party: Party) -> Xml:
    """CessionarioCommittente of the simplified format; name and address only together."""
    party.section.ignore(*_SELLERS)
    found: Xml = {"IdentificativiFiscali": party.identity()}
    if party.address and party.names:
        found["AltriDatiIdentificativi"] = {**_plain_names(party), "Sede": party.address}
    party.section.close(found)
    return found


def _plain_names(party: Party) -> Xml:
    return {name: value for name, value in party.names.items() if name in {"Denominazione", "Nome", "Cognome"}}


def _branch(party: Party, found: Xml) -> None:
    branch = party.section.sub("branch")
    if branch:
        found["StabileOrganizzazione"] = address(branch, branch.path, "IT")


def _country(section: Section) -> str:
    """The country of the address, else of the VAT number, else Italy."""
    place = section.sub("address")
    if place and (named := place.text("country")):
        return named.upper()
    given = (section.text("vat") or "").strip().upper()
    return given[:2] if given[:2].isalpha() and given else "IT"


def plain_party(section: Section) -> Xml:
    """DatiAnagrafici of a tax representative or of a third party that issues the document."""
    party = Party(section)
    party.section.ignore("address")
    section.close()
    return {"DatiAnagrafici": {**party.identity(), "Anagrafica": party.names}}


def transmitter(section: Section | None, own: Party) -> tuple[Xml, tuple[str, str] | None]:
    """IdTrasmittente and ContattiTrasmittente, and the identifier itself for the file name."""
    found: Xml = {}
    number, path = own.sender(), own.section.at("vat")
    if section is not None:
        section.need("id")
        given = (section.text("id") or "").replace(" ", "").upper()
        country = (section.text("country") or "IT").upper()
        number, path = (country, given.removeprefix("IT") if len(given) == 13 else given), section.at("id")
        section.fill(found, {"phone": "ContattiTrasmittente/Telefono", "email": "ContattiTrasmittente/Email"})
        section.close()
    if number:
        put(found, "IdTrasmittente", tax_id(number, path))
    return found, number


_NAMELESS: Final = Text("serve name, oppure first_name e last_name", "takes name, or first_name and last_name")
_BAD_VAT: Final = Text("«{found}» non può essere una partita IVA italiana", "“{found}” cannot be an Italian VAT number")
_BAD_CODE: Final = Text("«{found}» non può essere un codice fiscale", "“{found}” cannot be an Italian tax code")
