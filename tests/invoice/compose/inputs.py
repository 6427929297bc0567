"""Inputs that make correct documents: the parties tests know, and Hypothesis strategies over every document type."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

ITALY = {"street": "Via Roma 1", "postcode": "20121", "city": "Milano", "province": "MI"}
OWN = {"vat": "IT07803150148", "name": "Officina Bruno S.r.l.", "code": "ABC1234", "address": ITALY}
OTHER = {"vat": "IT07661260112", "name": "Arredi Mareschi S.r.l.", "pec": "a@pec.example.it", "address": ITALY}
PERSON = {"tax_code": "RSSMRA80A01H501U", "first_name": "Mario", "last_name": "Rossi", "address": ITALY}
OFFICE = {"tax_code": "80004000933", "name": "Comune di Esempio", "code": "UFABC1", "address": ITALY}
IRISH = {
    "vat": "IE6388047V",
    "name": "Cloud Hosting Ltd",
    "address": {"street": "1 Quay", "city": "Dublin", "country": "IE"},
}
SWISS = {"name": "Kaffeehaus AG", "address": {"street": "Bahnhofstrasse 1", "city": "Bern", "country": "CH"}}
SAMMARINESE = {
    "vat": "SM03473",
    "name": "Titano S.p.A.",
    "address": {"street": "Via Tre 3", "city": "Serravalle", "country": "SM"},
}
TOURIST = {"first_name": "Ann", "last_name": "Lee", "tax_code": "P123", "address": SWISS["address"] | {"country": "FR"}}

SALES = ("TD01", "TD02", "TD03", "TD04", "TD05", "TD06", "TD24", "TD25", "TD26")
FOREIGN_SUPPLIER = ("TD17", "TD18", "TD19", "TD28")
ITALIAN_SUPPLIER = ("TD16", "TD20", "TD22", "TD23", "TD29")
ALONE = ("TD21", "TD27")
SIMPLE = ("TD07", "TD08", "TD09")
NATURES = ("N1", "N2.1", "N3.1", "N3.2", "N3.3", "N3.4", "N4", "N5", "N6.1", "N6.3", "N6.7", "N6.8", "N7")

MINIMUM, MAXIMUM = date(2025, 7, 1), date(2026, 11, 1)
TRANSFER = {"method": "bank_transfer", "due": "2026-12-20", "iban": "IT60X0542811101000000123456"}
CARD = {"method": "card"}

LATIN = st.text(st.characters(min_codepoint=33, max_codepoint=0xFF, exclude_categories=("Cc", "Cf", "Zs")), min_size=1)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Words of Latin-1, without what FK007 takes for a slip of encoding ("Ã¨")."""
    return draw(LATIN.map(lambda text: text.replace("Ã", "A").replace("Â", "A")[:60]))


def amounts(least: str = "0.01", most: str = "99999", places: int = 2) -> st.SearchStrategy[Decimal]:
    return st.decimals(Decimal(least), Decimal(most), places=places, allow_nan=False)


PRICES = st.integers(0, 8).flatmap(lambda places: amounts("1", "9999", places))
PERCENT = st.decimals(0, 60, places=2).map(lambda number: f"{number}%")
DISCOUNTS = st.lists(PERCENT | amounts("0", "0.9", 4), max_size=3)


