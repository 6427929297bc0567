"""Lines, funds, summaries, totals and payments that follow from each other, in exact decimals."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, Final

from .tree import Tree

Group = tuple[str, str]
"""AliquotaIVA, and Natura or ""."""
_EXACT: Final = Context(prec=100)
_LETTER: Final = {
    "TipoDato": "INTENTO",
    "RiferimentoTesto": "08060120341234567-000001",
    "RiferimentoData": "2026-01-07",
}


def rounded(value: Decimal, places: int = 2) -> Decimal:
    """Half up."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT)


def written(value: Decimal, places: int = 2) -> str:
    """With at least so many decimals, and no more than it has."""
    return f"{value:f}" if -int(value.as_tuple().exponent) >= places else f"{rounded(value, places):f}"


def tax_on(rate: str, base: Decimal) -> Decimal:
    """Rate times base."""
    return rounded(_EXACT.divide(_EXACT.multiply(Decimal(rate), base), Decimal(100)))


def amount(rng: random.Random, low: int, high: int, places: int) -> Decimal:
    """A number with that many decimals; low and high are whole."""
    unit = 10**places
    return Decimal(rng.randrange(low * unit, high * unit)).scaleb(-places)


def line(rng: random.Random, number: int, group: Group, wish: dict[str, Any]) -> Tree:
    """A DettaglioLinee whose PrezzoTotale is right."""
    low, high = (-1, 0) if number > len(wish["groups"]) and rng.random() < 0.2 else (20, 900)  # something taken off
    price = amount(rng, low, high, rng.choice((2, 2, 4, 8))) * wish["sign"]
    made: Tree = {"NumeroLinea": str(number), "Descrizione": "Tavolo", "PrezzoUnitario": written(price)}
    running, changes = price, []
    for _ in range(rng.choice((0, 0, 1, 3)) if wish["discounts"] else 0):
        running, change = _adjusted(rng, running)
        changes.append(change)
    quantity = amount(rng, 1, 30, rng.choice((2, 3))) if rng.random() < 0.7 else None
    if quantity is not None:
        made["Quantita"] = written(quantity)
    exact = running if quantity is None else _EXACT.multiply(running, quantity)
    made |= {"ScontoMaggiorazione": changes, "PrezzoTotale": written(rounded(exact, rng.choice((2, 5, 8))))}
    return made | _marked(group)


def _marked(group: Group) -> Tree:
    rate, natura = group
    made: Tree = {"AliquotaIVA": rate} | ({"Natura": natura} if natura else {})
    return made | ({"AltriDatiGestionali": dict(_LETTER)} if natura == "N3.5" else {})


def _adjusted(rng: random.Random, price: Decimal) -> tuple[Decimal, Tree]:
    """A discount or surcharge, as a share or an amount or both (then the amount counts), and the price after it."""
    tipo, share, own = rng.choice(("SC", "MG")), amount(rng, 0, 30, 2), amount(rng, 0, 5, rng.choice((2, 6)))
    shapes: tuple[Tree, ...] = (
        {"Percentuale": written(share)},
        {"Importo": written(own)},
        {"Percentuale": written(share), "Importo": written(own)},
    )
    shape = rng.choice(shapes)
    change = own if "Importo" in shape else _EXACT.divide(_EXACT.multiply(price, share), Decimal(100))
    return _EXACT.add(price, change if tipo == "MG" else -change), {"Tipo": tipo, **shape}


def fund(rng: random.Random, group: Group, codes: tuple[str, ...]) -> Tree:
    """A DatiCassaPrevidenziale."""
    rate, natura = group
    made = {"TipoCassa": rng.choice(codes), "AlCassa": "4.00", "AliquotaIVA": rate}
    made["ImportoContributoCassa"] = written(amount(rng, 1, 40, 2))
    return made | ({"Natura": natura} if natura else {})


def sums(lines: list[Tree], funds: list[Tree]) -> dict[Group, Decimal]:
    """The exact total of each group."""
    found: dict[Group, Decimal] = {}
    for node in (*lines, *funds):
        group = node["AliquotaIVA"], node.get("Natura", "")
        money = Decimal(node.get("PrezzoTotale") or node.get("ImportoContributoCassa") or "0")
        found[group] = _EXACT.add(found.get(group, Decimal(0)), money)
    return found


def summaries(rng: random.Random, groups: dict[Group, Decimal], wish: dict[str, Any]) -> list[Tree]:
    """The DatiRiepilogo; a group may be told in two, a rounding may be declared."""
    made: list[Tree] = []
    for group, exact in groups.items():
        base = rounded(exact)
        share = rounded(base / 3) if wish["twice"] else Decimal(0)
        parts = [base - share, share] if wish["twice"] else [base]
        rows = [_summary(group, part, rng, wish) for part in parts]
        if base != exact and rng.random() < 0.5:
            rows[0]["Arrotondamento"] = written(_EXACT.subtract(base, exact))
        made += rows
    return made


def _summary(group: Group, base: Decimal, rng: random.Random, wish: dict[str, Any]) -> Tree:
    rate, natura = group
    made = {"AliquotaIVA": rate, "ImponibileImporto": written(base), "Imposta": written(tax_on(rate, base))}
    if natura or wish["lawful"]:
        made["RiferimentoNormativo"] = "art. 10 DPR 633/72"
    if natura:
        made["Natura"] = natura
    if wish["split"] and not natura.startswith("N6"):
        made["EsigibilitaIVA"] = "S"
    elif rng.random() < 0.5:
        made["EsigibilitaIVA"] = rng.choice(("I", "D"))
    return made


def gross(rows: list[Tree]) -> Decimal:
    """Taxable amounts and taxes together."""
    return sum((Decimal(row["ImponibileImporto"]) + Decimal(row["Imposta"]) for row in rows), Decimal(0))


def split_tax(rows: list[Tree]) -> Decimal:
    """The VAT the buyer pays to the state."""
    return sum((Decimal(row["Imposta"]) for row in rows if row.get("EsigibilitaIVA") == "S"), Decimal(0))


def outside(rows: list[Tree]) -> Decimal:
    """What bears stamp duty."""
    bearing = {"N1", "N2.1", "N2.2", "N3.5", "N3.6", "N4"}
    return sum((Decimal(row["ImponibileImporto"]) for row in rows if row.get("Natura") in bearing), Decimal(0))
