"""Opening: what a document knows about itself, and what is refused."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

import fatturakit as fk
from fatturakit.document import Document
from fatturakit.limits import Limits

from .samples import INVOICE, NS, administration, invoice
from .shared import manifest, needs_shared, shared

MESSAGES = "http://www.fatturapa.gov.it/sdi/messaggi/v1.0"


@pytest.mark.parametrize("way", ["path", "str", "bytes", "bytearray", "file", "stream"])
def test_every_kind_of_source(way: str, tmp_path: Path) -> None:
    """Path, name, bytes or file: the same document, and the received bytes kept."""
    data = invoice()
    path = tmp_path / "IT01879020517_00001.xml"
    path.write_bytes(data)
    with path.open("rb") as file:
        sources = {"path": path, "str": str(path), "bytes": data, "bytearray": bytearray(data), "file": file}
        document = fk.open(sources.get(way) or io.BytesIO(data))
    assert document.data == data
    assert (document.kind, document.version, document.encoding) == ("FPR12", "FPR12", "utf-8")
    assert document.name == (path.name if way in {"path", "str", "file"} else "")
    assert document.bodies[0].key() == (1, "TD01", "12/A", "2026-11-03")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (invoice(), "FPR12"),
        (administration(), "FPA12"),
        (invoice(('versione="FPR12"', 'versione="ABC"')), "FPR12"),
        (invoice(('versione="FPR12"', 'versione="FPA12"')), "FPA12"),
        (invoice(('versione="FPR12"', ""), ("<FormatoTrasmissione>FPR12</FormatoTrasmissione>", "")), "unknown"),
        (invoice((NS, "http://www.fatturapa.gov.it/sdi/fatturapa/v1.1")), "SDI11"),
        (invoice((NS, "http://www.fatturapa.gov.it/sdi/fatturapa/v1.0")), "SDI10"),
        (f'<x:NotificaScarto xmlns:x="{MESSAGES}"/>'.encode(), "NS"),
        (b'<AuditFile xmlns="urn:OECD:StandardAuditFile-Tax:PT_1.04_01"/>', "SAFT-PT"),
        (b"<a/>", "unknown"),
    ],
)
def test_kind(data: bytes, kind: str) -> None:
    """The root decides; where ``versione`` is nonsense FormatoTrasmissione does; nothing is guessed."""
    assert fk.open(data).kind == kind


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        (b"", "00106", "vuoto"),
        (b"\xef\xbb\xbf \n", "00106", "vuoto"),
        (b"\x00\x01\x02\x03\x7f" * 9, "00200", "binario"),
        (b"<!DOCTYPE html><html></html>", "00200", "pagina HTML"),
        (b"<html><body>x</body></html>", "00200", "pagina HTML"),
        (b"%PDF-1.7", "00200", "PDF"),
        (b'{"a": 1}', "00200", "JSON"),
        (b"PK\x03\x04abc", "00106", "archivio ZIP integro"),
        (invoice()[:900], "00200", "troncato"),
        (invoice()[:-3], "00200", "troncato"),
        (invoice() + b"<x/>", "00200", "dopo la fine"),
        (invoice(("Tavolo", "Sale & pepe")), "00200", "&amp;"),
        (invoice(("</DatiGenerali>", "</DatiGeneral>")), "00200", "tag di un altro"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "00200", "DOCTYPE"),
        (b'<?xml version="1.0"?><!-- --><!DOCTYPE a><a/>', "00200", "DOCTYPE"),
        ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16"), "00200", "DOCTYPE"),
        (b"<a>" * 300 + b"</a>" * 300, "00200", "256 livelli"),
    ],
)
def test_refusals(data: bytes, code: str, says: str) -> None:
    """What cannot be read is refused with a code, a sentence and a remedy in both languages."""
    with pytest.raises(fk.InputError) as refused:
        fk.open(data)
    finding = refused.value.finding
    assert finding is not None
    assert finding.code == code
    assert says in finding.say("it") + finding.remedy("it")
    assert finding.remedy("en")
    assert refused.value.say("en") == finding.say("en")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (invoice(("Tavolo", "\x02")), "controllo"),
        (invoice(("Tavolo", "X")).replace(b"X", b"\xe8"), "codifica"),
    ],
)
def test_strict_refusals(data: bytes, says: str) -> None:
    """What reading would mend has its own sentence when it must not."""
    with pytest.raises(fk.InputError) as refused:
        fk.open(data, strict=True)
    assert refused.value.finding is not None
    assert refused.value.finding.code == "00200"
    assert says in refused.value.finding.say("it") + refused.value.finding.remedy("it")


def test_entity_bomb_is_refused_quickly() -> None:
    """A billion laughs costs nothing."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE a [<!ENTITY l0 "ha">{levels}]><a b="&l9;">&l9;</a>'
    with pytest.raises(fk.InputError, match="DOCTYPE"):
        fk.open(bomb.encode())


