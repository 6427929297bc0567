"""What was once seen to go wrong on a page: too wide, out of order, empty, or not there at all."""

from __future__ import annotations

import re
import subprocess

import pytest

import fatturakit as fk

from ..samples import INVOICE
from .documents import THEMES
from .reading import visible

BODY = "</FatturaElettronicaBody>"
COMPACT = THEMES[1:]
CARRIED = (
    "<DatiTrasporto><MezzoTrasporto>Furgone</MezzoTrasporto><TipoResa>DAP</TipoResa><IndirizzoResa><Indirizzo>Molo"
    "</Indirizzo><CAP>16100</CAP><Comune>Genova</Comune><Nazione>IT</Nazione></IndirizzoResa><DataOraConsegna>"
    "2026-11-03T17:45:00</DataOraConsegna></DatiTrasporto>"
)
VEHICLE = "<DatiVeicoli><Data>2024-05-06</Data><TotalePercorso>9 km</TotalePercorso></DatiVeicoli>"
DATA = "<AltriDatiGestionali><TipoDato>{}</TipoDato>{}</AltriDatiGestionali></DettaglioLinee>"


def instalments(count: int, more: str = "") -> str:
    row = (
        "<DettaglioPagamento><ModalitaPagamento>MP05</ModalitaPagamento><DataScadenzaPagamento>2026-12-31"
        f"</DataScadenzaPagamento><ImportoPagamento>10.00</ImportoPagamento><IBAN>IT60X0542811101000000123456</IBAN>{more}"
        "</DettaglioPagamento>"
    )
    return f"<DatiPagamento><CondizioniPagamento>TP01</CondizioniPagamento>{row * count}</DatiPagamento>{BODY}"


def changed(*changes: tuple[str, str]) -> fk.Document:
    text = INVOICE
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    return fk.open(text.encode(), name="prova.xml")


def page(theme: str, *changes: tuple[str, str]) -> str:
    drawn = fk.render(changed(*changes), theme=theme)
    assert isinstance(drawn, str)
    return drawn


def words(document: fk.Document, theme: str) -> list[tuple[float, str]]:
    """Where every word of a PDF ends, in points from the left edge of its page."""
    paper = fk.render(document, theme=theme, shape="pdf")
    assert isinstance(paper, bytes)
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=paper, capture_output=True, check=True)
    found = re.findall(r'xMax="([\d.]+)" yMax="[\d.]+">(.*?)</word>', done.stdout.decode("utf-8"))
    return [(float(end), word) for end, word in found]


@pytest.mark.parametrize("theme", COMPACT)
def test_words_without_an_end_stay_on_the_paper(theme: str) -> None:
    seller, street = ("Falegnameria Colle", "W" * 80), ("Via Corta 2", "S" * 60)
    found = words(changed(seller, street, ("Tavolo", "X" * 1000)), theme)
    assert "".join(word for _, word in found).count("X") >= 1000
    assert max(end for end, _ in found) <= 595.3 - 34  # A4 less the margin of 12 mm


@pytest.mark.parametrize("theme", COMPACT)
def test_article_codes_have_a_column_when_there_are_any(theme: str) -> None:
    code = "<CodiceArticolo><CodiceTipo>EAN</CodiceTipo><CodiceValore>8001</CodiceValore></CodiceArticolo><Descrizione>"
    bare, coded = page(theme), page(theme, ("<Descrizione>", code))
    assert "Cod.articolo" not in visible(bare)
    assert "Cod.articolo" in visible(coded)
    assert "8001(EAN)" in visible(coded)
    for drawn, columns in ((bare, 7), (coded, 8)):
        table = drawn.partition('<table class="grid lines cards"')[2].partition("</table>")[0]
        assert table.count("<th ") == table.count("<td") == columns
        assert table.count("--c") == columns - 1  # the description says itself what it is


@pytest.mark.parametrize("theme", THEMES)
def test_a_reference_is_as_wide_as_the_table(theme: str) -> None:
    order = (
        "</DatiGeneraliDocumento><DatiOrdineAcquisto><RiferimentoNumeroLinea>1</RiferimentoNumeroLinea><IdDocumento>O1"
        "</IdDocumento></DatiOrdineAcquisto>"
    )
    drawn = page(theme, ("</DatiGeneraliDocumento>", order))
    row = re.search(r'<tr class="ref">(.*?)</tr>', drawn)
    assert row is not None
    wide = row[1].count("<td></td>") + 7
    assert drawn.partition('<table class="grid lines cards"')[2].partition("</thead>")[0].count("<th ") == wide


