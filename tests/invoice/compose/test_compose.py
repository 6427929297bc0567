"""Composed documents one by one: golden examples, each document type, what is computed, who stands where."""

from __future__ import annotations

import dataclasses
import os
from datetime import UTC, date, datetime
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

import pytest

import fatturakit
from fatturakit.findings import Verdict
from fatturakit.invoice.compose import source
from fatturakit.invoice.compose.examples import EXAMPLES, example
from fatturakit.invoice.compose.kinds import KINDS, METHODS, TYPES
from fatturakit.schema.codes import code_list

from . import inputs

GOLDEN = Path(__file__).parent / "golden"
RECEIVED = datetime(2026, 11, 20, 12, tzinfo=UTC)
LINE = {"description": "Tavolo", "price": 100, "vat": 22}
SIDES = {"seller": inputs.OWN, "buyer": inputs.OTHER}
BASE: dict[str, Any] = {"number": "1", "date": "2026-03-02", "lines": [LINE], **SIDES}
EXEMPT = {"description": "Corso", "price": 100, "nature": "N4"}
HELD = {"type": "RT01", "rate": 20, "reason": "A"}


def composed(entries: dict[str, Any] | None = None, **more: Any) -> fatturakit.Document:
    """A document about which there is nothing to say."""
    return sound(fatturakit.compose({**BASE, **(entries or {})}, **more))


def sound(document: fatturakit.Document) -> fatturakit.Document:
    """The document, when no control has anything to say."""
    report = fatturakit.validate(document, name=document.name, received_on=RECEIVED)
    allowed = {"00102"} if document.kind == "FPA12" else set()  # signing comes after composing
    assert [(each.code, each.say("en")) for each in report.findings if each.code not in allowed] == []
    assert report.verdict is Verdict.VALID
    return document


def general(document: fatturakit.Document) -> Any:
    return document.body[0].dati_generali.dati_generali_documento