@st.composite
def line(draw: st.DrawFn, rates: list[int], natures: tuple[str, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {"description": draw(texts()), "price": draw(PRICES)}
    if draw(st.booleans()):
        found["quantity"] = draw(amounts("0.01", "999", 4))
    if draw(st.booleans()):
        found["discounts"] = draw(DISCOUNTS)
    if natures and (not rates or draw(st.booleans())):
        found["nature"] = draw(st.sampled_from(natures))
    else:
        found["vat"] = draw(st.sampled_from(rates))
    return found


@st.composite
def ordinary(draw: st.DrawFn) -> dict[str, Any]:
    """A sale of any type to any kind of buyer, with whatever may come with it."""
    regime = draw(st.sampled_from(["RF01", "RF01", "RF19"]))
    rates, natures = ([], ("N2.2", "N1")) if regime == "RF19" else ([22, 10, 5, 4], NATURES)
    given: dict[str, Any] = {
        "type": draw(st.sampled_from(SALES)),
        "number": f"{draw(st.integers(1, 99999))}/{draw(st.sampled_from(['A', '2026', 'b-1']))}",
        "date": draw(st.dates(MINIMUM, MAXIMUM)),
        "seller": OWN | {"regime": regime},
        "buyer": draw(st.sampled_from([OTHER, PERSON, OFFICE, IRISH, SWISS, SAMMARINESE, TOURIST])),
        "lines": draw(st.lists(line(rates, natures), min_size=1, max_size=8)),
    }
    given["stamp"] = draw(st.sampled_from(["auto", "auto", True]))
    given["charge_stamp"] = draw(st.booleans())
    _maybe(draw, given, "discounts", st.lists(PERCENT, min_size=1, max_size=2))
    _maybe(draw, given, "rounding", amounts("-0.50", "0.50"))
    _maybe(draw, given, "notes", texts())
    if regime == "RF01":
        _fees(draw, given)
    if given["type"] != "TD04":
        _maybe(draw, given, "payments", st.lists(st.sampled_from([TRANSFER, CARD]), min_size=1, max_size=4))
    return given


def _fees(draw: st.DrawFn, given: dict[str, Any]) -> None:
    fund = st.fixed_dictionaries(
        {"type": st.sampled_from(["TC01", "TC22"]), "rate": st.sampled_from([4, 2]), "vat": st.just(22)}
    )
    _maybe(draw, given, "funds", st.lists(fund, min_size=1, max_size=2))
    if draw(st.booleans()):
        given["withholding"] = [{"type": "RT01", "rate": 20, "reason": "A"}]
        given["vat_due"] = draw(st.sampled_from(["immediate", "deferred"]))
    else:
        given["vat_due"] = draw(st.sampled_from(["immediate", "deferred", "split"]))


def _maybe(draw: st.DrawFn, given: dict[str, Any], key: str, values: st.SearchStrategy[Any]) -> None:
    if draw(st.booleans()):
        given[key] = draw(values)


@st.composite
def self_billed(draw: st.DrawFn) -> dict[str, Any]:
    """A document a company sends to itself, by its own side and the supplier's."""
    tipo = draw(st.sampled_from(FOREIGN_SUPPLIER + ITALIAN_SUPPLIER + ALONE))
    given: dict[str, Any] = {
        "type": tipo,
        "number": f"{draw(st.integers(1, 9999))}",
        "date": draw(st.dates(MINIMUM, MAXIMUM)),
        "company": OWN,
        "linked": [{"number": "88", "date": "2025-06-01"}],
        "lines": draw(st.lists(line([22, 10, 4], ()), min_size=1, max_size=5)),
    }
    if tipo == "TD16":
        for row in given["lines"]:
            row["nature"] = draw(st.sampled_from(["N6.1", "N6.3", "N6.7"]))
    if tipo not in ALONE:
        abroad = [SAMMARINESE] if tipo == "TD28" else [IRISH, SWISS]
        given["counterparty"] = draw(st.sampled_from(abroad if tipo in FOREIGN_SUPPLIER else [OTHER]))
    return given


@st.composite
def simplified(draw: st.DrawFn) -> dict[str, Any]:
    """A simplified invoice or note within the limit."""
    tipo = draw(st.sampled_from(SIMPLE))
    taxed = {"vat": st.sampled_from([22, 10, 4])}
    untaxed = {"nature": st.sampled_from(["N1", "N2.1", "N4", "N5"])}
    common = {"description": texts(), "amount": amounts("0.01", "99")}
    row = st.fixed_dictionaries(common | taxed) | st.fixed_dictionaries(common | untaxed)
    given = {
        "type": tipo,
        "number": f"S{draw(st.integers(1, 999))}",
        "date": draw(st.dates(MINIMUM, MAXIMUM)),
        "seller": OWN,
        "buyer": draw(st.sampled_from([{"vat": "IT07661260112"}, {"tax_code": "RSSMRA80A01H501U"}, OTHER, IRISH])),
        "lines": draw(st.lists(row, min_size=1, max_size=4)),
    }
    if tipo != "TD07":
        given["corrects"] = {"number": "1", "date": "2025-06-01", "elements": "tutto"}
    return given
