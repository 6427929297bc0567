"""Typed fields: reading changes nothing, setting puts elements where the schema wants them, mistakes are named."""

from __future__ import annotations

import pickle
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import fatturakit
from fatturakit.errors import InputError
from fatturakit.schema.table import table
from fatturakit.texts import Text
from fatturakit.view.values import ZonedDate, decode, encode

from .. import samples
from ..shared import ROOT, manifest, needs_shared, shared

GENERAL = "FatturaElettronicaBody/0/DatiGenerali/DatiGeneraliDocumento"
FIXTURES = sorted((ROOT / "fixtures").rglob("*.xml"))


def opened(*changes: tuple[str, str]) -> fatturakit.Document:
    return fatturakit.open(samples.invoice(*changes))


def general(document: fatturakit.Document) -> Any:
    return document.body[0].dati_generali.dati_generali_documento


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (f"{GENERAL}/Numero", "12/A"),
        (f"FatturaElettronica/{GENERAL}/Data", date(2026, 11, 3)),
        (f"/p:FatturaElettronica/{GENERAL}/TipoDocumento", "TD01"),
        (f"{GENERAL}/ImportoTotaleDocumento", None),
        ("FatturaElettronicaBody/0/DatiBeniServizi/DettaglioLinee/0/NumeroLinea", 1),
        ("FatturaElettronicaBody/0/DatiBeniServizi/DettaglioLinee/0/PrezzoUnitario", Decimal("100.00")),
        (f"{GENERAL}/Causale", []),
        ("@versione", "FPR12"),
        ("FatturaElettronicaHeader/RappresentanteFiscale/DatiAnagrafici/Anagrafica/Nome", None),
    ],
)
def test_reading(path: str, expected: object) -> None:
    document = opened()
    found = document[path]
    assert found == expected
    assert type(found) is type(expected) or expected == []
    assert document.to_bytes() == samples.invoice()


def test_absent_blocks_are_false_and_reading_makes_none() -> None:
    document = opened()
    block = general(document).dati_bollo
    assert not block
    assert block.xml is None
    assert block.bollo_virtuale is None
    assert "absent" in repr(block)
    assert document.to_bytes() == samples.invoice()


def test_setting_makes_what_is_above_in_schema_order_and_keeps_the_indentation() -> None:
    document = opened()
    general(document).dati_bollo.bollo_virtuale = "SI"
    general(document).importo_totale_documento = 122
    wanted = (
        "        <Numero>12/A</Numero>\n"
        "        <DatiBollo>\n"
        "          <BolloVirtuale>SI</BolloVirtuale>\n"
        "        </DatiBollo>\n"
        "        <ImportoTotaleDocumento>122.00</ImportoTotaleDocumento>\n"
        "      </DatiGeneraliDocumento>\n"
    )
    assert wanted in document.to_bytes().decode()
    general(document).dati_bollo = None
    general(document).importo_totale_documento = None
    assert wanted.splitlines()[0] + "\n      </DatiGeneraliDocumento>" in document.to_bytes().decode()


def test_a_document_on_one_line_stays_on_one_line() -> None:
    flat = b"".join(line.strip() for line in samples.invoice().splitlines())
    document = fatturakit.open(flat)
    general(document).causale.append("saldo")
    assert b"</Numero><Causale>saldo</Causale></DatiGeneraliDocumento>" in document.to_bytes()
    assert document.to_bytes().count(b"\n") == 1  # after the declaration


