"""JSON that is not as it should be: everything said in one pass, with pointer and SdI number."""

from __future__ import annotations

import json
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fatturakit as fk
from fatturakit import ExitCode, InputError, UsageError
from fatturakit.convert.outputs import as_xml
from fatturakit.convert.parsing import exact, quick
from fatturakit.convert.reading import ConversionError, from_json
from fatturakit.convert.roots import WrongJson
from fatturakit.convert.targets import How
from fatturakit.convert.text import to_bytes
from fatturakit.document import from_bytes
from fatturakit.schema.verdict import violations
from tests.samples import invoice
from tests.shared import ROOT, SHARED, needs_shared, shared

HEADER = "/fattura_elettronica_header"
GENERAL = "/fattura_elettronica_body/0/dati_generali/dati_generali_documento"
LINE = "/fattura_elettronica_body/0/dati_beni_servizi/dettaglio_linee/0"


def good() -> dict[str, Any]:
    return fk.to_json(from_bytes(invoice()))


def at(data: Any, pointer: str) -> tuple[Any, str]:
    """The object a pointer's last step is in, and that step."""
    *above, last = pointer.split("/")[1:]
    for step in above:
        data = data[int(step)] if isinstance(data, list) else data[step]
    return data, last


def put(pointer: str, value: Any) -> dict[str, Any]:
    data = good()
    place, key = at(data, pointer)
    place[key] = value
    return data


def found(data: Any) -> list[tuple[str | None, str | None]]:
    with pytest.raises(ConversionError) as caught:
        from_json(data)
    assert caught.value.exit_code is ExitCode.FINDINGS
    return [(finding.path, finding.field) for finding in caught.value.findings]


@pytest.mark.parametrize(
    ("pointer", "value", "field"),
    [
        (f"{GENERAL}/numero", ["12"], "2.1.1.4"),
        (f"{GENERAL}/numero", {"a": "b"}, "2.1.1.4"),
        (f"{GENERAL}/numero", True, "2.1.1.4"),
        (f"{GENERAL}/causale", "one", "2.1.1.11"),
        (f"{GENERAL}/dati_bollo", "SI", "2.1.1.6"),
        (f"{LINE}/prezzo_totale", Decimal("1E+400"), "2.2.1.11"),
        (f"{LINE}/prezzo_totale", float("nan"), "2.2.1.11"),
        (f"{GENERAL}/colour", "red", None),
        (f"{GENERAL}/Numero", "12", None),
        (f"{HEADER}/numero", "12", None),
        ("/invoice", {}, None),
        (f"{GENERAL}/numero", "12\x00", "2.1.1.4"),
        (f"{GENERAL}/numero", "12\ud800", "2.1.1.4"),
    ],
)
def test_what_is_wrong_says_where(pointer: str, value: Any, field: str | None) -> None:
    assert (pointer, field) in found(put(pointer, value))


def test_lists_and_nulls_inside_them() -> None:
    wrong = found(put(f"{GENERAL}/causale", ["one", None, ["two"]]))
    assert [row for row in wrong if "causale" in (row[0] or "")] == [
        (f"{GENERAL}/causale/1", "2.1.1.11"),
        (f"{GENERAL}/causale/2", "2.1.1.11"),
    ]


def test_everything_in_one_pass_with_the_schema() -> None:
    data = put(f"{GENERAL}/colour", "red")
    del data["fattura_elettronica_header"]["cedente_prestatore"]["sede"]["cap"]
    data["fattura_elettronica_body"][0]["dati_beni_servizi"]["dettaglio_linee"][0]["aliquota_iva"] = "22"
    data["fattura_elettronica_body"][0]["dati_beni_servizi"]["dati_riepilogo"] = {}
    assert found(data) == [
        (f"{GENERAL}/colour", None),
        ("/fattura_elettronica_body/0/dati_beni_servizi/dati_riepilogo", "2.2.2"),
        (f"{HEADER}/cedente_prestatore/sede", "1.2.2.3"),
        (f"{LINE}/aliquota_iva", "2.2.1.12"),
    ]


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        (b'"numero":"12/A"', f"{GENERAL}/numero"),
        (b'"numero" : "12/A"', f"{GENERAL}/numero"),
        (b'"\\u006eumero":"12/A"', f"{GENERAL}/numero"),
        (b'"data":"10:20:30"', f"{GENERAL}/data"),
    ],
)
def test_duplicate_keys_are_refused(text: bytes, pointer: str) -> None:
    whole = json.dumps(good(), separators=(",", ":")).encode()
    assert (pointer, None) in found(whole.replace(b'"numero":"12/A"', b'"numero":"12/A",' + text, 1))


