"""Values nobody expects, in every field of every kind of document, through everything that reads them."""

from __future__ import annotations

import html
import re
import warnings
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from typing import Any

import html5lib
import pytest
from lxml import etree

import fatturakit as fk
from fatturakit.archive.archive import Archive
from fatturakit.invoice.summary import summarise
from fatturakit.render.naming import names_of
from fatturakit.report.screen import Page, Style
from fatturakit.report.screen_summary import screen

from ..shared import ROOT

FIXTURES = ROOT / "fixtures"
KINDS = (
    "invoices/IT07599810939_PA001.xml",
    "invoices/IT07654320071_00002.xml",
    "simplified/*.xml",
    "messages/*_NS_001.xml",
    "messages/*_NE_001.xml",
    "messages/*_MT_001.xml",
    "old/IT07566400953_V1000.xml",
)
PATHS = [path for pattern in KINDS for path in sorted(FIXTURES.glob(pattern))[:1]]
ODD = (
    *("9" * 5_000, "-" + "9" * 30, "²", "١٢", "1E+999999999", "NaN", "Infinity", "0.00000000000000000001", "-0", ""),
    *("9" * 5_000 + "-01-01", "0000-01-01", "9999-12-31", "9999-12-31T23:59:59-14:00", "2026-02-30", "UEsDBA=="),
    *("{0}{name}", "%s%n", "\u202e\ufeff", "\ud7ff", "=1+1", "&lt;!DOCTYPE a&gt;", "a" * 20_000),
)


def leaves(root: etree._Element) -> Iterator[etree._Element]:
    """Elements without children, one of a name."""
    seen = set()
    for node in root.iter(etree.Element):
        if len(node) == 0 and node.tag not in seen:
            seen.add(node.tag)
            yield node


@cache
def parsed(path: str) -> etree._Element:
    return etree.fromstring((FIXTURES / path).read_bytes())


def through_everything(document: fk.Document) -> None:
    """Shown, judged, converted, tabled, drawn: each an answer or a refusal."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        report = fk.validate(document)
        assert report.to_dict("it")
        list(screen(Page(Style(verbose=2)), "x.xml", summarise(document), None))
        names_of(document)
        for dialect in ("acube", "invoicetronic", "xml"):
            with suppress(fk.FatturakitError):
                fk.from_json(fk.to_json(document, dialect, lossless=True))
        list(fk.table_rows(document))
        fk.render(document)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_odd_values(path: Any) -> None:
    """A different odd value in every field at once, the values moving on with every round."""
    root = etree.fromstring(path.read_bytes())
    fields = list(leaves(root))
    kept = [field.text for field in fields]
    for turn in range(3):
        for place, field in enumerate(fields):
            field.text = ODD[(place * 5 + turn * 7) % len(ODD)] if (place + turn) % 3 == 0 else kept[place]
        try:
            document = fk.open(etree.tostring(root), name=path.name)
        except fk.InputError:  # text that is base64, say
            continue
        through_everything(document)


ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{ 7*191 }}{% for x in ().__class__.__bases__ %}{% endfor %}",
    "</style><style>@import 'http://example.invalid/x.css'",
    "url(http://example.invalid/a.png)",
    "]]><a href='http://example.invalid'>x</a>",
)
ALLOWED = frozenset(["href", "src", "download"])


@pytest.mark.parametrize("theme", ["standard", "assosoftware", "acube"])
@pytest.mark.parametrize("path", PATHS[:4], ids=lambda path: path.name)
def test_pages_show_attacks_as_text(path: Any, theme: str) -> None:
    """In every text field, and in the notes: nothing of it becomes markup, script, a link or a template."""
    root = etree.fromstring(path.read_bytes())
    for place, field in enumerate(leaves(root)):
        if field.text and not re.fullmatch(r"[\d.:TZ+-]*|[A-Z]{2}\d{0,2}|FPA12|FPR12|FSM10", field.text.strip()):
            field.text = ATTACKS[place % len(ATTACKS)]
    document = fk.open(etree.tostring(root))
    notes = {"head_notes": ATTACKS[0], "foot_notes": ATTACKS[3]} if theme == "acube" and document.bodies else {}
    page = fk.render(document, theme=theme, links=True, **notes)  # type: ignore[arg-type]
    assert isinstance(page, str)
    assert "1337" not in page
    assert any(html.escape(attack, quote=False) in page for attack in ATTACKS)
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    for node in tree.iter():
        assert node.tag not in {"script", "iframe", "object", "embed", "link", "base", "form"}, node.tag
        for name, value in node.attrib.items():
            assert not name.startswith("on"), (node.tag, name)
            assert name not in {"href", "src", "action"} or value.startswith(("data:", "#")), value
        assert node.tag != "style" or "example.invalid" not in (node.text or "")
    assert "'none'" in page


def test_events_with_odd_places(tmp_path: Any) -> None:
    """A message that names an invoice by digits that are none of ours says nothing about ours."""
    from fatturakit.sdi.timeline import Event, Invoice, concerns

    for position in ("²", "١", "9" * 5_000):
        assert isinstance(concerns(Event("NE", position=position), Invoice(1)), bool)
    with Archive(tmp_path / "a.db") as archive:
        for key in ("9" * 30, "²", "9" * 5_000, "-1", "%", "*"):
            with pytest.raises(fk.UsageError):
                archive.get(key)
