"""No theme, in no language, loses a text of the XML: looked up in the text of the pages themselves."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

import fatturakit as fk

from ..samples import INVOICE
from ..shared import needs_shared
from .documents import FIXTURES, LANGUAGES, THEMES, corpus
from .reading import missing, squeezed, visible

CORPUS = corpus()


def lost(path: Path, theme: str, lang: str) -> list[str]:
    document = fk.open(path)
    page = fk.render(document, theme=theme, lang=lang)
    assert isinstance(page, str)
    return missing(document, visible(page), lang.partition("+")[0])


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_fixtures_are_complete(theme: str, lang: str) -> None:
    assert [(path.name, found) for path in FIXTURES if (found := lost(path, theme, lang))] == []


@needs_shared
@pytest.mark.parametrize("path", CORPUS[::40], ids=lambda path: path.name)
def test_a_sample_of_the_corpus_is_complete(path: Path) -> None:
    assert [found for theme in THEMES for lang in ("it", "de") if (found := lost(path, theme, lang))] == []


@needs_shared
@pytest.mark.slow
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_the_corpus_is_complete(path: Path) -> None:
    assert [found for theme in THEMES for lang in LANGUAGES if (found := lost(path, theme, lang))] == []


def text_of(pdf: bytes) -> str:
    """What poppler reads."""
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return squeezed(done.stdout.decode("utf-8"))


def lost_on_paper(path: Path, theme: str) -> list[str]:
    document = fk.open(path)
    page = fk.render(document, theme=theme, shape="pdf")
    assert isinstance(page, bytes)
    return missing(document, text_of(page), "it")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["0A1C4", "2026P", "PA001.xml", "00S02", "NS_001", "LT003"])
def test_paper_is_complete(theme: str, name: str) -> None:
    path = next(path for path in FIXTURES if name in path.name)
    assert lost_on_paper(path, theme) == []


@needs_shared
@pytest.mark.slow
@pytest.mark.parametrize("path", CORPUS[::8], ids=lambda path: path.name)
def test_paper_of_the_corpus_is_complete(path: Path) -> None:
    assert [found for theme in THEMES if (found := lost_on_paper(path, theme))] == []


STRANGE = {
    "an element the format does not have": ("<Divisa>EUR</Divisa>", "<Divisa>EUR</Divisa><Colore>verde</Colore>"),
    "one the format has elsewhere": ("<Numero>", "<IBAN>IT60X0542811101000000123456</IBAN><Numero>"),
    "a second one where one may be": ("<Numero>12/A</Numero>", "<Numero>12/A</Numero><Numero>13/B</Numero>"),
    "text between elements": ("<DatiGenerali>", "<DatiGenerali>fuori posto"),
    "text behind an element": ("</DatiGeneraliDocumento>", "</DatiGeneraliDocumento>in coda"),
    "elements inside a value": ("<Descrizione>Tavolo", "<Descrizione>Tavolo <b>grande</b>"),
    "a value where elements are expected": ("<Sede><Indirizzo>Via Corta 2</Indirizzo>", "<Sede>Via Corta 2"),
    "a comment inside a value": ("Falegnameria Colle", "Falegnameria <!-- già Rossi -->Colle"),
    "an unknown code": ("<TipoDocumento>TD01", "<TipoDocumento>TD99"),
    "no number at all": ("<PrezzoTotale>100.00", "<PrezzoTotale>cento"),
    "names of Python": ("<Divisa>EUR</Divisa>", "<__class__>x1</__class__><raw>x2</raw><_spec>x3</_spec>"),
    "markup": ("Tavolo", "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp;"),
    "an attribute of the root": ('versione="FPR12"', 'versione="FPR12" SistemaEmittente="Prova"'),
    "a reference to no line": (
        "</DatiGeneraliDocumento>",
        (
            "</DatiGeneraliDocumento><DatiDDT><NumeroDDT>D77</NumeroDDT><RiferimentoNumeroLinea>99</RiferimentoNumeroLinea>"
            "</DatiDDT>"
        ),
    ),
}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("what", STRANGE)
def test_strange_documents_are_complete(theme: str, what: str) -> None:
    before, after = STRANGE[what]
    assert before in INVOICE
    document = fk.open(INVOICE.replace(before, after, 1).encode())
    page = fk.render(document, theme=theme)
    assert isinstance(page, str)
    assert "<script" not in page
    assert missing(document, visible(page), "it") == []


def test_the_comparison_itself() -> None:
    """A page that lacks one value is found out."""
    document = fk.open(INVOICE.encode())
    page = fk.render(document)
    assert isinstance(page, str)
    assert missing(document, visible(page.replace("Tavolo", "")), "it") == [
        "/FatturaElettronica/FatturaElettronicaBody/DatiBeniServizi/DettaglioLinee/Descrizione: Tavolo"
    ]
