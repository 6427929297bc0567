"""Where a fact can be broken in any composed document: parties, bodies, lines, groups, and wrong values for them.

What a change must leave alone, every other control says.
"""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any, Final

from . import amounts, parties
from .breakers import BODY, HEADER, free_line
from .tree import Tree

RATES: Final = ("22.00", "10.00", "5.00", "4.00", "2.00")
UNTAXED: Final = ("N1", "N3.1", "N3.2", "N4", "N5")
OLD_UNTAXED: Final = ("N1", "N4", "N5")


def is_light(tree: Tree) -> bool:
    """A simplified invoice."""
    return bool(tree["@versione"] == "FSM10")


def seller(tree: Tree) -> Tree:
    """The block with the seller's identifiers."""
    block: Tree = tree[HEADER]["CedentePrestatore"]
    return block if is_light(tree) else block["DatiAnagrafici"]


def buyer(tree: Tree) -> Tree:
    """The block with the buyer's identifiers."""
    block: Tree = tree[HEADER]["CessionarioCommittente"]
    return block["IdentificativiFiscali" if is_light(tree) else "DatiAnagrafici"]  # type: ignore[no-any-return]


def country(block: Tree) -> str:
    """IdPaese of a party; empty without IdFiscaleIVA."""
    return block.get("IdFiscaleIVA", {}).get("IdPaese", "")  # type: ignore[no-any-return]


def way(tree: Tree) -> Tree:
    """DatiTrasmissione."""
    return tree[HEADER]["DatiTrasmissione"]  # type: ignore[no-any-return]


def abroad(tree: Tree) -> bool:
    """Sent to the code for buyers in other countries."""
    return bool(way(tree)["CodiceDestinatario"] == "XXXXXXX")


def tipi(tree: Tree) -> set[str]:
    """The document types of all bodies."""
    return {general(body)["TipoDocumento"] for body in tree[BODY]}


def general(body: Tree) -> Tree:
    """DatiGeneraliDocumento."""
    return body["DatiGenerali"]["DatiGeneraliDocumento"]  # type: ignore[no-any-return]


def goods(body: Tree) -> Any:
    """DatiBeniServizi: one block, or the rows of a simplified invoice."""
    return body["DatiBeniServizi"]


def lines(body: Tree) -> list[Tree]:
    """DettaglioLinee; of a simplified invoice DatiBeniServizi."""
    found = goods(body)
    return found if isinstance(found, list) else found["DettaglioLinee"]  # type: ignore[no-any-return]


def rows(body: Tree) -> list[Tree]:
    """DatiRiepilogo."""
    return goods(body)["DatiRiepilogo"]  # type: ignore[no-any-return]


def funds(body: Tree) -> list[Tree]:
    """DatiCassaPrevidenziale."""
    return general(body).get("DatiCassaPrevidenziale") or []


def rate_of(block: Tree) -> str:
    """AliquotaIVA of a line, fund or summary; Aliquota of a simplified row."""
    return str(block["DatiIVA"]["Aliquota"] if "DatiIVA" in block else block["AliquotaIVA"])


def taxed(blocks: list[Tree]) -> list[Tree]:
    """Those at a rate, without Natura."""
    return [each for each in blocks if Decimal(rate_of(each)) and "Natura" not in each]


def untaxed(blocks: list[Tree]) -> list[Tree]:
    """Those at zero."""
    return [each for each in blocks if not Decimal(rate_of(each))]


def other_natura(body: Tree, rng: random.Random) -> str:
    """A Natura nothing in the body has, of those that fit every day the document may be judged on."""
    known = OLD_UNTAXED if general(body)["Data"] < "2021-01-01" else UNTAXED
    used = {each.get("Natura") for each in (*lines(body), *funds(body), *rows(body))}
    return rng.choice([natura for natura in known if natura not in used] or ["N7"])


def empty_row(rate: str, natura: str = "") -> Tree:
    """A summary of nothing."""
    row = {"AliquotaIVA": rate, "ImponibileImporto": "0.00", "Imposta": "0.00"}
    return row | ({"Natura": natura} if natura else {})


def add_line(body: Tree, rate: str, natura: str = "") -> None:
    """A free line; it takes part in no sum."""
    lines(body).append(free_line(rate, natura))


def move(block: Tree, name: str, step: Decimal) -> None:
    """An amount grows or shrinks."""
    block[name] = amounts.written(Decimal(block.get(name) or "0") + step)


def step(rng: random.Random, least: str, most: str) -> Decimal:
    """A difference of so many cents, up or down."""
    low, high = (int(Decimal(each) * 100) for each in (least, most))
    return Decimal(rng.randint(low, high)).scaleb(-2) * rng.choice((1, -1))


def follow(row: Tree) -> None:
    """The tax of a summary from its base."""
    row["Imposta"] = amounts.written(amounts.tax_on(row["AliquotaIVA"], Decimal(row["ImponibileImporto"])))


def wrong_vat(rng: random.Random) -> str:
    """What cannot be a VAT number: a wrong check digit, too short, too long, letters, zeros."""
    right = parties.vat_number(rng)
    spoilt = right[:-1] + str((int(right[-1]) + rng.randint(1, 9)) % 10)
    return rng.choice((spoilt, spoilt, right[:-1], right + "0", right[:-1] + "A", "0" * 11))


def wrong_code(rng: random.Random) -> str:
    """What cannot be a tax code: a wrong control character, a wrong check digit, a length in between, any letters."""
    right, number = parties.tax_code(rng), parties.vat_number(rng)
    last = rng.choice([letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if letter != right[-1]])
    spoilt = number[:-1] + str((int(number[-1]) + rng.randint(1, 9)) % 10)
    return rng.choice((right[:-1] + last, right[:-1] + last, spoilt, right[:-1], "A" * 16))
