"""One file, sufficient in itself, that browsers and screen readers can use."""

from __future__ import annotations

import ast
import re
from itertools import pairwise
from pathlib import Path

import html5lib
import pytest

import fatturakit as fk
from fatturakit.render import tree, values
from fatturakit.render._compiled.places import NAMES
from fatturakit.render.options import Look
from fatturakit.texts import Text

from ..samples import INVOICE
from .documents import FIXTURES, LANGUAGES, THEMES, fixture
from .reading import visible


def drawn(name: str, **look: object) -> str:
    page = fk.render(fixture(name), **look)  # type: ignore[arg-type]
    assert isinstance(page, str)
    return page


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_pages_are_valid_and_sufficient_in_themselves(path: object, theme: str) -> None:
    page = fk.render(fk.open(path), theme=theme, links=True)  # type: ignore[arg-type]
    assert isinstance(page, str)
    html5lib.HTMLParser(strict=True).parse(page)
    bare = re.sub(r"\s(?:src|href)=\"data:[^\"]*\"|url\(data:[^)]*\)", "", page)
    assert not re.search(r"<script|<link|<iframe|\ssrc=|\shref=|url\(|@import|\son\w+=", bare)
    assert len(re.findall(r"<h1\b", page)) == 1
    assert not re.findall(r"<th(?![^>]*scope=)(?:\s[^>]*)?>", page)
    assert re.search(r'<html lang="(it|en|de)">', page)
    assert "default-src 'none'" in page


@pytest.mark.parametrize("theme", THEMES)
def test_headings_do_not_skip_a_level(theme: str) -> None:
    for name in ("LT003", "0A1C4"):
        levels = [int(level) for level in re.findall(r"<h([1-6])\b", drawn(name, theme=theme))]
        assert levels[0] == 1
        assert all(second <= first + 1 for first, second in pairwise(levels))


@pytest.mark.parametrize("theme", THEMES)
def test_every_body_of_a_lot_has_its_own_parties(theme: str) -> None:
    page = drawn("LT003", theme=theme)
    assert page.count("<article") == 3
    assert all(f"Documento {number} di 3 nel lotto" in page for number in (1, 2, 3))
    seller = fixture("LT003").root.findtext(".//CedentePrestatore//Denominazione")
    assert seller is not None
    assert all(seller in article for article in page.split("<article")[1:])


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_is_missing(theme: str, lang: str) -> None:
    for name in ("0A1C4", "00S02", "NS_001", "2026P"):
        assert drawn(name, theme=theme, lang=lang)


def test_two_languages_stand_side_by_side() -> None:
    page = drawn("00001", lang="it+de")
    assert '<html lang="it">' in page
    assert 'Descrizione <span class="b" lang="de">/ Beschreibung</span>' in page
    assert 'Bonifico <span class="b" lang="de">/ Banküberweisung</span>' in page


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(fk.UsageError):
        fk.render(fixture("00001"), lang="lld")


def test_attachments_are_links_only_on_request() -> None:
    assert "data:application/pdf" not in drawn("0A1C4")
    assert "download=" in drawn("0A1C4", links=True)


def test_codes_are_decoded_and_unknown_ones_said_to_be() -> None:
    page = fk.render(fk.open(fixture("00001").data.replace(b"MP05", b"MP99")))
    assert isinstance(page, str)
    assert "MP99</b> ((codice non previsto))" in page or "MP99</b> (codice non previsto)" in page


def test_a_banner_says_once_that_it_warns() -> None:
    said = Text("ATTENZIONE: la firma non vale.", "WARNING: the signature is worthless.")
    for lang, banner in (("it", "Attenzione: la firma non vale."), ("en", "Attention: the signature is worthless.")):
        assert banner.replace(" ", "") in visible(drawn("00001", lang=lang, warnings=(said,)))


def test_findings_and_warnings_are_on_the_page() -> None:

    document = fixture("00001")
    wrong = fk.open(document.data.replace(b"<Numero>", b"<Numero>A"))
    report = fk.validate(wrong)
    page = fk.render(wrong, report=report, warnings=(Text("Firma falsa", "Forged"),))
    assert isinstance(page, str)
    assert 'role="alert"' in page
    assert "Firma falsa" in page
    assert "Esito dei controlli" in page


def test_what_is_not_there_is_nothing() -> None:
    assert not tree.NOTHING.anything.below
    assert list(tree.NOTHING) == []
    assert str(tree.NOTHING) == ""


def test_numbers_keep_every_digit() -> None:
    rows = {
        "0": "0,00",
        "-0.005": "-0,005",
        "007.5": "7,50",
        "1234567.123456789": "1.234.567,123456789",
        "12,5": "12,5",
        "": "",
    }
    assert {raw: values.number(raw, "it") for raw in rows} == rows


def test_a_qr_code_needs_everything_it_says() -> None:
    page = drawn("00001", theme="assosoftware")
    assert "Codice QR per il bonifico SEPA" in page
    assert "Codice QR" not in drawn("00001", theme="standard")
    assert "Codice QR" not in drawn("00001", theme="assosoftware", qr="off")
    assert "Codice QR" not in drawn("00002", theme="assosoftware")
    broken = fk.open(fixture("00001").data.replace(b"<IBAN>IT", b"<IBAN>IT0"))
    assert "Codice QR" not in str(fk.render(broken, theme="assosoftware"))


def test_messages_have_a_page() -> None:
    for path in FIXTURES:
        if path.parent.name == "messages":
            page = fk.render(fk.open(path))
            assert isinstance(page, str)
            assert 'class="outcome' in page
    assert "SdIhascartatoilfile" in visible(drawn("00000_NS"))


def test_a_look_is_compared_by_value() -> None:
    assert Look() == Look(lang="it")


def test_every_name_asked_of_a_value_is_one_that_some_format_has() -> None:
    """Only those say nothing where they are not; any other would be an error on somebody's page."""
    home = Path(tree.__file__).parent
    paths = [home / f"{name}.py" for name in ("attached", "owed", "page", "parts", "payments", "rest", "rows")]
    asked = {
        node.attr
        for path in (*paths, *(home / "_compiled").glob("*_*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr[0].isupper()
    }
    assert len(asked) > 100
    assert asked - set(NAMES) <= {"ASCII", "Entry", "Group", "Look"}


@pytest.mark.parametrize("theme", THEMES)
def test_nothing_is_escaped_twice(theme: str) -> None:
    odd = INVOICE.replace("<Divisa>EUR", "<Divisa>A&amp;B").replace("<Data>", "<Data>&lt;", 1)
    odd = re.sub("<ImportoPagamento>.*?<", "<ImportoPagamento>1.00<", odd, count=1)
    page = str(fk.render(fk.open(odd.encode()), theme=theme))
    assert "A&amp;B" in page
    assert "&amp;amp;" not in page
    assert "&amp;lt;" not in page
