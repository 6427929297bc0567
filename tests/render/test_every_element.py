"""Documents with every element of every format, each with a value of its own: no page loses one."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from itertools import count

import pytest
from lxml import etree

import fatturakit as fk
from fatturakit.schema.profiles import PROFILES, Profile
from fatturakit.schema.table import Element, table

from .documents import LANGUAGES, THEMES
from .reading import missing, visible
from .test_completeness import text_of
from .test_pdf import pages

ROOTS = [(profile, root) for profile in PROFILES for root in sorted(profile.roots)]
CURRENT = [found for found in ROOTS if found[0].is_invoice][:2]


@cache
def full(profile: Profile, root: str, times: int) -> fk.Document:
    """A document with everything in it; times: how often what may repeat stands there."""
    rows, serial = table(profile.name), count(1)
    top = rows.by_name(root)[0]
    tree = etree.Element(f"{{{profile.namespace}}}{root}", nsmap={"p": profile.namespace})
    for row in rows.attributes(top.path):
        tree.set(row.name, value(row, next(serial)))

    def fill(parent: etree._Element, path: str) -> None:
        for row in rows.children(path):
            for _ in range(times if row.repeats else 1):
                child = etree.SubElement(parent, row.name)
                if row.kind == "complex":
                    fill(child, row.path)
                else:
                    child.text = value(row, next(serial))

    fill(tree, top.path)
    return fk.open(etree.tostring(tree, xml_declaration=True, encoding="UTF-8"), name=f"{root}.xml")


def value(row: Element, number: int) -> str:
    """A value of the type of a place that stands nowhere else, except for codes."""
    kind = row.type
    if row.name == "IBAN":
        return f"IT60X0542811101{number:012d}"
    if kind is None:
        return f"V{number:05d}"
    if kind.enumeration:
        return kind.enumeration[number % len(kind.enumeration)]
    if kind.base == "xs:decimal":
        return f"{7000 + number}.{number % 89 + 11}"
    if kind.base in {"xs:date", "xs:dateTime"}:
        day = f"{date(2000, 1, 1) + timedelta(number)}"
        return day if kind.base == "xs:date" else f"{day}T10:{number % 60:02d}:00"
    return f"{100_000 + number}" if kind.base in {"xs:integer", "xs:gYear"} else f"V{number:05d}"


def lost(document: fk.Document, theme: str, lang: str) -> list[str]:
    drawn = fk.render(document, theme=theme, lang=lang)
    assert isinstance(drawn, str)
    return missing(document, visible(drawn), lang.partition("+")[0])


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize(("profile", "root"), ROOTS, ids=lambda found: getattr(found, "name", found))
def test_pages_have_every_element(profile: Profile, root: str, times: int) -> None:
    document = full(profile, root, times)
    themes = THEMES if profile.is_invoice else THEMES[:1]
    assert [found for theme in themes for lang in LANGUAGES if (found := lost(document, theme, lang))] == []


def test_a_title_is_not_left_at_the_foot_of_a_page() -> None:
    drawn = fk.render(full(*CURRENT[0], 1), theme="standard", shape="pdf")
    assert isinstance(drawn, bytes)
    sheets = pages(drawn)
    assert len(sheets) > 1
    lasts = [[line.strip() for line in sheet.splitlines() if line.strip()][-2] for sheet in sheets]
    assert not [line for line in lasts if ":" not in line and not any(map(str.isdigit, line))]


@pytest.mark.slow
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("profile", "root"), ROOTS, ids=lambda found: getattr(found, "name", found))
def test_paper_has_every_element(profile: Profile, root: str, theme: str) -> None:
    document = full(profile, root, 2 if (profile, root) in CURRENT else 1)
    for lang in LANGUAGES:
        drawn = fk.render(document, theme=theme, lang=lang, shape="pdf")
        assert isinstance(drawn, bytes)
        assert missing(document, text_of(drawn), lang.partition("+")[0]) == []
