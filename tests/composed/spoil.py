"""Spoil a composed document at random: amounts by what lies on and around the tolerances, codes, dates, parties."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Final

from . import parties
from .amounts import written
from .invoice import codes
from .tree import Tree

_TWO: Final = {"ImponibileImporto", "Imposta", "ImportoContributoCassa"}
_AMOUNTS: Final = _TWO | {"PrezzoUnitario", "PrezzoTotale", "Importo"}
_AROUND: Final = ("0.005", "0.00999999", "0.01", "0.01000001", "0.02", "0.99999999", "1.00", "1.00000001", "1.01", "5")
_RATES: Final = ("0.00", "0.22", "0.99", "1.00", "4.00", "10.00", "22.00")
_NATURE: Final = ("N1", "N2", "N3", "N4", "N6", "N6.1", "N6.9", "N3.1")
_TIPI: Final = ("TD01", "TD04", "TD05", "TD16", "TD17", "TD20", "TD21", "TD22", "TD26", "TD27", "TD28", "TD29")
_DAYS: Final = ("2020-12-31", "2021-01-01", "2026-01-01", "2026-11-21", "2026-11-22", "2019-06-30")


def blocks(node: Any) -> Iterator[Tree]:
    """Every block of a document."""
    if isinstance(node, list):
        for each in node:
            yield from blocks(each)
    elif isinstance(node, dict):
        yield node
        for value in node.values():
            yield from blocks(value)


def _having(tree: Tree, *names: str) -> list[Tree]:
    return [block for block in blocks(tree) if any(isinstance(block.get(name), str) for name in names)]


def nudge(tree: Tree, rng: random.Random) -> None:
    """One amount moves by a step that matters."""
    block = rng.choice(_having(tree, *_AMOUNTS))
    name = rng.choice([name for name in block if name in _AMOUNTS])
    step = Decimal(rng.choice(_AROUND)) * rng.choice((1, -1))
    simplified = name == "Importo" and "Descrizione" in block
    moved = Decimal(block[name]) + (step.quantize(Decimal("0.01")) if name in _TWO or simplified else step)
    block[name] = rng.choice(("400.00", "400.01")) if simplified and rng.random() < 0.5 else written(moved)


def round_off(tree: Tree, rng: random.Random) -> None:
    """A summary declares a rounding."""
    rows = _having(tree, "ImponibileImporto")
    if rows:
        rng.choice(rows)["Arrotondamento"] = rng.choice(("", "-")) + rng.choice(("0.01", "0.99999999", "1.00", "1.01"))


def rerate(tree: Tree, rng: random.Random) -> None:
    """A rate becomes another."""
    rated = _having(tree, "AliquotaIVA", "Aliquota")
    if rated:
        block = rng.choice(rated)
        block["AliquotaIVA" if "AliquotaIVA" in block else "Aliquota"] = rng.choice(_RATES)


def rename(tree: Tree, rng: random.Random) -> None:
    """A Natura comes, changes or goes."""
    rated = _having(tree, "AliquotaIVA") or [block for block in blocks(tree) if "DatiIVA" in block]
    block = rng.choice(rated)
    if not (block.pop("Natura", None) and rng.random() < 0.5):
        natura = rng.choice(_NATURE)
        block["Natura"] = "N4" if "DatiIVA" in block and natura.startswith("N6") else natura


def retype(tree: Tree, rng: random.Random) -> None:
    """Another document type."""
    rng.choice(_having(tree, "TipoDocumento"))["TipoDocumento"] = (
        rng.choice(("TD07", "TD08", "TD09")) if tree["@versione"] == "FSM10" else rng.choice(_TIPI)
    )


def redate(tree: Tree, rng: random.Random) -> None:
    """A date moves."""
    block = rng.choice(_having(tree, "Data", "DataFR"))
    block["Data" if "Data" in block else "DataFR"] = rng.choice(_DAYS)


def repeat(tree: Tree, rng: random.Random) -> None:
    """A number is used twice, or holds no digit; Art73 comes."""
    block = rng.choice(_having(tree, "Numero"))
    block["Numero"] = rng.choice(("1/A", "1/A", "1/S", "1/S", "SENZA"))
    if tree["@versione"] != "FSM10" and rng.random() < 0.3:
        block["Art73"] = "SI"


def identify(tree: Tree, rng: random.Random) -> None:
    """A party's identifier changes, moves or goes."""
    known = [block for block in blocks(tree) if "IdFiscaleIVA" in block]
    vat = parties.vat(
        rng.choice(("IT", "IT", "SM", "OO", "DE")), rng.choice(("01879020517", "01879020516", "80007010376"))
    )
    block = rng.choice(known) if known else {}
    if block.keys().isdisjoint(("RegimeFiscale", "Denominazione")) and rng.random() < 0.3:
        block.pop("IdFiscaleIVA", None)
        block["CodiceFiscale"] = rng.choice(("01879020517", "RSSMRA80A01H501U", "RSSMRA80A01H501X"))
    elif block:
        block["IdFiscaleIVA"] = vat


def redirect(tree: Tree, rng: random.Random) -> None:
    """Another recipient, another format."""
    way = tree["FatturaElettronicaHeader"]["DatiTrasmissione"]
    simplified = tree["@versione"] == "FSM10"
    way["CodiceDestinatario"] = rng.choice(("XXXXXXX", "0000000", "ABC1234") + (() if simplified else ("ABC123",)))
    if rng.random() < 0.3:
        way["PECDestinatario"] = rng.choice(("sdi01@pec.fatturapa.it", "SDI1@PEC.FATTURAPA.IT", "sdi@pec.fatturapa.it"))
    if not simplified and rng.random() < 0.2:
        way["FormatoTrasmissione"] = rng.choice(("FPA12", "FPR12"))


def mark(tree: Tree, rng: random.Random) -> None:
    """Ritenuta, EsigibilitaIVA, an unmeasured discount."""
    lines = _having(tree, "PrezzoTotale")
    if not lines:
        return
    choice = rng.randrange(4)
    if choice == 0:
        rng.choice(lines)["Ritenuta"] = "SI"
    elif choice == 1:
        rng.choice(_having(tree, "Imposta"))["EsigibilitaIVA"] = "S"
    elif choice == 2:
        place = rng.choice((rng.choice(lines), rng.choice(_having(tree, "TipoDocumento"))))
        place["ScontoMaggiorazione"] = [{"Tipo": rng.choice(codes("TipoScontoMaggiorazione"))}]
    else:
        line = rng.choice(lines)
        line["PrezzoUnitario"], line["PrezzoTotale"] = (f"-{line[name].lstrip('-')}" for name in _PRICES)


_PRICES: Final = ("PrezzoUnitario", "PrezzoTotale")
Way = Callable[[Tree, random.Random], None]
WAYS: Final[tuple[Way, ...]] = (
    *(nudge,) * 6,
    *(round_off, round_off, rerate, rerate, rename, rename, retype, retype),
    *(redate, repeat, repeat, identify, identify, redirect, mark, mark),
)


def spoil(tree: Tree, rng: random.Random) -> list[str]:
    """Spoil it in one to four ways; answers with their names."""
    ways = rng.choices(WAYS, k=rng.randrange(1, 5))
    for way in ways:
        way(tree, rng)
    return [way.__name__ for way in ways]
