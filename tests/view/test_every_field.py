"""Every field of every format can be set by its XML names on an empty document, in any order, and read back."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from lxml import etree

import fatturakit
from fatturakit.schema.lexical import problem
from fatturakit.schema.profiles import PROFILES
from fatturakit.schema.structure import walk
from fatturakit.schema.table import Element, ElementTable, table, tables

SAMPLES = (
    *("1.00", "1", "2026-01-02", "2026-01-02T10:00:00", "Y2lhbw==", "IT", "00100", "ABC", "ABC123", "ABC1234", "SI"),
    *(
        "RSSMRA80A01H501U",
        "IT60X0542811101000000123456",
        "ABCDITMM",
        "a@b.example.it",
        "12345",
        "1234567890123",
        "testo",
    ),
)


def sample(row: Element) -> str:
    kind = row.type
    assert kind is not None
    return row.fixed or next(text for text in (*kind.enumeration, *SAMPLES) if problem(text, kind) is None)


def path_of(row: Element, elements: ElementTable) -> str:
    """The path with a 0 after every name that repeats, attributes with their @."""
    steps, walked = [], ""
    for name in row.path.strip("/").split("/"):
        walked += f"/{name}"
        place = elements.get(walked)
        steps.append(f"{name}/0" if place is not None and place.repeats else name)
    return "/".join(steps[1:])


def simple_rows(elements: ElementTable, root: str) -> Iterator[Element]:
    for row in elements:
        if row.type is not None and row.kind != "complex" and row.path.startswith(f"/{root}/"):
            yield row


ROOTS = [(name, root) for name in tables() for root in table(name).root]


@pytest.mark.parametrize(("name", "root"), ROOTS)
def test_every_field_can_be_set_in_any_order(name: str, root: str) -> None:
    elements = table(name)
    profile = next(each for each in PROFILES if each.name == name)
    document = fatturakit.open(etree.tostring(etree.Element(f"{{{profile.namespace}}}{root}")))
    rows = list(simple_rows(elements, root))
    random.Random(7).shuffle(rows)
    for row in rows:
        document[path_of(row, elements)] = sample(row)
    for row in rows:
        assert document[path_of(row, elements)] is not None, row.path
    again = fatturakit.open(document.to_bytes())
    found = [each for each in walk(again.root, elements) if each.row is None or each.row.name != "Signature"]
    rules = {violation.rule for violation in found}
    assert rules <= {"both"}, rules  # alternatives, all of which were set
    assert len(list(again.root.iter(etree.Element))) > len([row for row in rows if row.kind == "simple"])
