"""What is computed over the lines: pension funds, withholding, stamp duty, the VAT summary and the totals."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final, NamedTuple

from ...money import ZERO, cents, percent, total
from .kinds import STAMPED
from .lines import HUNDRED, Charge, Context, Line, named_data, tax, taxed
from .reader import Leaf, Section, Xml

THRESHOLD: Final = Decimal("77.47")
DUTY: Final = Decimal("2.00")
_ON_INCOME: Final = frozenset({"RT01", "RT02"})
_COMMISSIONS: Final = frozenset("QRSTUVW")
_EXEMPT: Final = frozenset({"NB1", "NB2", "NB3", "INVCONT"})


class Held(NamedTuple):
    """One withholding: what is written, how much; on_income: RT01 or RT02; fee: on one that is no commission."""

    xml: Xml
    amount: Decimal
    on_income: bool
    fee: bool


def fund(section: Section, lines: list[Line], context: Context) -> Line:
    """DatiCassaPrevidenziale: a share of the lines it applies to (all but those outside VAT by art. 15)."""
    section.need("type", "rate")
    rate, base = section.number("rate"), section.number("base")
    if base is None:
        base = total(line.charge.amount for line in lines if line.charge.funded)
    amount = cents(percent(base, rate or ZERO))
    inps = (section.text("type") or "").upper() == "TC22"  # its recharge is income as the fee is
    charge = taxed(_with_rate(section, lines), context, amount, held=inps)
    xml: Xml = {}
    section.fill(xml, {"type": "TipoCassa", "administration_reference": "RiferimentoAmministrazione"})
    xml["AlCassa"] = Leaf(rate, section.at("rate"))
    xml["ImportoContributoCassa"] = Leaf(amount, section.at("rate"))
    xml["ImponibileCassa"] = Leaf(cents(base), section.at("base"))
    tax(xml, charge)
    section.close(xml)
    return Line(xml, charge)


def _with_rate(section: Section, lines: list[Line]) -> Section:
    """A fund without a rate of its own is taxed as its lines are, when they all are alike."""
    if section.has("vat") or section.has("nature"):
        return section
    alike = {(line.charge.rate, line.charge.natura, line.charge.law) for line in lines if line.charge.funded}
    if len(alike) == 1:
        rate, natura, law = alike.pop()
        section.assume(vat=rate if rate or not natura else None, nature=natura, law=law)
    return section


def withhold(section: Section, charges: Iterable[Charge]) -> Held:
    """DatiRitenuta: a share of the lines and funds that bear it."""
    section.need("type", "rate", "reason")
    rate, base, share = section.number("rate"), section.number("base"), section.number("share")
    if base is None:
        base = total(charge.amount for charge in charges if charge.withheld)
    amount = cents(percent(percent(base, HUNDRED if share is None else share), rate or ZERO))
    xml: Xml = {}
    kind, reason = (section.text("type") or "").upper(), (section.text("reason") or "").upper()
    xml["TipoRitenuta"] = Leaf(kind, section.at("type"))
    xml["ImportoRitenuta"] = Leaf(amount, section.at("rate"))
    xml["AliquotaRitenuta"] = Leaf(rate, section.at("rate"))
    xml["CausalePagamento"] = Leaf(reason, section.at("reason"))
    section.close(xml)
    on_income = kind in _ON_INCOME
    return Held(xml, amount, on_income, on_income and reason[:1] not in _COMMISSIONS)


def outside(charges: Iterable[Charge]) -> Decimal:
    """What counts for stamp duty: amounts outside VAT (DPR 642/72, tariff, art. 13)."""
    return total(charge.amount for charge in charges if charge.natura in STAMPED and not charge.rate)


def exempt(lines: Iterable[Line]) -> bool:
    """Whether a line says that no stamp duty is due (NB1, NB2, NB3) or that it is an accounting note (INVCONT)."""
    return any(kind in _EXEMPT for line in lines for kind, _ in named_data(line.xml))


class Summary(NamedTuple):
    """The VAT summary and its sums. split: VAT the buyer pays to the state itself."""

    rows: list[Xml]
    taxable: Decimal
    vat: Decimal
    split: Decimal


def summarise(charges: Iterable[Charge]) -> Summary:
    """One DatiRiepilogo for each rate, Natura, law and EsigibilitaIVA; Imposta is rounded half up once a row."""
    groups: dict[tuple[Decimal, str, str, str], Decimal] = {}
    for charge in charges:
        key = (charge.rate, charge.natura, charge.due, charge.law)
        groups[key] = total([groups.get(key, ZERO), charge.amount])
    taxes = [cents(percent(base, rate)) for (rate, *_), base in groups.items()]
    rows = [_row(*key, base, vat) for (key, base), vat in zip(groups.items(), taxes, strict=True)]
    split = total(vat for (key, vat) in zip(groups, taxes, strict=True) if key[2] == "S")
    return Summary(rows, total(groups.values()), total(taxes), split)


def _row(rate: Decimal, natura: str, due: str, law: str, base: Decimal, vat: Decimal) -> Xml:
    row: Xml = {"AliquotaIVA": Leaf(rate, "lines"), "ImponibileImporto": Leaf(base, "lines")}
    row["Imposta"] = Leaf(vat, "lines")
    for name, value in (("Natura", natura), ("EsigibilitaIVA", due), ("RiferimentoNormativo", law)):
        if value:
            row[name] = Leaf(value, "law" if name == "RiferimentoNormativo" else "lines")
    return row