@pytest.mark.parametrize("kind", EXAMPLES)
def test_examples(kind: str) -> None:
    document = sound(fatturakit.compose(source.load(example(kind).encode())))
    path = GOLDEN / f"{kind}.xml"
    if os.environ.get("FATTURAKIT_UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(document.to_bytes())
    assert document.to_bytes() == path.read_bytes()


SELLERS = {"IT": inputs.OTHER, "foreign": inputs.IRISH, "": inputs.OTHER}
TYPED = sorted(KINDS)


@pytest.mark.parametrize("tipo", TYPED)
def test_every_type_by_sides_and_by_company(tipo: str) -> None:
    kind = KINDS[tipo]
    other = inputs.SAMMARINESE if tipo == "TD28" else SELLERS[kind.seller]
    given = {"type": tipo, "linked": [{"number": "88", "date": "2026-02-01"}]}
    if tipo in {"TD07", "TD08", "TD09"}:
        given = {"type": tipo, "lines": [{"description": "Pasto", "amount": 22, "vat": 10}]}
    plain = {key: value for key, value in BASE.items() if key not in {"seller", "buyer"}}
    sides = {
        "seller": {"seller": inputs.OWN, "buyer": other},
        "buyer": {"seller": other, "buyer": inputs.OWN},
        "both": {"seller": inputs.OWN},
    }[kind.own]
    company = {"company": inputs.OWN} | ({} if kind.own == "both" else {"counterparty": other})
    first = fatturakit.compose(plain | given | sides)
    assert first.to_bytes() == fatturakit.compose(plain | given | company).to_bytes()
    assert fatturakit.validate(first, name=first.name, received_on=RECEIVED).findings == ()
    assert general(first).tipo_documento == tipo
    assert first.name == "IT07803150148_00001.xml"
    issuer = "CC" if kind.own == "buyer" else None
    assert first.header.soggetto_emittente == issuer


def test_every_code_of_the_lists_has_its_place() -> None:
    assert set(TYPES.values()) == set(KINDS)
    assert set(METHODS.values()) == {code.code for code in code_list("ModalitaPagamento")}


@pytest.mark.parametrize(
    ("buyer", "code", "country", "number", "postcode"),
    [
        (inputs.OTHER, "0000000", "IT", "07661260112", "20121"),
        (inputs.PERSON, "0000000", None, None, "20121"),
        (inputs.OFFICE, "UFABC1", None, None, "20121"),
        (inputs.IRISH, "XXXXXXX", "IE", "6388047V", "00000"),
        (inputs.SWISS, "XXXXXXX", "OO", "99999999999", "00000"),
        (inputs.SAMMARINESE, "2R4GTO8", "SM", "03473", "00000"),
        (inputs.TOURIST, "XXXXXXX", "FR", "P123", "00000"),
    ],
)
def test_buyers(buyer: dict[str, Any], code: str, country: str | None, number: str | None, postcode: str) -> None:
    header = composed(buyer=buyer).header
    tax = header.cessionario_committente.dati_anagrafici.id_fiscale_iva
    assert header.dati_trasmissione.codice_destinatario == code
    assert (tax.id_paese, tax.id_codice) == (country, number)
    assert header.cessionario_committente.sede.cap == postcode
    assert header.dati_trasmissione.formato_trasmissione == ("FPA12" if len(code) == 6 else "FPR12")


CASES: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {"importo_totale_documento": "122.00", "paid": ["122.00"]}),
    ({"vat_due": "split", "buyer": inputs.OFFICE}, {"importo_totale_documento": "122.00", "paid": ["100.00"]}),
    (
        {"withholding": HELD},
        {"importo_totale_documento": "122.00", "paid": ["102.00"]},
    ),
    (
        {"withholding": {"type": "RT01", "rate": 23, "reason": "U", "share": 50}},
        {"importo_totale_documento": "122.00", "paid": ["110.50"]},
    ),
    (
        {"funds": {"type": "TC22", "rate": 4}, "withholding": HELD},
        {"importo_totale_documento": "126.88", "paid": ["106.08"]},
    ),
    (
        {"funds": {"type": "TC01", "rate": 4}, "withholding": HELD},
        {"importo_totale_documento": "126.88", "paid": ["106.88"]},
    ),
    ({"discounts": ["10%"]}, {"importo_totale_documento": "109.80", "paid": ["109.80"]}),
    ({"discounts": ["10"]}, {"importo_totale_documento": "109.80", "paid": ["109.80"]}),
    ({"final_discount": "2.00"}, {"importo_totale_documento": "120.00", "paid": ["120.00"]}),
    ({"rounding": "-0.05"}, {"importo_totale_documento": "121.95", "arrotondamento": "-0.05", "paid": ["121.95"]}),
    (
        {"lines": [EXEMPT], "charge_stamp": True},
        {"importo_totale_documento": "102.00", "paid": ["102.00"], "stamp": "2.00"},
    ),
    (
        {"lines": [EXEMPT]},
        {"importo_totale_documento": "100.00", "stamp": "2.00", "paid": ["100.00"]},
    ),
    (
        {"lines": [EXEMPT | {"price": "77.47"}]},
        {"importo_totale_documento": "77.47", "paid": ["77.47"]},
    ),
    ({"payments": [inputs.CARD] * 3}, {"importo_totale_documento": "122.00", "paid": ["40.67", "40.67", "40.66"]}),
    (
        {"payments": [inputs.CARD | {"amount": 100}, inputs.CARD]},
        {"importo_totale_documento": "122.00", "paid": ["100.00", "22.00"]},
    ),
    (
        {"lines": [LINE | {"price": "0.125", "quantity": 3}, LINE | {"price": "9.995", "vat": 10}]},
        {"importo_totale_documento": "11.46", "paid": ["11.46"]},
    ),
    (
        {"lines": [LINE | {"price": 500, "quantity": 100, "discounts": ["8.50%", "5.15%", "3.00%"]}]},
        {"importo_totale_documento": "51352.31", "paid": ["51352.31"]},
    ),
]


@pytest.mark.parametrize(("entries", "expected"), CASES)
def test_amounts(entries: dict[str, Any], expected: dict[str, Any]) -> None:
    with localcontext(prec=3):  # nothing may depend on the caller's decimal context
        document = composed({"payments": [inputs.CARD]} | entries)
    found = general(document)
    paid = [row.importo_pagamento for term in document.body[0].dati_pagamento for row in term.dettaglio_pagamento]
    assert str(found.importo_totale_documento) == expected["importo_totale_documento"]
    assert [str(amount) for amount in paid] == expected["paid"]
    assert found.as_written("arrotondamento") == expected.get("arrotondamento")
    assert found.dati_bollo.as_written("importo_bollo") == expected.get("stamp")


