"""Rows of documents: what stands in the cells, and what in the notes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from fatturakit import UsageError, table_rows
from fatturakit import open as open_document
from fatturakit.convert.tables import NAMES

from .documents import CREDIT, FEE, LOT, SIMPLIFIED, document, one, rows

D = Decimal


def general(tag: str, value: str) -> tuple[str, str]:
    return "<Divisa>EUR</Divisa>", f"<Divisa>EUR</Divisa><{tag}>{value}</{tag}>"


def line(tag: str, value: str) -> tuple[str, str]:
    return "<PrezzoUnitario>", f"<{tag}>{value}</{tag}><PrezzoUnitario>"


def test_a_fee_note_is_told_whole() -> None:
    row = one(open_document(FEE))
    wanted: dict[str, Any] = {
        "file": FEE.name,
        "body": 1,
        "tipo_documento": "TD06",
        "data": date(2026, 2, 17),
        "cedente": "Chiara Montanelli",
        "cedente_partita_iva": "07803150148",
        "cessionario": "Arredi Mareschi S.r.l.",
        "importo_totale_documento": D("1631.00"),
        "taxable_total": D("1345.00"),
        "tax_total": D("286.00"),
        "difference": D("0.00"),
        "withheld_total": D("250.00"),
        "payments_total": D("1381.00"),
        "amount_due": D("1381.00"),
        "amount_due_computed": False,
        "accounting_amount": D("1631.00"),
        "signed": False,
    }
    assert {name: row[name] for name in wanted} == wanted
    assert [len(rows(open_document(FEE), name)) for name in ("lines", "vat", "withholding", "funds")] == [3, 2, 1, 1]


def test_a_lot_gives_a_row_a_body_under_one_file() -> None:
    found = rows(open_document(LOT), "documents")
    assert [(row["body"], row["numero"]) for row in found] == [(1, "101/H"), (2, "102/H"), (3, "103/H")]
    assert {row["body"] for row in rows(open_document(LOT), "lines")} == {1, 2, 3}
    roles = [row["ruolo"] for row in rows(open_document(LOT), "parties")]
    assert len(roles) == len(set(roles))


def test_a_simplified_invoice_has_the_tax_inside() -> None:
    found = open_document(SIMPLIFIED)
    row = one(found)
    assert (row["taxable_total"], row["tax_total"], row["computed_total"]) == (D("127.73"), D("14.57"), D("142.30"))
    assert row["cessionario"] == "Meridiana Viaggi S.r.l."
    assert (row["amount_due"], row["amount_due_computed"]) == (D("142.30"), True)
    assert [(vat["imposta"], vat["computed"]) for vat in rows(found, "vat")] == [(D("11.27"), True), (D("3.30"), True)]


GROSS = "<DatiBeniServizi><Descrizione>x</Descrizione><Importo>122.00</Importo>{vat}</DatiBeniServizi>"


@pytest.mark.parametrize(
    ("vat", "net", "tax"),
    [
        ("<DatiIVA><Imposta>22.00</Imposta></DatiIVA>", "100.00", "22.00"),
        ("<DatiIVA><Aliquota>22.00</Aliquota></DatiIVA>", "100.00", "22.00"),
        ("<DatiIVA><Imposta>5.55</Imposta><Aliquota>5.00</Aliquota></DatiIVA>", "116.45", "5.55"),
        ("<DatiIVA/><Natura>N2.2</Natura>", "122.00", "0"),
        ("<DatiIVA/>", None, None),
        ("<DatiIVA><Aliquota>-100.00</Aliquota></DatiIVA>", None, None),
        ("<DatiIVA><Imposta>un po'</Imposta></DatiIVA>", None, None),
    ],
)
def test_the_tax_inside_a_gross_line(vat: str, net: str | None, tax: str | None) -> None:
    text = SIMPLIFIED.read_text(encoding="utf-8")
    start, end = text.index("<DatiBeniServizi>"), text.rindex("</DatiBeniServizi>") + len("</DatiBeniServizi>")
    row = one(open_document((text[:start] + GROSS.format(vat=vat) + text[end:]).encode()), "vat")
    assert (row["imponibile_importo"], row["imposta"]) == (net and D(net), tax and D(tax))


@pytest.mark.parametrize(
    ("tipo", "total", "sign", "booked", "noted"),
    [
        ("TD01", "122.00", 1, "122.00", False),
        ("TD01", "-122.00", 1, "-122.00", False),
        ("TD04", "122.00", -1, "-122.00", False),
        ("TD04", "-122.00", 1, "-122.00", True),
        ("TD04", "0.00", -1, "0.00", False),
        ("TD05", "122.00", 1, "122.00", False),
        ("TD18", "-122.00", 1, "-122.00", False),
        ("TD27", "122.00", 1, "122.00", False),
        (" TD04 ", "122.00", -1, "-122.00", False),
    ],
)
def test_the_sign_in_the_books(tipo: str, total: str, sign: int, booked: str, noted: bool) -> None:
    found = document(("TD01", tipo), general("ImportoTotaleDocumento", total))
    row = one(found)
    assert (row["sign"], row["accounting_amount"], str(row["accounting_amount"])) == (sign, D(booked), booked)
    assert one(found, "lines")["accounting_amount"] == sign * D("100.00")
    assert one(found, "vat")["accounting_tax"] == sign * D("22.00")
    assert [note["column"] for note in rows(found, "notes")] == (["sign"] if noted else [])


@pytest.mark.parametrize(
    ("changes", "due", "computed"),
    [
        ((), "122.00", True),
        ((("TD01", "TD17"),), None, None),
        ((("TD01", "TD26"),), "122.00", True),
        ((("</Imposta>", "</Imposta><EsigibilitaIVA>S</EsigibilitaIVA>"),), "100.00", True),
        ((general("DatiRitenuta", "<ImportoRitenuta>20.00</ImportoRitenuta>"),), "102.00", True),
        ((general("DatiRitenuta", "<ImportoRitenuta>venti</ImportoRitenuta>"),), None, None),
        ((general("Arrotondamento", "-0.50"),), "121.50", True),
        ((("<Imposta>22.00", "<Imposta>22,00"),), None, None),
    ],
)
def test_what_is_due(changes: tuple[tuple[str, str], ...], due: str | None, computed: bool | None) -> None:
    row = one(document(*changes))
    assert (row["amount_due"], row["amount_due_computed"]) == (due and D(due), computed)


@pytest.mark.parametrize(
    ("change", "sheet", "column", "value", "why"),
    [
        (("2026-11-03", "2026-02-30"), "documents", "data", None, "not a date"),
        (("2026-11-03", "20261103"), "documents", "data", None, "not a date"),
        (("2026-11-03", "2026-11-03+01:00"), "documents", "data", date(2026, 11, 3), ""),
        (("2026-11-03", " 2026-11-03\n"), "documents", "data", date(2026, 11, 3), ""),
        (("<PrezzoTotale>100.00", "<PrezzoTotale>100,00"), "lines", "prezzo_totale", None, "not a number"),
        (("<PrezzoTotale>100.00", "<PrezzoTotale>1e2"), "lines", "prezzo_totale", None, "not a number"),
        (("<PrezzoTotale>100.00", "<PrezzoTotale>NaN"), "lines", "prezzo_totale", None, "not a number"),
        (("<PrezzoTotale>100.00", "<PrezzoTotale>1.123456789"), "lines", "prezzo_totale", None, "too many digits"),
        (("<PrezzoTotale>100.00", "<PrezzoTotale>1.1234567800"), "lines", "prezzo_totale", D("1.12345678"), ""),
        (("<PrezzoTotale>100.00", f"<PrezzoTotale>{'9' * 21}"), "lines", "prezzo_totale", None, "too many digits"),
        (("<PrezzoTotale>100.00", f"<PrezzoTotale>{'9' * 20}"), "lines", "prezzo_totale", D("9" * 20), "15 digits"),
        (("<PrezzoTotale>100.00", "<PrezzoTotale>"), "lines", "prezzo_totale", None, ""),
        (("<NumeroLinea>1<", "<NumeroLinea>1bis<"), "lines", "numero_linea", None, "not a whole number"),
        (line("Ritenuta", "SI"), "lines", "ritenuta", True, ""),
        (line("Ritenuta", "forse"), "lines", "ritenuta", None, "not SI"),
        (line("PrezzoTotale", "7.00"), "lines", "prezzo_totale", D("7.00"), "more than once"),
        (general("Causale", "uno</Causale><Causale>due"), "documents", "causale", "uno | due", ""),
        (line("Quantita", "0.0000000"), "lines", "quantita", D("0.0000000"), ""),
        (("Tavolo", "x" * 32_768), "lines", "descrizione", "x" * 32_768, "32,767"),
        (("Tavolo", "<!-- a -->Ta<!-- b -->volo"), "lines", "descrizione", "Tavolo", ""),
        (("Tavolo", "<![CDATA[<b>&]]>"), "lines", "descrizione", "<b>&", ""),
    ],
)
def test_a_cell_is_exact_or_empty_and_then_noted(
    change: tuple[str, str], sheet: str, column: str, value: object, why: str
) -> None:
    found = document(change)
    assert one(found, sheet)[column] == value
    notes = [note for note in rows(found, "notes") if note["column"] == column]
    assert len(notes) == bool(why)
    for note in notes:
        assert (note["sheet"], note["row"], note["body"]) == (sheet, 1, 1)
        assert why in note["reason"]


def test_a_note_keeps_what_was_written() -> None:
    (note,) = rows(document(("2026-11-03", "3 novembre")), "notes")
    assert note["written"] == "3 novembre"


def test_details_of_a_line_point_at_it() -> None:
    detail = "<CodiceArticolo><CodiceTipo>EAN</CodiceTipo><CodiceValore>800</CodiceValore></CodiceArticolo>"
    discount = "<ScontoMaggiorazione><Tipo>SC</Tipo><Percentuale>10.00</Percentuale></ScontoMaggiorazione>"
    other = (
        "<AltriDatiGestionali><TipoDato>TARGA</TipoDato><RiferimentoTesto>AB1</RiferimentoTesto></AltriDatiGestionali>"
    )
    found = document(
        general("ScontoMaggiorazione", "<Tipo>MG</Tipo><Importo>5.00</Importo>"),
        ("<Descrizione>", f"{detail}{discount}{other}<Descrizione>"),
        ("<NumeroLinea>1<", "<NumeroLinea>7<"),
    )
    row = one(found, "lines")
    assert (row["codici_articolo"], row["sconti_maggiorazioni"]) == ("EAN 800", "SC 10.00")
    assert row["altri_dati_gestionali"] == "TARGA AB1"
    places = [(item["line"], item["numero_linea"], item["tipo"]) for item in rows(found, "discounts")]
    assert places == [(None, None, "MG"), (1, 7, "SC")]
    assert [(item["line"], item["elemento"], item["testo"]) for item in rows(found, "line_data")] == [
        (1, "CodiceArticolo", "800"),
        (1, "AltriDatiGestionali", "AB1"),
    ]


def test_references_of_every_kind_share_columns() -> None:
    more = (
        "<DatiContratto><IdDocumento>K1</IdDocumento><Data>2026-01-02</Data></DatiContratto>"
        "<DatiSAL><RiferimentoFase>3</RiferimentoFase></DatiSAL>"
        "<DatiDDT><NumeroDDT>D9</NumeroDDT><DataDDT>2026-03-04</DataDDT></DatiDDT>"
        "<FatturaPrincipale><NumeroFatturaPrincipale>F1</NumeroFatturaPrincipale></FatturaPrincipale>"
    )
    found = document(("</DatiGenerali>", f"{more}</DatiGenerali>"))
    assert [(row["elemento"], row["numero_documento"]) for row in rows(found, "references")] == [
        ("DatiContratto", "K1"),
        ("DatiSAL", None),
        ("DatiDDT", "D9"),
        ("FatturaPrincipale", "F1"),
    ]


def test_payments_carry_the_terms_of_their_own_block() -> None:
    block = "<DatiPagamento><CondizioniPagamento>{}</CondizioniPagamento>{}</DatiPagamento>"
    part = "<DettaglioPagamento><ImportoPagamento>{}</ImportoPagamento></DettaglioPagamento>"
    blocks = block.format("TP01", part.format("50.00") + part.format("60.00")) + block.format(
        "TP03", part.format("12.00")
    )
    found = document(("</DatiBeniServizi>", f"</DatiBeniServizi>{blocks}"), CREDIT)
    assert [(row["condizioni_pagamento"], row["accounting_amount"]) for row in rows(found, "payments")] == [
        ("TP01", D("-50.00")),
        ("TP01", D("-60.00")),
        ("TP03", D("-12.00")),
    ]
    assert one(found)["amount_due"] == D("122.00")


def test_attachments_are_measured_not_copied() -> None:
    attached = "<Allegati><NomeAttachment>a.txt</NomeAttachment><Attachment>{}</Attachment></Allegati>"
    blocks = attached.format("Y2lhbw==") + attached.format("Y2\nlhbw==") + attached.format("ciao!è")
    found = document(("</FatturaElettronicaBody>", f"{blocks}</FatturaElettronicaBody>"))
    assert [row["size"] for row in rows(found, "attachments")] == [4, 4, None]


def test_qualified_children_are_read_all_the_same() -> None:
    found = document(("<p:FatturaElettronica", "<FatturaElettronica"), ("xmlns:p=", "xmlns="), ("</p:", "</"))
    assert one(found)["accounting_amount"] == D("122.00")


def test_an_amount_that_sums_cannot_hold_is_noted() -> None:
    huge = "9" * 20
    group = f"<DatiRiepilogo><ImponibileImporto>{huge}</ImponibileImporto><Imposta>0</Imposta></DatiRiepilogo>"
    found = document(("<DatiRiepilogo>", f"{group}<DatiRiepilogo>"))
    assert one(found)["taxable_total"] is None
    assert {note["column"] for note in rows(found, "notes")} >= {
        "taxable_total",
        "computed_total",
        "imponibile_importo",
    }


def test_what_is_no_invoice_gives_a_note_alone() -> None:
    found = open_document(b"<a><b/></a>", name="x.xml")
    assert {name: len(rows(found, name)) for name in NAMES} == {**dict.fromkeys(NAMES, 0), "notes": 1}


def test_an_invoice_without_a_body_gives_a_note() -> None:
    text = document().data.decode()
    start, end = text.index("<FatturaElettronicaBody>"), text.index("</p:FatturaElettronica>")
    (note,) = rows(open_document((text[:start] + text[end:]).encode()), "notes")
    assert "FatturaElettronicaBody" in note["reason"]


def test_an_unknown_sheet_is_a_mistake() -> None:
    with pytest.raises(UsageError, match="documents, lines"):
        table_rows(document(), "fogli")
