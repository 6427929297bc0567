"""Simplified invoices and notes (FSM10): gross amounts with the VAT in them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Final

from ...money import portion, total
from . import charges, checks, references, sides
from .kinds import KINDS
from .lines import HUNDRED, Charge, Context, rated
from .parties import simplified_buyer, simplified_seller
from .reader import NO, YES, Leaf, Section, Xml

FORMAT: Final = "FSM10"


def compose(document: Section, tipo: str, folder: Path) -> tuple[Xml, Xml, str, str]:
    """Header, body, format and file name."""
    who = sides.read(document, tipo)
    regime = sides.regime(who.seller)
    checks.parties(document, tipo, who.seller, who.buyer)
    transmission, name = sides.transmission(document, who, FORMAT)
    header: Xml = {"DatiTrasmissione": transmission}
    header["CedentePrestatore"] = simplified_seller(who.seller, regime)
    header["CessionarioCommittente"] = simplified_buyer(who.buyer)
    return header, _body(document, tipo, regime, folder), FORMAT, name


def _body(document: Section, tipo: str, regime: str, folder: Path) -> Xml:
    document.need("number", "date", "lines")
    context = Context(tipo, regime, "", document.text("law"), both=False, held=False)
    rows = [_line(section, context) for section in document.each("lines")]
    every = [charge for _, charge in rows]
    amount = total(charge.amount for charge in every)
    checks.simplified(document, regime, amount)
    checks.sign(document, tipo, amount)
    general = _general(document, tipo)
    if _stamped(document, tipo, every):
        general["BolloVirtuale"] = Leaf("SI", "stamp")
    body: Xml = {"DatiGenerali": {"DatiGeneraliDocumento": general}, "DatiBeniServizi": [xml for xml, _ in rows]}
    if corrected := document.sub("corrects"):
        body["DatiGenerali"]["DatiFatturaRettificata"] = _corrected(corrected)
    body["Allegati"] = references.attachments(document, folder)
    return body


def _general(document: Section, tipo: str) -> Xml:
    general: Xml = {"TipoDocumento": Leaf(tipo, "type")}
    document.fill(general, {"number": "Numero", "date": "Data"})
    general["Divisa"] = Leaf((document.text("currency") or "EUR").upper(), "currency")
    checks.number(document)
    issued = document.day("date")
    corrected = document.sub("corrects")
    day = corrected.day("date") if corrected else None
    if issued and day and corrected and day > issued:
        corrected.note("date", references.LATER, found=day, issued=issued)
    return general


def _line(section: Section, context: Context) -> tuple[Xml, Charge]:
    section.need("description", "amount")
    amount = section.number("amount") or Decimal(0)
    charge = rated(section, context, amount)
    xml: Xml = {"Importo": Leaf(amount, section.at("amount"))}
    section.fill(xml, {"description": "Descrizione"})
    included = portion(amount, charge.rate, total([HUNDRED, charge.rate]))
    xml["DatiIVA"] = {
        "Imposta": Leaf(included, section.at("vat")),
        "Aliquota": Leaf(charge.rate, section.at("vat")),
    }
    if charge.natura:
        xml["Natura"] = Leaf(charge.natura, section.at("nature"))
        xml["RiferimentoNormativo"] = Leaf(charge.law, section.at("law"))
    section.close(xml)
    return xml, charge


def _corrected(section: Section) -> Xml:
    row: Xml = {}
    section.need("number", "date", "elements")
    section.fill(row, {"number": "NumeroFR", "date": "DataFR", "elements": "ElementiRettificati"})
    section.close(row)
    return row


def _stamped(document: Section, tipo: str, every: list[Charge]) -> bool:
    word = str(document.take("stamp") or "auto").lower()
    if word in YES | NO:
        return word in YES
    return KINDS[tipo].stamped and charges.outside(every) > charges.THRESHOLD