def test_a_key_repeated_at_the_top() -> None:
    assert ("/fattura_elettronica_body", None) in found(
        b'{"fattura_elettronica_body": [], "fattura_elettronica_body": []}'
    )


@pytest.mark.parametrize(
    ("literal", "text"),
    [
        ("100", "100.00"),
        ("100.5", "100.50"),
        ("100.50", "100.50"),
        ("100.123456789012345678901234567890", "100.123456789012345678901234567890"),
        ("0.1e1", "1.00"),
        ("1E2", "100.00"),
        ("-0.00", "-0.00"),
        ("12345678901234567890.12", "12345678901234567890.12"),
        ("-0", "-0.00"),
        ("12345678901234567890123", "12345678901234567890123.00"),
    ],
)
def test_numbers_are_kept_exact(literal: str, text: str) -> None:
    source = json.dumps(good()).replace('"prezzo_totale": "100.00"', f'"prezzo_totale": {literal}')
    assert from_json(source).root.find(".//PrezzoTotale").text == text


@pytest.mark.parametrize(
    ("pointer", "value", "text"),
    [
        (f"{GENERAL}/numero", 42, "42"),
        (f"{LINE}/numero_linea", "1", "1"),
        (f"{LINE}/numero_linea", 0, "0"),
        (f"{LINE}/prezzo_totale", 10.1, "10.10"),
        (f"{LINE}/prezzo_totale", 0.1 + 0.2, "0.30000000000000004"),
        (f"{LINE}/prezzo_totale", Decimal("0E-7"), "0.0000000"),
        (f"{GENERAL}/numero", "", ""),
        (f"{GENERAL}/numero", " 12 \n", " 12 \n"),
        (f"{GENERAL}/numero", "a\r\nb]]>&<", "a\r\nb]]>&<"),
    ],
)
def test_values(pointer: str, value: Any, text: str) -> None:
    name = {"numero": "Numero", "numero_linea": "NumeroLinea", "prezzo_totale": "PrezzoTotale"}[pointer.split("/")[-1]]
    for source in (data := put(pointer, value), to_bytes(data)):
        root = from_json(source).root
        assert (root.find(f".//{name}").text or "") == text


def test_nulls_and_order_do_not_matter() -> None:
    document = from_bytes(invoice())
    nulls = fk.to_json(document, nulls=True)
    assert nulls["fattura_elettronica_header"]["rappresentante_fiscale"] is None
    assert nulls["fattura_elettronica_body"][0]["allegati"] is None
    assert from_json(nulls).data == from_json(good()).data
    assert from_json(json.dumps(nulls, sort_keys=True)).data == from_json(good()).data


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"  ",
        b"{",
        b'{"a": 1,}',
        b"{'a': 1}",
        b"[1, 2",
        b"\xff\xfe{",
        b'{"a": "\xe8"}',
        b'{"a": NaN}',
        b"[" * 100_000,
    ],
)
def test_text_that_is_not_json(text: bytes) -> None:
    with pytest.raises(InputError) as caught:
        from_json(text)
    assert caught.value.exit_code is ExitCode.INPUT


def test_a_number_that_json_has_not_is_found() -> None:
    """The place named is that of the value, not that of the same word in a text before it."""
    with pytest.raises(InputError, match=r"2, [a-z]+ 7: NaN"):
        fk.from_json(b'{"a": "NaN",\n "b": NaN}')


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings(encoding: str) -> None:
    assert from_json(json.dumps(good()).encode(encoding)).data == from_json(good()).data


@pytest.mark.parametrize(
    ("data", "what"),
    [
        ([], "a list"),
        ("text", "a value"),
        ({}, "an empty object"),
        ({"$schema": "x"}, "a JSON Schema"),
        ({"uuid": "1", "payload": "{}"}, "A-Cube"),
        ({"file_name": "x", "payload": "{}"}, "Invoicetronic"),
        ({"FatturaElettronicaType": {}, "Other": {}}, "schema types"),
        ({"p:FatturaElettronica": {"@versione": "FPR12"}}, "generic converter"),
        ({"ubl:Invoice": {}}, "UBL"),
        ({"fatturaElettronicaHeader": {}}, "camelCase"),
        ({"schema": "fatturakit/report@1", "documents": []}, "report"),
        ({"a": 1}, "another kind"),
    ],
)
def test_json_of_another_kind_is_named(data: Any, what: str) -> None:
    for source in (data, json.dumps(data)) if not isinstance(data, str) else (json.dumps(data),):
        with pytest.raises(WrongJson) as caught:
            from_json(source)
        assert what in caught.value.say("en")
        assert caught.value.exit_code is ExitCode.FINDINGS