def test_external_entity_is_never_read(tmp_path: Path) -> None:
    """The content of a local file never gets into a document or an error."""
    secret = tmp_path / "secret.txt"
    secret.write_text("hush-hush")
    with pytest.raises(fk.InputError) as refused:
        fk.open(f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]><a>&x;</a>'.encode())
    assert "hush" not in str(refused.value)


def test_limits_can_be_changed(tmp_path: Path) -> None:
    """Size and depth are refused beyond the limits given, from memory, file or stream."""
    small = Limits(document_bytes=100)
    path = tmp_path / "a.xml"
    path.write_bytes(invoice())
    for source in (invoice(), path, io.BytesIO(invoice())):
        with pytest.raises(fk.InputError, match="limit") as refused:
            fk.open(source, limits=small)
        assert refused.value.finding is not None
        assert refused.value.finding.code == "00003"
    with pytest.raises(fk.InputError, match="3"):
        fk.open(invoice(), limits=Limits(depth=3))
    assert fk.open(invoice(), limits=Limits(depth=20)).kind == "FPR12"


@pytest.mark.parametrize(
    ("encoding", "declared", "expected"),
    [
        ("utf-8", 'encoding="UTF-8"', "utf-8"),
        ("windows-1252", 'encoding="windows-1252"', "windows-1252"),
        ("iso-8859-1", "encoding='ISO-8859-1'", "iso-8859-1"),
        ("utf-16", 'encoding="UTF-16"', "utf-16"),
        ("utf-8-sig", "", "utf-8"),
    ],
)
def test_encodings(encoding: str, declared: str, expected: str) -> None:
    """The declared encoding is honoured and known; accents survive."""
    text = INVOICE.replace('encoding="UTF-8"', declared).replace("Tavolo", "Caffè")
    document = fk.open(text.encode(encoding))
    assert document.encoding == expected
    assert next(document.find("//Descrizione")).text == "Caffè"


def test_lines_of_nodes() -> None:
    """Every node knows its line, also beyond 65,535."""
    document = fk.open(b"<a>" + b"\n" * 70_000 + b"<b/></a>")
    assert document.line("/a/b") == 70_001
    assert document.line("/a/c") is None
    assert fk.open(invoice()).line("/p:FatturaElettronica/FatturaElettronicaHeader") == 3


def test_lot() -> None:
    """Several bodies are a lot, numbered from 1."""
    text = INVOICE
    start, end = text.index("  <FatturaElettronicaBody>"), text.index("</p:FatturaElettronica>")
    document: Document = fk.open((text[:end] + text[start:end].replace("12/A", "13/A") + text[end:]).encode())
    assert document.is_lot
    assert [body.key().numero for body in document.bodies] == ["12/A", "13/A"]


@needs_shared
def test_corpus_kinds_and_bodies() -> None:
    """Kind and number of bodies agree with the corpus manifest on every readable file."""
    wrong = []
    for row in manifest():
        if row["kind"] not in {"invoice", "simplified", "notification"} or not row["file"].endswith(".xml"):
            continue
        document = fk.open(shared("corpus", row["file"]))
        countable = row["bodies"] and document.profile and document.profile.is_invoice and document.namespace
        if countable and str(len(document.bodies)) != row["bodies"]:
            wrong.append((row["file"], len(document.bodies), row["bodies"]))
        if row["format"] in {"FPA12", "FPR12", "FSM10"} and document.kind not in {row["format"], row["versione"]}:
            wrong.append((row["file"], document.kind, row["format"]))
    assert wrong == []
