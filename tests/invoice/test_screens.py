"""The screens: five of them byte for byte, all of them safe, within their width and with what matters.

``FATTURAKIT_UPDATE_GOLDEN=1 pytest tests/invoice`` writes the golden files anew.
"""

from __future__ import annotations

import doctest
import os
import re
from pathlib import Path

import pytest

from fatturakit.document import Document, from_bytes, open_document
from fatturakit.errors import InputError
from fatturakit.invoice.model import InvoiceFile
from fatturakit.invoice.summary import summarise
from fatturakit.report import screen, screen_values
from fatturakit.report._visible import visible
from fatturakit.report.screen import Checks, clip, columns, fit
from fatturakit.report.screen_values import day, moment, size
from fatturakit.texts import Language

from ..samples import invoice
from ..shared import ROOT, manifest, needs_shared, shared
from .screens import drawn

FIXTURES = ROOT / "fixtures"
GOLDEN = Path(__file__).with_name("golden")
UPDATE = os.environ.get("FATTURAKIT_UPDATE_GOLDEN") == "1"
GOLDENS: list[tuple[str, str, Language, int]] = [
    ("invoice", "invoices/IT07712040257_0A1C4.xml", "it", 80),
    ("invoice", "invoices/IT07712040257_0A1C4.xml", "en", 100),
    ("split-payment", "invoices/IT07599810939_PA001.xml", "it", 80),
    ("withholding", "invoices/IT07803150148_2026P.xml", "it", 100),
    ("lot", "invoices/IT07688300081_LT003.xml", "it", 80),
    ("credit", "invoices/IT07654320071_00002.xml", "en", 80),
    ("simplified", "simplified/IT07700930097_00S01.xml", "it", 80),
    ("rejection", "messages/IT07654320071_00000_NS_001.xml", "it", 80),
    ("rejection", "messages/IT07654320071_00000_NS_001.xml", "en", 100),
]
UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


@pytest.mark.parametrize(("name", "path", "lang", "width"), GOLDENS)
def test_golden(name: str, path: str, lang: Language, width: int) -> None:
    text = "\n".join(drawn(open_document(FIXTURES / path), lang, width)) + "\n"
    golden = GOLDEN / f"{name}.{lang}.{width}.txt"
    if UPDATE:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def squeezed(text: str) -> str:
    return "".join(text.split())


def check(document: Document, lang: Language, width: int) -> None:
    """No line too wide or unsafe; seller and every number are there."""
    lines = drawn(document, lang, width)
    assert not [line for line in lines if columns(line) > width], document
    assert not UNSAFE.search("\n".join(lines)), document
    content = summarise(document).content
    if isinstance(content, InvoiceFile):
        text = squeezed("".join(line.strip() for line in drawn(document, lang, width, verbose=1)))
        wanted = [content.cedente_prestatore.name, *(row.numero for row in content.bodies)]
        assert not [value for value in wanted if squeezed(visible(value or "")) not in text], document


@pytest.mark.parametrize("path", sorted(FIXTURES.rglob("*.xml")), ids=lambda path: path.name)
@pytest.mark.parametrize(("lang", "width"), [("it", 80), ("en", 100), ("it", 60)])
def test_fixtures(path: Path, lang: Language, width: int) -> None:
    try:
        document = open_document(path)
    except InputError:
        return
    check(document, lang, width)


@needs_shared
def test_the_whole_corpus() -> None:
    seen = 0
    for row in manifest():
        try:
            document = open_document(shared("corpus", row["file"]))
        except InputError:
            continue
        check(document, "it" if seen % 2 else "en", (80, 100, 60)[seen % 3])
        seen += 1
    assert seen > 500


HOSTILE = "\u202e\u009b31m\u200b\n\t €"
PLACES = ("Falegnameria Colle", "12/A", "Tavolo", "2026-11-03", "EUR", "Arezzo", "RF01", "22.00", "01879020517")


@pytest.mark.parametrize("old", PLACES)
def test_hostile_values_never_reach_the_terminal(old: str) -> None:
    text = "\n".join(drawn(from_bytes(invoice((old, HOSTILE + old)))))
    assert not UNSAFE.search(text)
    assert "\\u202e" in text or old in {"22.00", "01879020517"}


@pytest.mark.parametrize("value", ["x" * 50_000, "日本" * 500, "{path} {0} %s", "a b " * 5_000])
@pytest.mark.parametrize("old", PLACES)
def test_enormous_values_stay_in_their_place(old: str, value: str) -> None:
    lines = drawn(from_bytes(invoice((old, value))))
    assert not [line for line in lines if len(line) > 80]


def test_many_lines_are_cut_and_counted() -> None:
    line = "<DettaglioLinee><NumeroLinea>1</NumeroLinea></DettaglioLinee>"
    document = from_bytes(invoice(("<DatiRiepilogo>", line * 43 + "<DatiRiepilogo>")))
    assert any("… e 34 altre righe" in text for text in drawn(document))
    assert any("… and 34 more lines" in text for text in drawn(document, "en"))
    assert not any("altre righe" in text for text in drawn(document, verbose=1))