@pytest.mark.parametrize(("dialect", "wanted"), [("acube", "xml"), ("xml", "acube"), ("invoicetronic", "acube")])
def test_json_of_another_dialect(dialect: str, wanted: str) -> None:
    data = fk.to_json(from_bytes(invoice()), dialect)
    with pytest.raises((WrongJson, ConversionError)):
        from_json(data, wanted)
    assert from_json(data, dialect).data == from_json(data).data


def test_something_beside_the_root() -> None:
    data = fk.to_json(from_bytes(invoice()), "xml") | {"colour": "red"}
    for source in (data, json.dumps(data)):
        assert found(source) == [("/colour", None)]


def test_attributes_hide_no_duplicate() -> None:
    text = json.dumps(fk.to_json(from_bytes(invoice()), "xml"), separators=(",", ":"))
    wrong = text.replace('"versione":"FPR12"', '"versione":"a=b"').replace('"Numero":', '"Numero":"1","Numero":', 1)
    assert ("/FatturaElettronica/FatturaElettronicaBody/0/DatiGenerali/DatiGeneraliDocumento/Numero", None) in found(
        wrong
    )


JSONS = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.decimals(), st.text(max_size=3)),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3) | st.integers(0, 3), inner, max_size=2)
    ),
    max_leaves=4,
)
PLACES = [
    f"{GENERAL}/numero",
    f"{GENERAL}/causale",
    f"{GENERAL}/dati_bollo",
    f"{LINE}/numero_linea",
    LINE,
    HEADER,
    GENERAL,
]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(PLACES), JSONS)
def test_anything_gives_a_document_or_findings(pointer: str, value: Any) -> None:
    data = good()
    place, key = at(data, pointer)
    place[int(key) if isinstance(place, list) else key] = value
    try:
        assert from_json(data).root is not None
    except ConversionError as error:
        assert error.findings  # noqa: PT017 - either way is right
    with suppress(InputError, ConversionError, UsageError):
        assert from_json(value).root is not None


def test_a_damaged_reserved_key() -> None:
    for kept in (None, "x", {"format": "other"}, {"format": "fatturakit/lossless@1", "bytes": "?"}):
        assert found({**good(), "_fatturakit": kept}) == [("/_fatturakit", None)]


@pytest.mark.parametrize("text", [b'{"a": 1, "a": 2}', b'{"a":{"b":1},"a":{"b":1}}', b'{"x:y": 1, "x:y" :2}'])
def test_the_quick_parser_counts_every_key(text: bytes) -> None:
    parsed = quick(text)
    assert parsed is not None
    assert parsed[1] > len(json.loads(text))
    assert exact(text).duplicates


@needs_shared
def test_the_example_of_the_service_converts() -> None:
    text = shared("facts", "acube-example.json").read_bytes()
    document = from_json(text)
    assert document.kind == "FPR12"
    assert {finding.field for finding in as_xml(document, How()).findings} == {"1.1.1", "1.1.2", "1.1.3"}
    data = json.loads(text)
    data["fattura_elettronica_header"]["dati_trasmissione"] |= {
        "id_trasmittente": {"id_paese": "IT", "id_codice": "10442360961"},
        "progressivo_invio": "00001",
        "formato_trasmissione": "FPR12",
    }
    complete = from_json(data)
    assert complete.profile
    assert not violations(complete.root, complete.profile)
    assert fk.to_json(complete) == data


@needs_shared
@pytest.mark.parametrize("path", sorted((SHARED or ROOT).glob("corpus/json/*.json")), ids=lambda p: p.name)
def test_public_json(path: Any) -> None:
    """Converted, or refused with a sentence and the places."""
    said, document = attempted(path.read_bytes())
    if document is None:
        assert "another kind" not in said
    else:
        again = from_json(fk.to_json(document))
        assert [node.text for node in again.root.iter()] == [node.text for node in document.root.iter()]


def attempted(text: bytes) -> tuple[str, Any]:
    """The refusal in words, or the document; a refusal for what is inside names the places."""
    try:
        return "", from_json(text)
    except (ConversionError, WrongJson) as error:
        nowhere = [finding for finding in getattr(error, "findings", ()) if not finding.path]
        return ("another kind" if nowhere else error.say("en")), None


def test_what_was_made_of_json_can_be_judged_like_any_document() -> None:
    made = from_json(good())
    direct = fk.validate(from_bytes(invoice()), received_on="2026-11-20")
    assert fk.validate(made, received_on="2026-11-20").findings == direct.findings
    assert (made.received, made.wrapping, made.as_written) == (made.data, None, made.root)