@pytest.mark.parametrize(
    ("entries", "paths"),
    [
        ({"number": "A"}, {"number"}),
        ({"number": None}, {"number"}),
        ({"lines": []}, {"lines"}),
        ({"lines": [LINE | {"price": 1.5}]}, {"lines[0].price"}),
        ({"lines": [LINE | {"price": "1,5"}]}, {"lines[0].price"}),
        ({"lines": [LINE | {"price": -1}]}, {"lines"}),
        ({"lines": [LINE | {"quantity": -1}, LINE, LINE]}, {"lines[0].quantity"}),
        ({"lines": [LINE | {"vat": 0}]}, {"lines[0].nature"}),
        ({"lines": [LINE | {"vat": "0.22"}]}, {"lines[0].vat"}),
        ({"lines": [LINE | {"nature": "N4"}]}, {"lines[0].nature"}),
        ({"lines": [{"description": "x", "price": 1, "nature": "N6"}]}, {"lines[0].nature"}),
        ({"lines": [{"description": "x", "price": 1, "nature": "N2.2"}]}, {"lines[0].law"}),
        ({"lines": [{"description": "x", "price": 1, "nature": "N3.5"}]}, {"intent"}),
        ({"lines": [{"description": "x", "price": 1, "nature": "N3.5", "extra": [{"type": "NOTE"}]}]}, {"intent"}),
        ({"type": "TD21", "buyer": inputs.OWN, "lines": [EXEMPT]}, {"lines[0].vat"}),
        ({"lines": [LINE | {"withholding": True}]}, {"lines[0].withholding"}),
        ({"lines": [LINE | {"discription": "x"}]}, {"lines[0].discription"}),
        ({"lines": [LINE | {"description": "10 €"}]}, {"lines[0].description"}),
        ({"lines": [LINE | {"Descrizion": "x"}]}, {"lines[0].Descrizion"}),
        ({"buyer": inputs.OWN}, {"buyer"}),
        ({"buyer": inputs.OTHER | {"vat": "IT07661260113"}}, {"buyer.vat"}),
        ({"buyer": inputs.OTHER | {"vat": None}}, {"buyer.tax_code"}),
        ({"buyer": inputs.OTHER | {"name": None}}, {"buyer.name"}),
        ({"buyer": inputs.OTHER | {"code": "XXXXXXX"}}, {"buyer.code"}),
        ({"buyer": inputs.OTHER | {"address": {"street": "Via"}}}, {"buyer.address.city", "buyer.address.postcode"}),
        ({"seller": inputs.SWISS, "buyer": inputs.IRISH}, {"seller"}),
        ({"seller": inputs.OWN | {"regime": "RF19"}}, {"lines[0].vat"}),
        ({"type": "TD17"}, {"seller"}),
        ({"type": "TD18", "seller": inputs.IRISH, "buyer": inputs.OWN}, {"linked"}),
        ({"type": "TD27"}, {"buyer"}),
        (
            {"type": "TD21", "seller": inputs.OWN, "buyer": inputs.OWN, "lines": [LINE | {"vat": 0, "nature": "N4"}]},
            {"lines[0].vat"},
        ),
        ({"linked": [{"number": "1", "date": "2026-12-01"}]}, {"linked[0].date"}),
        ({"vat_due": "split", "withholding": HELD}, {"vat_due"}),
        ({"payments": [inputs.CARD | {"amount": 5}]}, {"payments"}),
        ({"payments": [{"method": "gold"}]}, {"payments[0].method"}),
        ({"date": "02/03/2026"}, {"date"}),
        ({"stamp": "perhaps"}, {"stamp"}),
        ({"progressive": "000001"}, {"progressive"}),
        ({"xml": {"FatturaElettronicaBody/0/DatiGenerali/X": "1"}}, {"xml.FatturaElettronicaBody/0/DatiGenerali/X"}),
        ({"attachments": [{"file": "no-such-file.pdf"}]}, {"attachments[0].file"}),
        ({"type": "TD07", "lines": [{"description": "x", "amount": 401, "vat": 22}]}, {"lines"}),
        (
            {"type": "TD07", "lines": [{"description": "x", "amount": 1, "vat": 22, "vat_due": "split"}]},
            {"lines[0].vat_due"},
        ),
        ({"buyer": "Rossi"}, {"buyer", "buyer.tax_code", "buyer.address", "buyer.name"}),
        ({"type": "TD99", "date": "x", "buyer": inputs.OTHER | {"name": "€"}}, {"type", "date", "buyer.name"}),
    ],
)
def test_every_mistake_is_named_by_its_path(entries: dict[str, Any], paths: set[str]) -> None:
    with pytest.raises(fatturakit.ComposeError) as refused:
        fatturakit.compose({**BASE, **entries})
    assert {problem.path for problem in refused.value.problems} >= paths
    assert {problem.path for problem in refused.value.problems} == paths, refused.value.say("en")
    assert refused.value.say("it") != refused.value.say("en")