@pytest.mark.parametrize("theme", THEMES)
def test_a_batch_says_what_is_its_expiry_and_what_its_quantity(theme: str) -> None:
    name, quantity = "<RiferimentoTesto>L7</RiferimentoTesto>", "<RiferimentoNumero>25.00</RiferimentoNumero>"
    facts = name + quantity + "<RiferimentoData>2028-11-30</RiferimentoData>"
    shown = visible(page(theme, ("</DettaglioLinee>", DATA.format("AswLottSca", facts))))
    assert "(AswLottSca):lottoL7,scadenza30-11-2028,quantità25,00" in shown
    part = visible(page(theme, ("</DettaglioLinee>", DATA.format("ASWLOTTSCA", name + quantity))))
    assert "(ASWLOTTSCA):lottoL7,quantità25,00" in part


@pytest.mark.parametrize("theme", THEMES)
def test_transport_is_one_block(theme: str) -> None:
    shown = visible(page(theme, ("</DatiGeneraliDocumento>", "</DatiGeneraliDocumento>" + CARRIED)))
    assert "DAPIndirizzodiresa:Molo,16100GenovaITDataeoradiconsegna:03-11-202617:45:00" in shown


def test_the_official_order_of_transport_and_vehicles() -> None:
    general = ("</DatiGeneraliDocumento>", "</DatiGeneraliDocumento>" + CARRIED)
    shown = visible(
        page("standard", general, ("</DatiBeniServizi>", "</DatiBeniServizi>" + VEHICLE), (BODY, instalments(1)))
    )
    titles = [
        "Datigeneralideldocumento",
        "Datirelativialtrasporto",
        "Datirelativiallelineedidettaglio",
        "Datidiriepilogo",
        "Dativeicoliexart.38DL331/1993",
        "Datirelativialpagamento",
        "Datirelativiallatrasmissione",
    ]
    places = [shown.index(title) for title in titles]
    assert places == sorted(places)


@pytest.mark.parametrize("theme", THEMES)
def test_long_payments_may_break_between_rows(theme: str) -> None:
    kept = '<div class="keep">'
    assert kept in page(theme, (BODY, instalments(8)))
    heavy = "<ABI>05428</ABI><CAB>11101</CAB><BIC>BLOPIT22</BIC><CodicePagamento>C</CodicePagamento>" * 3
    assert kept not in page(theme, (BODY, instalments(8, heavy)))
    assert kept not in page(theme, (BODY, instalments(13)))


@pytest.mark.parametrize("theme", COMPACT)
def test_one_code_beside_the_payments_more_below_them(theme: str) -> None:
    one, three = page(theme, (BODY, instalments(1))), page(theme, (BODY, instalments(3)))
    assert (one.count('<div class="pay">'), one.count("<figure")) == (1, 1)
    assert (three.count('<div class="pay">'), three.count("<figure")) == (0, 3)


@pytest.mark.parametrize("theme", COMPACT)
def test_the_table_of_totals_knows_its_columns(theme: str) -> None:
    withheld = (
        "<Numero>12/A</Numero><DatiRitenuta><TipoRitenuta>RT01</TipoRitenuta><ImportoRitenuta>20.00</ImportoRitenuta>"
        "<AliquotaRitenuta>20.00</AliquotaRitenuta><CausalePagamento>A</CausalePagamento></DatiRitenuta>"
    )
    for change, columns in (
        (("TD01", "TD01"), 5),
        (("TD01", "TD17"), 4),
        (("<Numero>12/A</Numero>", withheld), 6),
    ):
        table = page(theme, change).partition('<table class="grid totals" style="--rows:')[2].partition("</table>")[0]
        assert table.startswith(f'{columns}"')
        assert table.count("<th ") == columns


UNWRITTEN = "\U000f0000\U000f0001"  # private: no font has them


def test_characters_without_a_font_are_told_of() -> None:
    theme = "acube"
    text = "".join(word for _, word in words(changed(("Tavolo", f"Tavolo {UNWRITTEN}")), theme))
    assert "2deicaratteriusatiqui(U+F0000,U+F0001)" in text
    assert "U+F0000" not in page(theme, ("Tavolo", f"Tavolo {UNWRITTEN}"))


def test_characters_with_a_font_are_not() -> None:
    assert "riquadro" not in [word for _, word in words(changed(("Tavolo", "Tavolo € ő Ω Ж")), "acube")]
