"""Seeded damage to a small audit file: one to three changes in structure or values."""

from __future__ import annotations

import random
from copy import deepcopy

from lxml import etree

VALUES = (
    "",
    " ",
    "0",
    "1",
    "-1",
    "0.00",
    "+1.50",
    "1e3",
    "abc",
    "2025-03-10",
    " 2025-03-10 ",
    "2025-13-01",
    "2025-02-29",
    "1999-12-31",
    "2025-03-10Z",
    "2025-03-10T10:00:00",
    "2025-03-10T10:00:00.123",
    "2025-03-10T10:00:00+01:00",
    "2025-03-10T24:00:00",
    "2025-03-10T25:00:00",
    "2025-03-10 10:00:00",
    "Desconhecido",
    "PT",
    "pt",
    "XX",
    "EUR",
    "USD",
    "FT A/1",
    "FT  A/1",
    "FT A/B/1",
    "FTA1",
    "M07",
    "M07M99",
    "M7",
    "N",
    "A",
    "F",
    "RC",
    "RG",
    "NC",
    "GM",
    "GR",
    "ISE",
    "NA",
    "x" * 31,
    "x" * 101,
    "x" * 300,
    "1-FTM abc/00001",
    "1-FTM a/b/00001",
    "9999.1",
    "00099",
    "12345678901234567890123.123456789",
    "99999999999999999999999999999",
    "C1",
    "C9",
    "P1",
    "S1",
    "211",
    "21",
    "a^b",
    "٣",
    "1\n",
    "\t7",
    "ÁÉ",
)


def mutated(root: etree._Element, seed: int) -> etree._Element:
    """A damaged copy; the same seed gives the same damage."""
    chance = random.Random(seed)
    copy = deepcopy(root)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        nodes = [node for node in copy.iter() if node is not copy]
        if nodes:
            chance.choice(DAMAGES)(chance.choice(nodes), chance)
    return copy


def set_text(node: etree._Element, chance: random.Random) -> None:
    leaf = chance.choice([child for child in node.iter() if len(child) == 0])
    leaf.text = chance.choice(VALUES)


def drop(node: etree._Element, _chance: random.Random) -> None:
    parent = node.getparent()
    assert parent is not None
    parent.remove(node)


def repeat(node: etree._Element, _chance: random.Random) -> None:
    node.addnext(deepcopy(node))


def swap(node: etree._Element, _chance: random.Random) -> None:
    following = node.getnext()
    if following is not None:
        following.addnext(node)


def move(node: etree._Element, chance: random.Random) -> None:
    target = chance.choice(list(node.getroottree().getroot().iter()))
    if not any(above is node for above in (target, *target.iterancestors())):
        target.append(node)


def rename(node: etree._Element, chance: random.Random) -> None:
    other = chance.choice(list(node.getroottree().getroot().iter()))
    node.tag = chance.choice((other.tag, "Estranho", etree.QName(node).localname))


def foreign(node: etree._Element, _chance: random.Random) -> None:
    node.append(etree.Element(node.tag[: node.tag.index("}") + 1] + "Estranho" if "}" in node.tag else "Estranho"))


def attribute(node: etree._Element, _chance: random.Random) -> None:
    node.set("cor", "azul")


def stray_text(node: etree._Element, _chance: random.Random) -> None:
    node.tail = "solto"


def comment(node: etree._Element, _chance: random.Random) -> None:
    node.insert(0, etree.Comment("nota"))


def empty(node: etree._Element, _chance: random.Random) -> None:
    for child in list(node):
        node.remove(child)
    node.text = None


_OTHERS = (repeat, repeat, swap, move, rename, foreign, attribute, stray_text, comment, empty)
DAMAGES = (set_text,) * 9 + (drop,) * 4 + _OTHERS
