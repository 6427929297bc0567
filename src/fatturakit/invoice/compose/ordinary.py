"""Invoices, credit notes and documents to oneself in the ordinary format (FPR12, FPA12)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple

from ...money import ZERO, less, total
from ...texts import Text
from . import charges, checks, lines, payments, references, sides
from .charges import Held, Summary
from .kinds import KINDS, VAT_DUE
from .lines import Charge, Context, Line
from .parties import ordinary_buyer, ordinary_seller, plain_party
from .reader import NO, YES, Leaf, Section, Xml

_PLAIN: Final = {"number": "Numero", "date": "Data", "art73": "Art73"}


class Goods(NamedTuple):
    """The lines with everything computed on them."""

    lines: list[Line]
    funds: list[Line]
    stamped: bool
    held: list[Held]
    summary: Summary


def compose(document: Section, tipo: str, folder: Path) -> tuple[Xml, Xml, str, str]:
    """Header, body, format and file name."""
    who = sides.read(document, tipo)
    regime, format_ = sides.regime(who.seller), sides.ordinary_format(who)
    checks.parties(document, tipo, who.seller, who.buyer)
    transmission, name = sides.transmission(document, who, format_)
    header: Xml = {"DatiTrasmissione": transmission, **_others(document, tipo)}
    header["CedentePrestatore"] = ordinary_seller(who.seller, regime)
    header["CessionarioCommittente"] = ordinary_buyer(who.buyer)
    return header, _body(document, tipo, regime, folder), format_, name


def _others(document: Section, tipo: str) -> Xml:
    found: Xml = {}
    if section := document.sub("tax_representative"):
        found["RappresentanteFiscale"] = plain_party(section)
    if section := document.sub("intermediary"):
        found["TerzoIntermediarioOSoggettoEmittente"] = plain_party(section)
        found["SoggettoEmittente"] = Leaf("TZ", section.path)
    if KINDS[tipo].own == "buyer":
        found["SoggettoEmittente"] = Leaf("CC", "type")
    return found


def _body(document: Section, tipo: str, regime: str, folder: Path) -> Xml:
    goods = _goods(document, tipo, regime if KINDS[tipo].own == "seller" else "")
    general: Xml = {"TipoDocumento": Leaf(tipo, "type")}
    issued = _issued(document, general)
    whole = _totals(document, tipo, goods, general)
    references.check_dates(document, issued)
    body: Xml = {"DatiGenerali": {"DatiGeneraliDocumento": general, **references.general(document)}}
    rows = lines.numbered(goods.lines)
    body["DatiBeniServizi"] = {"DettaglioLinee": rows, "DatiRiepilogo": goods.summary.rows}
    due = less(whole, goods.summary.split, *(each.amount for each in goods.held))
    body["DatiPagamento"] = payments.read(document, due)
    body["Allegati"] = references.attachments(document, folder)
    if vehicle := document.sub("vehicle"):
        row: Xml = {}
        body["DatiVeicoli"] = row
        vehicle.fill(row, {"date": "Data", "distance": "TotalePercorso"})
        vehicle.close(row)
    return body


def _issued(document: Section, general: Xml) -> date | None:
    document.need("number", "date")
    document.fill(general, _PLAIN)
    general["Divisa"] = Leaf((document.text("currency") or "EUR").upper(), "currency")
    general["Causale"] = references.notes(document)
    checks.number(document)
    return document.day("date")


def _goods(document: Section, tipo: str, regime: str) -> Goods:
    due = document.choice("vat_due", VAT_DUE, "I") or ""
    held = document.has("withholding")
    context = Context(tipo, regime, due, document.text("law"), tipo == "TD16", held)
    document.need("lines")
    found = [lines.read(section, context) for section in document.each("lines")]
    _intent(document, found, tipo)
    found += lines.discounted(document, found, document.text("discount_text", "Sconto") or "")
    funds = [charges.fund(section, found, context) for section in document.each("funds")]
    stamped = _stamped(document, tipo, [line.charge for line in found + funds], exempt=charges.exempt(found))
    if stamped and document.flag("charge_stamp"):
        found.append(_stamp_line())
    document.ignore("charge_stamp")
    every = [line.charge for line in found + funds]
    withheld = [charges.withhold(section, every) for section in document.each("withholding")]
    checks.regime(document, regime, withheld, split=any(charge.due == "S" for charge in every))
    return Goods(found, funds, stamped, withheld, charges.summarise(every))


def _intent(document: Section, found: list[Line], tipo: str) -> None:
    section = document.sub("intent")
    sales = [line for line in found if line.charge.natura == "N3.5"]
    if section:
        for line in sales:
            lines.add_intent(section, line.xml)
    named = any(map(lines.names_letter, found))
    checks.intent(document, {line.charge.natura for line in found}, tipo, named=named)


def _stamped(document: Section, tipo: str, every: list[Charge], *, exempt: bool) -> bool:
    """Yes and no are the user's; else by the law's threshold."""
    word = str(document.take("stamp") or "auto").lower()
    if word in YES | NO:
        return word in YES
    if word != "auto":
        document.note("stamp", _STAMP, found=word)
    euro = (document.text("currency") or "EUR").upper() == "EUR"
    return KINDS[tipo].stamped and euro and not exempt and charges.outside(every) > charges.THRESHOLD


def _stamp_line() -> Line:
    law = "Escluso art. 15 DPR 633/72"
    charge = Charge(charges.DUTY, ZERO, "N1", law, "", withheld=False, funded=False, path="charge_stamp")
    return lines.made("Imposta di bollo assolta in modo virtuale", charge)


def _totals(document: Section, tipo: str, goods: Goods, general: Xml) -> Decimal:
    """ImportoTotaleDocumento and what stands before it; the total is the answer."""
    rounding, off = document.number("rounding") or ZERO, document.number("final_discount") or ZERO
    whole = less(total([goods.summary.taxable, goods.summary.vat, rounding]), off)
    checks.sign(document, tipo, whole)
    if off:
        row = {"Tipo": Leaf("SC", "final_discount"), "Importo": Leaf(off, "final_discount")}
        general["ScontoMaggiorazione"] = row
    if rounding:
        general["Arrotondamento"] = Leaf(rounding, "rounding")
    if goods.stamped:
        general["DatiBollo"] = {"BolloVirtuale": Leaf("SI", "stamp"), "ImportoBollo": Leaf(charges.DUTY, "stamp")}
    general["DatiCassaPrevidenziale"] = [fund.xml for fund in goods.funds]
    general["DatiRitenuta"] = [each.xml for each in goods.held]
    general["ImportoTotaleDocumento"] = Leaf(whole, "lines")
    return whole


_STAMP: Final = Text("«{found}»: auto, yes o no", "“{found}”: auto, yes or no")