def test_large_lots_become_a_table() -> None:
    body = invoice().decode().split("</FatturaElettronicaHeader>")[1].split("</p:")[0]
    document = from_bytes(invoice(("</p:FatturaElettronica>", body * 39 + "</p:FatturaElettronica>")))
    lines = drawn(document)
    assert lines[0].startswith("Lotto di 40 documenti")
    assert len(lines) < 60
    assert any("altri documenti" in line for line in lines)
    assert any("Totale del lotto EUR (calcolato)" in line and "4.880,00" in line for line in lines)


@pytest.mark.parametrize(
    ("changes", "wanted", "unwanted"),
    [
        ((), "Netto a pagare EUR (calcolato)", "Totale a credito"),
        ((("TD01", "TD04"),), "Totale a credito EUR (calcolato)", "Netto a pagare"),
        ((("TD01", "TD17"),), "TD17 si invia a sé stessi", "Netto a pagare"),
        ((("TD01", "TD99"),), "TD99 (codice non previsto)", "?"),
        ((("<Numero>12/A</Numero>", ""),), "Fattura senza numero", "12/A"),
        ((("2026-11-03", "2026-02-30"),), "del 2026-02-30", "30/02"),
        ((("<Imposta>22.00", "<Imposta>ventidue"),), "non si possono calcolare", "Netto a pagare"),
        ((("0000000", "XXXXXXX"),), "destinatario estero", "codice destinatario"),
    ],
)
def test_what_is_said(changes: tuple[tuple[str, str], ...], wanted: str, unwanted: str) -> None:
    text = "\n".join(drawn(from_bytes(invoice(*changes))))
    assert wanted in text
    assert unwanted not in text


@pytest.mark.parametrize(
    ("checks", "wanted"),
    [
        (Checks(0, 0), "nessun errore, nessun avviso"),
        (Checks(1, 0), "1 errore, 0 avvisi · fatturakit validate 'a b.xml'"),
        (Checks(0, 2), "0 errori, 2 avvisi"),
        (None, "non riusciti · fatturakit validate 'a b.xml'"),
    ],
)
def test_the_next_step(checks: Checks | None, wanted: str) -> None:
    assert wanted in drawn(from_bytes(invoice()), checks=checks, path="a b.xml")[-1]


def test_colour_only_repeats() -> None:
    document = open_document(FIXTURES / "invoices/IT07803150148_2026P.xml")
    painted = "\n".join(drawn(document, color=True))
    assert "\x1b[" in painted
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == "\n".join(drawn(document))


@pytest.mark.parametrize("path", sorted(FIXTURES.rglob("IT07*.xml")), ids=lambda path: path.name)
def test_ascii_terminals(path: Path) -> None:
    try:
        document = open_document(path)
    except InputError:
        return
    assert "\n".join(drawn(document, ascii_only=True)).isascii()


@pytest.mark.parametrize("width", range(1, 12))
@pytest.mark.parametrize("text", ["Tavolo in rovere", "日本語の説明", "é" * 20, ""])
def test_cells_have_their_width(text: str, width: int) -> None:
    assert columns(clip(text, width)) <= width
    assert columns(fit(text, width, ">")) == width


@pytest.mark.parametrize(
    ("text", "italian", "english"),
    [
        ("2026-11-03", "03/11/2026", "3 Nov 2026"),
        ("2026-11-03Z", "03/11/2026", "3 Nov 2026"),
        ("2026-13-45", "2026-13-45", "2026-13-45"),
        ("20261103", "20261103", "20261103"),
        ("oggi", "oggi", "oggi"),
        (None, "", ""),
    ],
)
def test_days(text: str | None, italian: str, english: str) -> None:
    assert (day(text, "it"), day(text, "en")) == (italian, english)


@pytest.mark.parametrize(
    ("text", "italian"),
    [
        ("2026-07-01T10:00:00Z", "01/07/2026 12:00"),
        ("2026-01-01T10:00:00.123456+01:00", "01/01/2026 10:00"),
        ("2026-01-01T10:00:00", "01/01/2026 10:00"),
        ("2026-01-01", "01/01/2026"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+14:00"),
        ("9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59-14:00"),
        ("ieri", "ieri"),
        (None, ""),
    ],
)
def test_moments(text: str | None, italian: str) -> None:
    assert moment(text, "it") == italian


@pytest.mark.parametrize(
    ("octets", "italian"),
    [(0, "0 byte"), (1, "1 byte"), (999, "999 byte"), (1000, "1 kB"), (1_250_000, "1,3 MB"), (5 * 10**12, "5.000 GB")],
)
def test_sizes(octets: int, italian: str) -> None:
    assert size(octets, "it") == italian


def test_examples() -> None:
    assert not doctest.testmod(screen).failed
    assert not doctest.testmod(screen_values).failed


def test_the_command_to_copy_stays_in_one_piece() -> None:
    path = "/a/very/long/path/" + "x" * 90 + ".xml"
    assert drawn(from_bytes(invoice()), path=path)[-1].endswith(f"fatturakit validate {path}")
