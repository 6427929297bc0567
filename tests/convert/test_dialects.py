"""The names, types and shapes of the three dialects."""

from __future__ import annotations

import json
from typing import Any

import pytest

import fatturakit as fk
from fatturakit import InputError, UsageError
from fatturakit.convert.dialects import snake
from fatturakit.convert.writing import LossWarning
from fatturakit.document import from_bytes
from fatturakit.schema.table import table
from tests.samples import NS, invoice
from tests.shared import ROOT, needs_shared, shared

FIXTURES = ROOT / "fixtures"


def keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for inner in value.values() for key in keys(inner)}
    return {key for inner in value for key in keys(inner)} if isinstance(value, list) else set()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("IdFiscaleIVA", "id_fiscale_iva"),
        ("AlCassa", "al_cassa"),
        ("PECDestinatario", "pec_destinatario"),
        ("CodEORI", "cod_eori"),
        ("IstitutoFinanziario", "istituto_finanziario"),
        ("TerzoIntermediarioOSoggettoEmittente", "terzo_intermediario_o_soggetto_emittente"),
        ("IscrizioneREA", "iscrizione_rea"),
        ("DatiDDT", "dati_ddt"),
        ("ABI", "abi"),
    ],
)
def test_snake_case(name: str, key: str) -> None:
    assert snake(name) == key


def test_every_key_means_one_element_in_its_place() -> None:
    for name in ("ordinary-1.2.3", "simplified-1.0.2", "messages-pa-1.1"):
        for row in table(name):
            below = [snake(child.name) for child in table(name).children(row.path)]
            assert len(below) == len(set(below))


@needs_shared
def test_the_keys_of_the_service() -> None:
    """The dialect's own example and the skeleton of a public client have no key that we do not know."""
    known = {snake(row.name) for row in table("ordinary-1.2.3")}
    for path in (
        shared("facts", "acube-example.json"),
        shared("corpus", "json", "67cc1709_standard-invoice-schema.json"),
    ):
        assert keys(json.loads(path.read_text(encoding="utf-8"))) <= known


def test_types_and_lists() -> None:
    source = invoice(
        ("<Divisa>", "<Divisa>"),
        (
            "</DatiGeneraliDocumento>",
            "<Causale>one</Causale></DatiGeneraliDocumento>"
            "<DatiOrdineAcquisto><RiferimentoNumeroLinea>1</RiferimentoNumeroLinea><IdDocumento>7</IdDocumento>"
            "</DatiOrdineAcquisto><DatiDDT><NumeroDDT>9</NumeroDDT><DataDDT>2026-11-01</DataDDT>"
            "<RiferimentoNumeroLinea>1</RiferimentoNumeroLinea></DatiDDT>",
        ),
    )
    body = fk.to_json(from_bytes(source))["fattura_elettronica_body"][0]
    general = body["dati_generali"]
    assert general["dati_generali_documento"]["causale"] == ["one"]
    assert general["dati_ordine_acquisto"] == [{"riferimento_numero_linea": [1], "id_documento": "7"}]
    assert general["dati_ddt"][0]["riferimento_numero_linea"] == ["1"]
    line = body["dati_beni_servizi"]["dettaglio_linee"][0]
    assert (line["numero_linea"], line["prezzo_totale"], line["aliquota_iva"]) == (1, "100.00", "22.00")
    assert "natura" not in line


def test_empty_elements_and_white_space() -> None:
    source = invoice(
        ("<Numero>12/A</Numero>", "<Numero> 12/A\n</Numero>"),
        ("<Divisa>EUR</Divisa>", "<Divisa/>"),
        ("</FormatoTrasmissione>", "</FormatoTrasmissione>"),
        ("</DatiBeniServizi>", "</DatiBeniServizi><DatiPagamento/>"),
    )
    body = fk.to_json(from_bytes(source))["fattura_elettronica_body"][0]
    general = body["dati_generali"]["dati_generali_documento"]
    assert (general["numero"], general["divisa"], body["dati_pagamento"]) == (" 12/A\n", "", [{}])


@pytest.mark.parametrize(
    ("file", "key"),
    [
        ("simplified/IT07700930097_00S01.xml", "fattura_elettronica_header"),
        ("old/IT07566400953_V1000.xml", "fattura_elettronica_header"),
        ("old/IT07610580578_V1100.xml", "fattura_elettronica_header"),
    ],
)
def test_other_invoices_in_the_same_spirit(file: str, key: str) -> None:
    document = fk.open(FIXTURES / file)
    data = fk.to_json(document)
    assert key in data
    assert isinstance(data["fattura_elettronica_body"], list)
    back = fk.from_json(data)
    assert (back.profile, back.kind, back.version) == (document.profile, document.kind, document.version)


@pytest.mark.parametrize("path", sorted((FIXTURES / "messages").glob("*.xml")), ids=lambda path: path.name)
def test_messages_are_named_by_their_root(path: Any) -> None:
    document = fk.open(path)
    data = fk.to_json(document)
    assert list(data) == [snake(document.root_name)]
    assert fk.from_json(data).profile is document.profile
    with pytest.raises(InputError):
        fk.to_json(document, "invoicetronic")


def test_xml_names_and_attributes() -> None:
    data = fk.to_json(from_bytes(invoice()), "xml")["FatturaElettronica"]
    assert list(data) == ["versione", "FatturaElettronicaHeader", "FatturaElettronicaBody"]
    assert data["FatturaElettronicaBody"][0]["DatiBeniServizi"]["DettaglioLinee"][0]["NumeroLinea"] == "1"


def test_an_unknown_dialect() -> None:
    with pytest.raises(UsageError):
        fk.to_json(from_bytes(invoice()), "klingon")


def test_what_has_no_form_in_json() -> None:
    with pytest.raises(InputError, match="AuditFile"):
        fk.to_json(from_bytes(b"<AuditFile/>"))


LOSSES = [
    (("<Divisa>", "<Extra>1</Extra><Divisa>"), "Extra"),
    (("<Divisa>EUR</Divisa>", "<Divisa>EUR</Divisa><Divisa>USD</Divisa>"), "Divisa"),
    (
        ("<Divisa>EUR</Divisa>\n        <Data>2026-11-03</Data>", "<Data>2026-11-03</Data><Divisa>EUR</Divisa>"),
        "Divisa",
    ),
    (("<Divisa>EUR</Divisa>", "<Divisa>EUR<b/></Divisa>"), "Divisa"),
    (("<DatiGenerali>", "<DatiGenerali>stray"), "DatiGenerali"),
    (("</DatiGenerali>", "</DatiGenerali>stray"), "FatturaElettronicaBody"),
]


@pytest.mark.parametrize(("change", "name"), LOSSES)
def test_losses_are_said(change: tuple[str, str], name: str) -> None:
    document = from_bytes(invoice(change))
    with pytest.warns(LossWarning, match=name):
        fk.to_json(document)
    kept = fk.to_json(document, lossless=True)
    assert fk.from_json(kept).root.getroottree().getroot() is not None


def test_comments_and_prefixes_are_no_loss(recwarn: pytest.WarningsRecorder) -> None:
    source = invoice(
        ("<Divisa>EUR", "<!-- c --><Divisa>E<!-- d -->UR"), (f'xmlns:p="{NS}"', f'xmlns:p="{NS}" xmlns:x="u"')
    )
    data = fk.to_json(from_bytes(source))
    assert data == fk.to_json(from_bytes(invoice()))
    assert not recwarn.list