@pytest.mark.parametrize("written", ["100.00", "100.0000", " 100.00 ", "0.0000000"])
def test_writing_what_was_read_changes_no_byte(written: str) -> None:
    document = opened(("<PrezzoUnitario>100.00<", f"<PrezzoUnitario>{written}<"))
    before = document.to_bytes()
    line = document.body[0].dati_beni_servizi.dettaglio_linee[0]
    line.prezzo_unitario = line.prezzo_unitario
    assert document.to_bytes() is before


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("prezzo_unitario", Decimal("1.5"), "1.50"),
        ("prezzo_unitario", Decimal("1.23456789"), "1.23456789"),
        ("prezzo_unitario", Decimal("0E-7"), "0.0000000"),
        ("prezzo_unitario", 3, "3.00"),
        ("prezzo_unitario", "7.125", "7.125"),
        ("aliquota_iva", Decimal(22), "22.00"),
        ("aliquota_iva", Decimal("22.000"), "22.00"),
        ("numero_linea", 7, "7"),
        ("data_inizio_periodo", date(2026, 1, 2), "2026-01-02"),
        ("data_inizio_periodo", "2026-01-02+01:00", "2026-01-02+01:00"),
        ("data_inizio_periodo", ZonedDate.of("2026-01-02", "Z"), "2026-01-02Z"),
    ],
)
def test_how_values_are_written(name: str, value: object, text: str) -> None:
    line = opened().body[0].dati_beni_servizi.dettaglio_linee[0]
    setattr(line, name, value)
    assert line.as_written(name) == text


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("numero", "x" * 21, ("2.1.1.4", "21", "20")),
        ("numero", 12, ("2.1.1.4", "int")),
        ("numero", "12€", ("2.1.1.4", "U+20AC")),
        ("numero", "a\x00b", ("2.1.1.4", "U+0000")),
        ("data", "2026-02-30", ("2.1.1.3", "2026-02-30")),
        ("data", datetime(2026, 1, 1), ("2.1.1.3", "datetime")),  # noqa: DTZ001
        ("tipo_documento", "TD99", ("2.1.1.1", "TD99", "TD01")),
        ("importo_totale_documento", 1.5, ("2.1.1.9", "float")),
        ("importo_totale_documento", "12,50", ("2.1.1.9", "12.50")),
        ("importo_totale_documento", Decimal("1.005"), ("2.1.1.9", "1.005")),
        ("importo_totale_documento", Decimal("NaN"), ("2.1.1.9", "NaN")),
        ("importo_totale_documento", True, ("2.1.1.9", "bool")),
        ("causale", "saldo", ("2.1.1.11", "list")),
        ("causale", ["x" * 201], ("2.1.1.11", "200")),
        ("dati_bollo", 3, ("2.1.1.6", "int")),
        ("dati_bollo", {"bollo_virtuale": "NO"}, ("2.1.1.6.1", "SI")),
    ],
)
def test_wrong_values_are_refused_and_change_nothing(name: str, value: object, says: tuple[str, ...]) -> None:
    document = opened()
    with pytest.raises(fatturakit.FieldError) as refused:
        setattr(general(document), name, value)
    assert all(word in refused.value.say("en") for word in says), refused.value.say("en")
    assert refused.value.say("it")
    assert isinstance(refused.value, ValueError)
    assert document.to_bytes() == samples.invoice()
    assert pickle.loads(pickle.dumps(refused.value)).say("it") == refused.value.say("it")


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("FatturaElettronicaBody/DatiGenerali", "FatturaElettronicaBody/0/DatiGenerali"),
        (f"{GENERAL}/Numer", "Numero"),
        (f"{GENERAL}/Numero/X", "value"),
        ("Corpo", "FatturaElettronicaHeader"),
        ("@vers", "versione"),
    ],
)
def test_unknown_paths_say_what_there_is(path: str, says: str) -> None:
    with pytest.raises(fatturakit.UnknownField) as refused:
        opened()[path]
    assert says in refused.value.say("en")


def test_unknown_attributes_are_attribute_errors() -> None:
    document = opened()
    assert not hasattr(general(document), "numer")
    with pytest.raises(AttributeError, match="numero"):
        general(document).numer = "1"
    with pytest.raises(TypeError):
        iter(document)  # type: ignore[call-overload]
    with pytest.raises(IndexError):
        document.body[1]


def test_a_path_makes_the_blocks_it_needs_unless_the_value_is_wrong() -> None:
    document = opened()
    with pytest.raises(fatturakit.FieldError):
        document["FatturaElettronicaBody/0/DatiPagamento/0/DettaglioPagamento/0/ImportoPagamento"] = "x"
    assert document.to_bytes() == samples.invoice()
    document["FatturaElettronicaBody/0/DatiPagamento/0/DettaglioPagamento/0/ImportoPagamento"] = 5
    assert document.body[0].dati_pagamento[0].dettaglio_pagamento[0].importo_pagamento == 5
    for path in (
        "FatturaElettronicaBody/7/Allegati/0/NomeAttachment",
        "FatturaElettronicaBody/0/Allegati/1/NomeAttachment",
    ):
        with pytest.raises(IndexError):
            document[path] = "x"
    with pytest.raises(IndexError):
        document["FatturaElettronicaBody/0/Allegati/0/NomeAttachment"] = None


