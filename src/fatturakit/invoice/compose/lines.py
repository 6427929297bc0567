"""Lines: what was sold, at which price, with which VAT; discounts on a line and on the whole document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from ...money import ZERO, cents, less, percent, portion, product, total
from ...texts import Text
from .kinds import FLAT_RATE, GENERIC, LAWS, LINE_KINDS, VAT_DUE
from .reader import Leaf, Problems, Section, Xml, put

_PLAIN: Final = {
    "description": "Descrizione",
    "unit": "UnitaMisura",
    "administration_reference": "RiferimentoAmministrazione",
}
_EXTRA: Final = {
    "type": "TipoDato",
    "text": "RiferimentoTesto",
    "number": "RiferimentoNumero",
    "date": "RiferimentoData",
}
_RECEIPT: Final = re.compile(r"[0-9]{17}[-/][0-9]{6}")
HUNDRED: Final = Decimal(100)
_PLUS, _MINUS = Decimal(1), Decimal(-1)


class Context(NamedTuple):
    """What the lines need to know of the document: defaults, and what its type allows.

    both: a rate and a Natura may stand together (TD16); held: there is withholding, borne by lines that do not say no.
    """

    tipo: str
    regime: str
    due: str
    law: str | None
    both: bool
    held: bool


class Charge(NamedTuple):
    """An amount at a rate: a line or a fund, as the summaries and what is computed on them see it."""

    amount: Decimal
    rate: Decimal
    natura: str
    law: str
    due: str
    withheld: bool
    funded: bool
    path: str


class Line(NamedTuple):
    """A line as it will be written, and its charge."""

    xml: Xml
    charge: Charge


def read(section: Section, context: Context) -> Line:
    """One line of the input."""
    xml: Xml = {}
    section.need("description", "price")
    section.fill(xml, _PLAIN)
    if kind := section.choice("kind", LINE_KINDS):
        xml["TipoCessionePrestazione"] = Leaf(kind, section.at("kind"))
    amount = _amount(section, xml)
    charge = taxed(section, context, amount, held=True)
    _periods(section, xml)
    _codes(section, xml)
    tax(xml, charge)
    section.close(xml)
    return Line(xml, charge)


def taxed(section: Section, context: Context, amount: Decimal, *, held: bool) -> Charge:
    """The VAT of a line or fund with when it falls due and what bears on it; held: bears withholding by default."""
    charge = rated(section, context, amount)
    due = section.choice("vat_due", VAT_DUE, context.due) or ""
    withheld, funded = section.flag("withholding"), section.flag("fund")
    included = charge.natura != "N1"
    if withheld is None:
        withheld = held and context.held and included
    elif withheld and not context.held:
        section.note("withholding", _NO_WITHHOLDING)
    if charge.natura and not charge.rate:
        due = ""
    return charge._replace(due=due, withheld=withheld, funded=included if funded is None else funded)


def rated(section: Section, context: Context, amount: Decimal) -> Charge:
    """The VAT of a line: its rate, or its Natura with the law behind it."""
    natura = (section.text("nature") or "").upper()
    rate = section.number("vat")
    if rate is None and not natura and context.regime == "RF19" and not section.has("vat"):
        natura = "N2.2"
    rate = _rate(section, rate, natura, context)
    law = section.text("law") or ""
    if natura:
        law = law or context.law or _law(section, natura, context)
    return Charge(amount, rate, natura, law, "", withheld=False, funded=False, path=section.path)


def _rate(section: Section, rate: Decimal | None, natura: str, context: Context) -> Decimal:
    if natura in GENERIC:
        section.note("nature", _GENERIC, found=natura, known=GENERIC[natura])
    if rate is None and not natura:
        if not section.has("vat"):
            section.note("vat", _NO_RATE)
        return ZERO
    rate = rate or ZERO
    if fault := _fault(rate, natura, context):
        section.note(fault[0], fault[1], found=f"{rate:f}", natura=natura)
    return rate


def _fault(rate: Decimal, natura: str, context: Context) -> tuple[str, Text] | None:
    """The first thing that is wrong with a rate, and the entry to blame."""
    cases = (
        (rate < 0 or 0 < rate < 1 or rate > HUNDRED, "vat", _BAD_RATE),
        (not rate and not natura, "nature", _NO_NATURE),
        (bool(rate and natura) and not context.both, "nature", _BOTH),
        (not rate and context.tipo == "TD21", "vat", _TD21),
        (bool(rate) and context.regime == "RF19", "vat", _FLAT),
    )
    return next(((key, text) for wrong, key, text in cases if wrong), None)


def _law(section: Section, natura: str, context: Context) -> str:
    if natura == "N2.2" and context.regime == "RF19":
        return FLAT_RATE
    if natura not in LAWS and natura[:1] == "N" and natura not in GENERIC:
        section.note("law", _NO_LAW, found=natura)
    return LAWS.get(natura, "")


def _amount(section: Section, xml: Xml) -> Decimal:
    """Price, adjusted by each discount in order, times the quantity, rounded half up to cents."""
    price, quantity = section.number("price"), section.number("quantity")
    xml["PrezzoUnitario"] = Leaf(price, section.at("price"))
    if quantity is not None:
        xml["Quantita"] = Leaf(quantity, section.at("quantity"))
    unit = price or ZERO
    for sign, xml_name, key in ((_MINUS, "SC", "discounts"), (_PLUS, "MG", "surcharges")):
        for place, value in enumerate(section.items(key)):
            path = f"{section.at(key)}[{place}]"
            part, leaf = adjustment(value, path, section.problems)
            xml.setdefault("ScontoMaggiorazione", []).append({"Tipo": Leaf(xml_name, path), **leaf})
            change = percent(unit, part) if "Percentuale" in leaf else part
            unit = total([unit, product(sign, change)])
    amount = cents(unit if quantity is None else product(unit, quantity))
    xml["PrezzoTotale"] = Leaf(amount, section.at("price"))
    return amount


def adjustment(value: object, path: str, problems: Problems) -> tuple[Decimal, Xml]:
    """A discount: "10%" of the price, or an amount off each unit."""
    above, _, key = path.rpartition(".")
    section = Section({key: value}, above, problems)
    percent = isinstance(value, str) and value.strip().endswith("%")
    number = section.number(key)
    if number is None or number < 0:
        problems.note(path, _BAD_DISCOUNT, found=value)
        number = ZERO
    return number, {"Percentuale" if percent else "Importo": Leaf(number, path)}


def _periods(section: Section, xml: Xml) -> None:
    period = section.sub("period")
    if period is not None:
        period.fill(xml, {"from": "DataInizioPeriodo", "to": "DataFinePeriodo"})
        period.close()


def _codes(section: Section, xml: Xml) -> None:
    for code in section.each("codes"):
        row: Xml = {}
        code.need("type", "value")
        code.fill(row, {"type": "CodiceTipo", "value": "CodiceValore"})
        code.close()
        xml.setdefault("CodiceArticolo", []).append(row)
    for extra in section.each("extra"):
        row = {}
        extra.need("type")
        extra.fill(row, _EXTRA)
        extra.close()
        xml.setdefault("AltriDatiGestionali", []).append(row)
    if intent := section.sub("intent"):
        add_intent(intent, xml)


def add_intent(intent: Section, xml: Xml) -> None:
    """The letter of intent of a sale without VAT (N3.5)."""
    intent.need("protocol", "date")
    row: Xml = {"TipoDato": Leaf("INTENTO", intent.path)}
    given = intent.text("protocol") or ""
    if given and not _RECEIPT.fullmatch(given):
        intent.note("protocol", _PROTOCOL, found=given)
    intent.fill(row, {"protocol": "RiferimentoTesto", "date": "RiferimentoData"})
    intent.close()
    xml.setdefault("AltriDatiGestionali", []).append(row)


def named_data(xml: Xml) -> Iterator[tuple[str, str]]:
    """TipoDato in capitals and RiferimentoTesto of every AltriDatiGestionali of a line, however it was given."""
    given = xml.get("AltriDatiGestionali", [])
    for row in given if isinstance(given, list) else [given]:
        if isinstance(row, dict):
            leaves = [row.get(name) for name in ("TipoDato", "RiferimentoTesto")]
            kind, said = [str(leaf.value) if isinstance(leaf, Leaf) else "" for leaf in leaves]
            yield kind.upper(), said


def names_letter(line: Line) -> bool:
    """Whether a line names a letter of intent by its receipt."""
    return any(kind.startswith("INTENTO") and _RECEIPT.search(said) for kind, said in named_data(line.xml))


def tax(xml: Xml, charge: Charge) -> None:
    """AliquotaIVA, Natura and Ritenuta of a line or fund."""
    xml["AliquotaIVA"] = Leaf(charge.rate, f"{charge.path}.vat")
    if charge.natura:
        xml["Natura"] = Leaf(charge.natura, f"{charge.path}.nature")
    if charge.withheld:
        xml["Ritenuta"] = Leaf("SI", f"{charge.path}.withholding")


def made(text: str, charge: Charge) -> Line:
    """A line the document needs that the input does not list: a share of a discount, the stamp duty."""
    xml: Xml = {"Descrizione": Leaf(text, charge.path), "PrezzoUnitario": Leaf(charge.amount, charge.path)}
    xml["PrezzoTotale"] = Leaf(charge.amount, charge.path)
    tax(xml, charge)
    return Line(xml, charge)


def discounted(section: Section, lines: list[Line], text: str) -> Iterator[Line]:
    """Discounts on the whole document, as one negative line for each way the lines are taxed.

    So the taxable amounts come down with them; the block 2.1.1.8 would leave lines and summaries as they are.
    """
    for place, value in enumerate(section.items("discounts")):
        path = f"discounts[{place}]"
        part, leaf = adjustment(value, path, section.problems)
        groups = _groups(lines)
        whole = total(groups.values())
        off = cents(percent(whole, part) if "Percentuale" in leaf else part)
        for like, share in _shares(groups, whole, off):
            line = made(text, like._replace(amount=share.copy_negate(), path=path))
            put(line.xml, "TipoCessionePrestazione", Leaf("SC", path))
            lines = [*lines, line]
            yield line


def _groups(lines: list[Line]) -> dict[Charge, Decimal]:
    groups: dict[Charge, Decimal] = {}
    for line in lines:
        if line.charge.natura == "N1":  # money laid out for the buyer is paid back whole
            continue
        key = line.charge._replace(amount=ZERO, path="")
        groups[key] = total([groups.get(key, ZERO), line.charge.amount])
    return groups


def _shares(groups: dict[Charge, Decimal], whole: Decimal, off: Decimal) -> Iterator[tuple[Charge, Decimal]]:
    """``off`` in proportion, in cents that add up: what is left to give goes with what is left to take from."""
    for like, amount in groups.items():
        share = portion(off, amount, whole)
        whole, off = less(whole, amount), less(off, share)
        if share:
            yield like, share


def numbered(lines: list[Line]) -> list[Xml]:
    """The lines with their numbers, from 1."""
    return [{"NumeroLinea": Leaf(place, line.charge.path), **line.xml} for place, line in enumerate(lines, 1)]


_NO_RATE: Final = Text("manca l'aliquota (o nature, se l'IVA non c'è)", "the rate is missing (or nature, without VAT)")
_BAD_RATE: Final = Text("{found} non è un'aliquota: es. 22, 10, 4, 0", "{found} is not a rate: e.g. 22, 10, 4, 0")
_NO_NATURE: Final = Text("con aliquota 0 serve la natura, es. N4", "rate 0 needs the nature, e.g. N4")
_BOTH: Final = Text(
    "{natura} con un'aliquota: insieme solo nel TD16", "{natura} together with a rate: only a TD16 may have both"
)
_NO_WITHHOLDING: Final = Text(
    "ritenuta sì, ma il documento non ha la voce withholding", "withholding yes, but the document has no withholding"
)
_PROTOCOL: Final = Text(
    "«{found}»: 17 cifre, - o /, 6 cifre, come 08060120341234567-000001",
    "“{found}”: 17 digits, - or /, 6 digits, like 08060120341234567-000001",
)
_TD21: Final = Text("un TD21 serve a versare l'IVA: niente aliquota 0", "a TD21 exists to pay VAT: no rate 0")
_FLAT: Final = Text("il regime forfettario (RF19) non addebita IVA", "the flat-rate regime (RF19) charges no VAT")
_GENERIC: Final = Text("{found} non è più ammessa: scegli {known}", "{found} is no longer accepted: choose {known}")
_NO_LAW: Final = Text("{found} comprende più casi: scrivi la norma", "{found} covers several cases: write the law")
_BAD_DISCOUNT: Final = Text("«{found}» non è uno sconto: es. 10% o 5.00", "“{found}” is no discount: e.g. 10% or 5.00")
