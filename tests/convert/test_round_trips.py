"""XML to JSON to XML: equal, for every readable public file and for documents made from the element table."""

from __future__ import annotations

import json
import warnings
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

import fatturakit as fk
from fatturakit import Document, FatturakitError, Severity
from fatturakit.convert.dialects import DIALECTS, RESERVED
from fatturakit.convert.text import to_bytes
from fatturakit.convert.writing import LossWarning, converted
from fatturakit.document import from_bytes
from fatturakit.schema.profiles import PROFILES
from fatturakit.xmlio import serialise
from tests.schema.seeds import built
from tests.shared import ROOT, SHARED, needs_shared

from .. import strategies
from .rounds import canonical, content

SLOW = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


def files() -> list[Path]:
    """Our samples and the public XML files."""
    folders = [ROOT / "fixtures"] + ([SHARED / "corpus"] if SHARED else [])
    return sorted(path for folder in folders for path in folder.rglob("*") if path.suffix.lower() == ".xml")


@cache
def opened(path: Path) -> Document | None:
    try:
        document = fk.open(path)
    except FatturakitError:
        return None
    return document if document.profile else None


def dialects_for(document: Document) -> list[str]:
    assert document.profile is not None
    return [name for name, row in DIALECTS.items() if document.profile.is_invoice or row.messages]


def lossless_round(document: Document, dialect: str) -> None:
    whole = fk.to_json(document, dialect, lossless="bytes")
    assert fk.from_json(to_bytes(whole)).data == document.data
    for data in (kept := fk.to_json(document, dialect, lossless=True), to_bytes(kept), to_bytes(kept, indent=True)):
        assert canonical(fk.from_json(data).root) == canonical(document.root)


def plain_round(document: Document, dialect: str) -> None:
    """The same content comes back, or a finding says that it does not."""
    data, lost = converted(document, dialect)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LossWarning)
        assert data == fk.to_json(document, dialect)
    text = to_bytes(data)
    if any(finding.severity is Severity.ERROR for finding in lost):
        return
    for source in (data, text, json.dumps(json.loads(text, parse_float=str), sort_keys=True)):
        back = fk.from_json(source)
        assert back.profile is document.profile
        assert content(back) == content(document)
    assert to_bytes(fk.to_json(back, dialect)) == to_bytes(fk.to_json(document, dialect))


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_every_readable_file(path: Path) -> None:
    document = opened(path)
    if document is None:
        pytest.skip("not a document that can be read, or not one of ours")
    for dialect in dialects_for(document):
        lossless_round(document, dialect)
        plain_round(document, dialect)


@needs_shared
def test_hardly_any_public_file_loses_elements() -> None:
    documents = [document for path in files() if (document := opened(path))]
    lossy = [d for d in documents if any(f.severity is Severity.ERROR for f in converted(d)[1])]
    assert len(lossy) < len(documents) / 10


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_everything_a_format_has(profile: Any) -> None:
    for seed in built(profile.name):
        document = from_bytes(serialise(seed.root))
        for dialect in dialects_for(document):
            lossless_round(document, dialect)
            plain_round(document, dialect)
            assert not [f for f in converted(document, dialect)[1] if f.severity is Severity.ERROR]


@SLOW
@given(strategies.documents())
def test_documents_made_from_the_table(root: etree._Element) -> None:
    document = from_bytes(serialise(root))
    for dialect in dialects_for(document):
        lossless_round(document, dialect)
        plain_round(document, dialect)


@SLOW
@given(strategies.mangled())
def test_documents_in_which_anything_is_wrong(root: etree._Element) -> None:
    document = from_bytes(serialise(root))
    for dialect in dialects_for(document):
        lossless_round(document, dialect)
        plain_round(document, dialect)


@SLOW
@given(strategies.documents(invoices=True, valid=True))
def test_json_to_xml_to_json(root: etree._Element) -> None:
    """The other direction: what JSON says is what the XML made from it says."""
    for dialect in DIALECTS:
        data = fk.to_json(from_bytes(serialise(root)), dialect)
        again = fk.to_json(fk.from_json(data), dialect)
        assert again == data
        assert list(again) == list(data)


NUMBER = "<PrezzoUnitario>{}</PrezzoUnitario>"


@pytest.mark.parametrize("dialect", list(DIALECTS))
@pytest.mark.parametrize(
    "text",
    [
        "0.0000000",
        "100.00",
        "10.5",
        "010.00",
        "+1.00",
        "1E2",
        "-0.00",
        ".50",
        " 1.00 ",
        "1,00",
        "",
        "99999999999.99999999",
    ],
)
def test_digits_stay(dialect: str, text: str) -> None:
    from tests.samples import invoice

    document = from_bytes(invoice((NUMBER.format("100.00"), NUMBER.format(text))))
    back = fk.from_json(to_bytes(fk.to_json(document, dialect)))
    assert content(back) == content(document)


def test_exact_numbers_in_data() -> None:
    from tests.samples import invoice

    data = fk.to_json(from_bytes(invoice()), "invoicetronic")
    line = data["FatturaElettronicaBody"][0]["DatiBeniServizi"]["DettaglioLinee"][0]
    assert (line["NumeroLinea"], line["PrezzoTotale"]) == (1, Decimal("100.00"))
    assert b'"PrezzoTotale":100.00,' in to_bytes(data)
    assert data["FatturaElettronicaBody"][0]["DatiGenerali"]["DatiGeneraliDocumento"]["Data"] == "2026-11-03T00:00:00"


def test_the_reserved_key_follows_edits() -> None:
    source = b"<?xml version='1.0'?>\n<!-- kept -->" + _invoice().split(b"?>", 1)[1].replace(
        b"<Divisa>", b"<!-- currency --><Divisa>"
    )
    data = fk.to_json(from_bytes(source), lossless=True)
    general = data["fattura_elettronica_body"][0]["dati_generali"]["dati_generali_documento"]
    general["numero"] = "13/A"
    general["causale"] = ["one", "two"]
    del data["fattura_elettronica_header"]["cessionario_committente"]["sede"]
    back = fk.from_json(data)
    assert b"<!-- kept -->" in back.data
    assert b"<!-- currency --><Divisa>" in back.data
    del data[RESERVED]
    assert content(back) == content(fk.from_json(data))


def _invoice() -> bytes:
    from tests.samples import invoice

    return invoice()