def test_garbled_values_raise_and_can_be_read_as_written() -> None:
    document = opened(("<PrezzoUnitario>100.00<", "<PrezzoUnitario>100,00<"))
    line = document.body[0].dati_beni_servizi.dettaglio_linee[0]
    assert line.as_written("prezzo_unitario") == "100,00"
    with pytest.raises(fatturakit.FieldError, match=r"2\.2\.1\.9"):
        line.prezzo_unitario  # noqa: B018
    assert "100,00" in repr(line)


def test_repeated_values() -> None:
    document = opened()
    notes = general(document).causale
    notes.extend(["b", "d"])
    notes.insert(0, "a")
    notes.insert(2, "c")
    assert notes == ["a", "b", "c", "d"]
    notes[1:3] = ["x"]
    notes[0] = "first"
    del notes[-1]
    assert list(notes) == ["first", "x"]
    notes.reverse()
    assert notes[::-1] == ["first", "x"]
    notes.remove("first")
    assert (len(notes), notes.index("x"), "y" in notes) == (1, 0, False)
    general(document).causale = ["new"]
    assert general(document).causale == ["new"]
    general(document).causale = None
    assert document["@versione"] == "FPR12"
    assert b"Causale" not in document.to_bytes()


def test_repeated_blocks() -> None:
    document = opened()
    lines = document.body[0].dati_beni_servizi.dettaglio_linee
    added = lines.add(numero_linea=2, descrizione="Sedia", prezzo_unitario=1, prezzo_totale=1, aliquota_iva=22)
    added.codice_articolo.append({"codice_valore": "S1", "codice_tipo": "INT"})
    assert added == lines[1]
    lines.insert(0, added)
    assert [line.descrizione for line in lines] == ["Sedia", "Tavolo", "Sedia"]
    lines[0], lines[1] = lines[1], lines[0]
    assert [line.descrizione for line in lines] == ["Tavolo", "Sedia", "Sedia"]
    del lines[1:]
    assert b"Sedia" not in document.to_bytes()
    with pytest.raises(fatturakit.UnknownField):
        lines.append({"descrizion": "x"})
    with pytest.raises(fatturakit.FieldError):
        lines.append(document.header)


def test_a_changed_document_is_judged_as_changed(tmp_path: Path) -> None:
    document = opened()
    assert fatturakit.validate(document, select=("00425",)).findings == ()
    document[f"{GENERAL}/Numero"] = "ABC"
    assert [each.code for each in fatturakit.validate(document, select=("00425",)).findings] == ["00425"]
    document.body.append(document.body[0])
    assert document.is_lot
    document.save(tmp_path / "new.xml")
    assert len(fatturakit.open(tmp_path / "new.xml").body) == 2
    with pytest.raises(fatturakit.FatturakitError, match=r"new\.xml"):
        document.save(tmp_path / "new.xml")
    document.save(tmp_path / "new.xml", force=True)


def test_a_signed_document_refuses_and_gives_an_unsigned_copy() -> None:
    signature = '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/></p:FatturaElettronica>'
    document = opened(("</p:FatturaElettronica>", signature))
    with pytest.raises(fatturakit.SignedDocument, match="unsigned"):
        general(document).numero = "13"
    with pytest.raises(fatturakit.SignedDocument):
        general(document).causale.append("x")
    with pytest.raises(fatturakit.SignedDocument):
        general(document).dati_bollo.bollo_virtuale = "SI"
    assert document.to_bytes() == samples.invoice(("</p:FatturaElettronica>", signature))
    copy = document.unsigned()
    general(copy).numero = "13"
    assert not copy.is_signed
    assert document.is_signed