def test_data_of_a_line_under_its_xml_name_counts_as_well() -> None:
    """A lone block where a list belongs: a line without stamp duty, and one that names its letter of intent."""
    without = {"AltriDatiGestionali": {"TipoDato": "NB1"}}
    assert not general(composed(lines=[EXEMPT | without])).dati_bollo
    letter = {"TipoDato": "INTENTO", "RiferimentoTesto": "08060120341234567-000001", "RiferimentoData": "2026-01-01"}
    composed(lines=[{"description": "x", "price": 1, "nature": "N3.5", "AltriDatiGestionali": letter}])


def test_dataclasses_do_as_well() -> None:
    @dataclasses.dataclass
    class Line:
        description: str
        price: Decimal
        vat: int = 22

    assert composed(lines=[Line("Tavolo", Decimal(100))]).to_bytes() == composed().to_bytes()


def test_any_field_by_its_xml_name() -> None:
    document = composed(
        lines=[LINE | {"RiferimentoAmministrazione": "A1", "AltriDatiGestionali": [{"TipoDato": "NOTA"}]}],
        xml={
            "FatturaElettronicaBody/0/DatiGenerali/DatiTrasporto/MezzoTrasporto": "Furgone",
            "FatturaElettronicaBody/0/DatiGenerali/DatiContratto": [{"IdDocumento": "C-1", "Data": date(2026, 1, 2)}],
        },
    )
    body = document.body[0]
    assert body.dati_beni_servizi.dettaglio_linee[0].riferimento_amministrazione == "A1"
    assert body.dati_beni_servizi.dettaglio_linee[0].altri_dati_gestionali[0].tipo_dato == "NOTA"
    assert body.dati_generali.dati_trasporto.mezzo_trasporto == "Furgone"
    assert body.dati_generali.dati_contratto[0].id_documento == "C-1"


def test_what_goes_beside_the_lines(tmp_path: Path) -> None:
    (tmp_path / "nota.pdf").write_bytes(b"%PDF-1.7 nota")
    document = composed(
        folder=tmp_path,
        progressive="0A1C4",
        notes=["parola " * 60],
        art73=True,
        order={"number": "PO-7", "date": "2026-01-09", "lines": [1], "cig": "Z123456789"},
        delivery_notes={"number": "D-1", "date": "2026-02-20"},
        stages=[1],
        transport={"means": "Furgone", "packages": 2, "gross_weight": "12.5"},
        attachments=[{"file": "nota.pdf"}, {"name": "a.txt", "content": b"ciao"}],
        transmitter={"id": "IT07599810939", "phone": "0434123456"},
        intermediary={"vat": "IT07599810939", "name": "Studio Contabile"},
    )
    body = document.body[0]
    assert document.name == "IT07599810939_0A1C4.xml"
    assert [len(note) <= 200 for note in general(document).causale] == [True, True, True]
    assert [each.attachment for each in body.allegati] == [b"%PDF-1.7 nota", b"ciao"]
    assert body.allegati[0].formato_attachment == "PDF"
    assert document.header.soggetto_emittente == "TZ"
    assert body.dati_generali.dati_trasporto.peso_lordo == Decimal("12.50")


def test_composing_twice_gives_the_same_bytes() -> None:
    assert composed().to_bytes() == composed().to_bytes()


@pytest.mark.parametrize(
    ("text", "name", "says"),
    [
        (b"number: [", "a.yaml", "YAML"),
        (b"{,}", "a.json", "JSON"),
        (b"{", "", "JSON"),
        (b'{"a": 1, "a": 2}', "", "a"),
        (b"a: 1\na: 2", "", "a"),
        (b"- a", "", "number"),
        (b"a: &x 1\nb: *x", "", "alias"),
        (b"a: " + b"[" * 3000, "", ""),
        (b"\xff\xfe", "", "UTF-8"),
        (b'{"a": NaN}', "", "NaN"),
        (b"<a/>", "a.yaml", ""),
    ],
)
def test_what_is_no_yaml_or_json(text: bytes, name: str, says: str) -> None:
    with pytest.raises(fatturakit.InputError) as refused:
        source.load(text, name)
    assert says.lower() in refused.value.say("en").lower()


def test_scalars_stay_as_they_are_written() -> None:
    found = source.load(b"cap: 00184\nprovince: NO\nprice: 12.10\nday: 2026-01-02\nnone: ~\nempty:\n")
    assert found == {
        "cap": "00184",
        "province": "NO",
        "price": "12.10",
        "day": "2026-01-02",
        "none": None,
        "empty": None,
    }
    assert source.load(b'{"price": 12.10}') == {"price": Decimal("12.10")}
