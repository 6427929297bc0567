"""The facets rewritten for speed judge every value as the schema says."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from lxml import etree

from fatturakit.resources import schema_file
from fatturakit.schema.compiled import XS, quickened
from fatturakit.schema.profiles import PROFILES, Profile
from fatturakit.xmlio import parse_own

LENGTHS = (0, 1, 2, 5, 8, 10, 12, 15, 20, 28, 35, 60, 80, 100, 200, 1000)
CHARACTERS = " \t\n\raZ0~\x7f\x80\xa0\xe8\xff\u0100\u20ac&<\U0001f600"
NUMBERS = "0123456789..-+ eE,\n"


def probed(profile: Profile) -> tuple[etree._ElementTree, list[str]]:
    """The schema with one root element for every named simple type, and the types' names."""
    schema = parse_own(schema_file(profile.file))
    root = schema.getroot()
    names = [str(kind.get("name")) for kind in root.findall(f"{XS}simpleType")]
    for name in names:
        etree.SubElement(root, f"{XS}element", name=f"probe{name}", type=name)
    return schema, names


def values(rng: random.Random) -> Iterator[str]:
    for length in LENGTHS:
        for size in {max(length - 1, 0), length, length + 1}:
            for character in rng.sample(CHARACTERS, 4):
                yield "x" * (size - 1) + character if size else ""
                yield character * size
    for _ in range(150):
        yield "".join(rng.choices(CHARACTERS, k=rng.randint(0, 14)))
        yield "".join(rng.choices(NUMBERS, k=rng.randint(0, 16)))
        yield f"{rng.randint(-(10**13), 10**13) // 10 ** rng.randint(0, 13)}.{'0123456789'[: rng.randint(0, 10)]}"


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_same_verdict_on_every_simple_type(profile: Profile) -> None:
    """Boundary and random values: no difference, also where only ASCII is looked at; and something was rewritten."""
    schema, names = probed(profile)
    as_written = etree.XMLSchema(schema)
    before = etree.tostring(schema)
    ascii_only = etree.XMLSchema(quickened(probed(profile)[0], ascii_only=True))
    quick = quickened(schema)
    if profile.name.startswith("ordinary"):
        assert etree.tostring(quick) != before
    faster, rng = etree.XMLSchema(quick), random.Random(11)
    for name in names:
        node = etree.Element(f"{{{profile.namespace}}}probe{name}")
        for value in values(rng):
            node.text = value
            expected = as_written.validate(node)
            assert expected == faster.validate(node), (name, value)
            assert not value.isascii() or expected == ascii_only.validate(node), (name, value)
