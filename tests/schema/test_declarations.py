"""Every declaration once, without chance: each type at the borders of its facets, each place away and doubled."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

import pytest
from lxml import etree

from fatturakit.schema.table import table, tables

from ..shared import needs_shared
from .judges import official, ours
from .lexical import every
from .mutate import elements, place_of
from .seeds import Seed, built

OLD = ("ordinary-1.1", "ordinary-1.0")  # nearly all their declarations are those of 1.2.3
Case = tuple[str, etree._Element]


def places(seed: Seed) -> dict[str, etree._Element]:
    """The first element of a document at each path."""
    form, found = table(seed.vocabulary), dict[str, etree._Element]()
    for node in elements(seed.root):
        if place := place_of(node, form):
            found.setdefault(place.path, node)
    return found


def texts(seed: Seed, done: set[str]) -> Iterator[Case]:
    """Each type at the first place it has, with every text; the document is changed back and forth."""
    form = table(seed.vocabulary)
    for path, node in places(seed).items():
        place = form.get(path)
        if place and place.type and place.type_name + str(place.default) not in done:
            done.add(place.type_name + str(place.default))
            old = node.text
            for text in every(place.type):
                node.text = text
                yield f"{path} = {text!r}", seed.root
            node.text = old


def attribute_texts(seed: Seed) -> Iterator[Case]:
    """Each attribute of the root away, with every text of its type, and with some that a fixed one must refuse."""
    for place in table(seed.vocabulary).attributes(f"/{etree.QName(seed.root).localname}"):
        for text in (None, "1.0", "Si", "si", *(every(place.type) if place.type else ())):
            root = deepcopy(seed.root)
            root.set(place.name, text or "")
            if text is None:
                del root.attrib[place.name]
            yield f"{place.path} = {text!r}", root


def arrangements(node: etree._Element, siblings: list[etree._Element]) -> dict[str, list[etree._Element]]:
    """What may become of the children of a parent when one of them is mistreated."""
    at, empty = siblings.index(node), etree.Element(str(node.tag))
    return {
        "away": [other for other in siblings if other.tag != node.tag],
        "empty": [*siblings[:at], empty, *siblings[at + 1 :]],
        "doubled": [*siblings[:at], deepcopy(node), *siblings[at:]],
        "too early": [*siblings[: at - 1], node, siblings[at - 1], *siblings[at + 1 :]] if at else siblings,
    }


def structures(seed: Seed, done: set[str]) -> Iterator[Case]:
    """Each place away, emptied, doubled, or before its predecessor; the document is changed back and forth."""
    before = etree.tostring(seed.root)
    for path, node in places(seed).items():
        parent = node.getparent()
        if parent is None or path in done:
            continue
        done.add(path)
        siblings = list(parent)
        for way, children in arrangements(node, siblings).items():
            parent[:] = children
            yield f"{path} {way}", seed.root
        parent[:] = siblings
    assert etree.tostring(seed.root) == before, "the next document would not start from a valid one"


def cases(name: str) -> Iterator[Case]:
    """All cases of a vocabulary."""
    done: set[str] = set()
    for seed in built(name):
        if not seed.origin.endswith("least"):
            yield from texts(seed, done)
            yield from structures(seed, done)
            yield from attribute_texts(seed)


@needs_shared
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow if name in OLD else ()) for name in tables()]
)
def test_same_verdict_on_every_declaration(name: str) -> None:
    """Both schemas agree on every case, and each verdict occurs."""
    verdicts = [(case, official(name).validate(root), ours(name).validate(root)) for case, root in cases(name)]
    assert [verdict for verdict in verdicts if verdict[1] != verdict[2]] == []
    assert {theirs for _, theirs, _ in verdicts} == {True, False}
    assert len(verdicts) > 500