def test_other_formats_have_fields_too() -> None:
    simple = fatturakit.open(ROOT / "fixtures/simplified/IT07700930097_00S01.xml")
    assert simple.body[0].dati_generali.dati_generali_documento.tipo_documento == "TD07"
    receipt = fatturakit.open(ROOT / "fixtures/messages/IT07712040257_0A1C4_RC_001.xml")
    assert isinstance(receipt.content.data_ora_ricezione, datetime)
    with pytest.raises(fatturakit.UnknownField):
        receipt.body  # noqa: B018
    with pytest.raises(fatturakit.UnknownField):
        fatturakit.open(b"<x/>").content  # noqa: B018


def test_completion_and_looks() -> None:
    document = opened()
    assert {"numero", "dati_bollo", "xml"} <= set(dir(general(document)))
    assert repr(general(document)).startswith("<DatiGeneraliDocumento 2.1.1 tipo_documento='TD01'")
    assert general(document) == general(document)
    assert len({general(document), general(document)}) == 1


def test_no_field_is_hidden_by_what_views_have_of_their_own() -> None:
    from fatturakit.schema.table import tables
    from fatturakit.view.node import View, fields

    own = {name for name in dir(View) if not name.startswith("__")}
    for name in tables():
        elements = table(name)
        blocks = [row for row in elements if row.kind == "complex"]
        assert not [
            (row.path, own & fields(elements, row.path).keys())
            for row in blocks
            if own & fields(elements, row.path).keys()
        ]
        assert all(
            len(fields(elements, row.path)) == len(elements.children(row.path)) + len(elements.attributes(row.path))
            for row in blocks
        )


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("2.1.1.3", "2026-11-03+01:00", date(2026, 11, 3)),
        ("2.1.9.9", "2026-11-03T24:00:00", datetime(2026, 11, 4)),  # noqa: DTZ001
        ("2.1.9.9", "2026-11-03T10:00:00Z", datetime.fromisoformat("2026-11-03T10:00:00+00:00")),
        ("2.5.5", "Y2lh\n bw==", b"ciao"),
        ("2.2.1.9", " 1.50\n", Decimal("1.50")),
        ("2.2.1.1", "0007", 7),
        ("1.2.2.6", "", "IT"),
    ],
)
def test_texts_as_values(field: str, text: str, value: object) -> None:
    row = table("ordinary-1.2.3").by_field(field)[0]
    assert decode(text, row) == value


def test_a_date_with_a_zone_keeps_it() -> None:
    row = table("ordinary-1.2.3").by_field("2.1.1.3")[0]
    day = decode("2026-11-03+01:00", row)
    assert (day.zone, str(day), encode(day, row)) == ("+01:00", "2026-11-03+01:00", "2026-11-03+01:00")
    assert pickle.loads(pickle.dumps(day)).zone == "+01:00"


def walked(view: Any, rows: list[tuple[Any, str]]) -> None:
    """Every present value of a document with what it reads as."""
    from fatturakit.view.node import View

    for name in dir(view):
        if name in {"as_written", "xml"}:
            continue
        try:
            value = getattr(view, name)
            items = list(value) if hasattr(value, "insert") else [value]
        except fatturakit.FieldError:
            continue
        for each in items:
            if isinstance(each, View):
                if each:
                    walked(each, rows)
            elif value is each and each is not None:
                setattr(view, name, each)
                rows.append((each, name))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_reading_and_writing_back_everything_changes_no_byte(path: Path) -> None:
    try:
        document = fatturakit.open(path)
    except InputError:
        return
    if document.profile is None or document.is_signed:
        return
    before, rows = document.to_bytes(), list[tuple[Any, str]]()
    walked(document.content, rows)
    assert rows or not len(document.root)
    assert document.to_bytes() is before


@needs_shared
def test_every_corpus_invoice_is_read_and_written_back_without_a_change() -> None:
    seen = 0
    for row in manifest():
        path = shared("corpus", row["file"])
        if path.suffix != ".xml":
            continue
        try:
            document = fatturakit.open(path)
        except InputError:
            continue
        if document.profile is None or document.is_signed:
            continue
        before, rows = document.to_bytes(), list[tuple[Any, str]]()
        walked(document.content, rows)
        assert document.to_bytes() is before, path
        seen += 1
    assert seen > 100


def test_sentences_are_in_two_languages() -> None:
    with pytest.raises(fatturakit.UnknownField) as refused:
        opened()["X"]
    assert isinstance(refused.value.text, Text)
    assert refused.value.say("it") != refused.value.say("en")
