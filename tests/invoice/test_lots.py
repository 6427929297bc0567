"""Lots apart and together: the bytes of every body stay, headers must agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fatturakit
from fatturakit.errors import InputError, UsageError
from fatturakit.invoice import lots, progressive

from .. import samples
from ..shared import ROOT, manifest, needs_shared, shared

LOT = ROOT / "fixtures/invoices/IT07688300081_LT003.xml"
SIGNATURE = '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:Object/></ds:Signature>'
BODY = samples.INVOICE[samples.INVOICE.index("  <FatturaElettronicaBody>") : samples.INVOICE.index("</p:")]


def lot(count: int, *changes: tuple[str, str]) -> bytes:
    bodies = "".join(BODY.replace("12/A", f"{number}/A") for number in range(1, count + 1))
    return samples.invoice((BODY, bodies), *changes)


def body_bytes(data: bytes) -> list[bytes]:
    pieces = data.split(b"<FatturaElettronicaBody>")[1:]
    return [piece.split(b"</FatturaElettronicaBody>")[0] for piece in pieces]


VARIANTS = {
    "plain": lot(3),
    "one line": b"".join(line.strip() for line in lot(3).splitlines()),
    "windows line ends": lot(3).replace(b"\n", b"\r\n"),
    "comments and CDATA": lot(
        3,
        ("  <FatturaElettronicaBody>", "  <!-- <FatturaElettronicaBody> -->\n  <FatturaElettronicaBody>"),
        ("Tavolo", "<![CDATA[</FatturaElettronicaBody>]]>"),
    ),
    "references": lot(3, ("Tavolo", "Caff&#232; &amp; t&#xE8;")),
    "latin": lot(3, ('encoding="UTF-8"', 'encoding="ISO-8859-1"'), ("Tavolo", "Perché")).decode().encode("latin-1"),
    "utf-16": lot(3, ('encoding="UTF-8"', 'encoding="UTF-16"'), ("Tavolo", "Perché")).decode().encode("utf-16"),
    "byte order mark": b"\xef\xbb\xbf" + lot(3),
    "signed": lot(3, ("</p:FatturaElettronica>", f"  {SIGNATURE}\n</p:FatturaElettronica>")),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_apart_and_together_gives_the_same_bodies(name: str) -> None:
    document = fatturakit.open(VARIANTS[name])
    parts = fatturakit.split(document)
    assert [len(part.body) for part in parts] == [1, 1, 1]
    assert not any(part.is_signed for part in parts)
    if name not in {"utf-16", "comments and CDATA"}:
        assert [body_bytes(part.data)[0] for part in parts] == body_bytes(document.data)
    again = fatturakit.join(parts)
    assert [body.element.xpath("string()") for body in again.bodies] == [
        body.element.xpath("string()") for body in document.bodies
    ]
    if name not in {"signed", "comments and CDATA"}:
        assert again.data == document.data
    for part in parts:
        assert fatturakit.validate(part, name="IT01879020517_00001.xml").findings == ()


def test_the_fixture_lot_comes_back_byte_for_byte() -> None:
    document = fatturakit.open(LOT)
    assert fatturakit.join(fatturakit.split(document)).data == LOT.read_bytes()


def test_another_encoding_is_spelt_in_the_first() -> None:
    first = fatturakit.open(samples.invoice(('encoding="UTF-8"', 'encoding="ISO-8859-1"')).decode().encode("latin-1"))
    other = fatturakit.open(samples.invoice(("Tavolo", "Łódź è"), ("12/A", "13/A")))
    both = fatturakit.join([first, other])
    assert both.encoding == "iso-8859-1"
    assert both.body[1].dati_beni_servizi.dettaglio_linee[0].descrizione == "Łódź è"


def test_namespaces_of_the_root_used_inside_go_along() -> None:
    odd = samples.invoice(("xmlns:p=", 'xmlns:x="urn:x" xmlns:p='), ("<Descrizione>", '<Descrizione x:a="1">'))
    plain, strange = fatturakit.open(samples.invoice()), fatturakit.open(odd)
    both = fatturakit.join([plain, strange])
    assert len(both.body) == 2
    assert [lots._canonical(body.element) for body in both.bodies][1].count(b"urn:x") == 1


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("Falegnameria Colle", "Falegnameria Monte"), ("1.2.1.3.1 Denominazione", "Colle", "Monte", "a.xml", "b.xml")),
        (("<CAP>00184</CAP>", ""), ("CAP", "00184", "Comune")),
        (("<RegimeFiscale>RF01", "<RegimeFiscale>RF19"), ("1.2.1.8", "RF01", "RF19")),
        (('versione="FPR12"', 'versione="FPA12"'), ("versione", "FPR12", "FPA12")),
    ],
)
def test_headers_that_differ_are_named(change: tuple[str, str], says: tuple[str, ...]) -> None:
    first = fatturakit.open(samples.invoice(), name="a.xml")
    other = fatturakit.open(samples.invoice(change), name="b.xml")
    with pytest.raises(fatturakit.LotError) as refused:
        fatturakit.join([first, other])
    assert all(word in refused.value.say("en") for word in says), refused.value.say("en")
    assert refused.value.exit_code == 1


def test_the_progressive_may_differ_and_white_space_does_not_count() -> None:
    other = samples.invoice(("<ProgressivoInvio>00001", "<ProgressivoInvio>00002"), ("12/A", "13/A"))
    flat = b"".join(line.strip() for line in other.splitlines())
    both = fatturakit.join([fatturakit.open(samples.invoice()), fatturakit.open(flat)])
    assert [body.key().numero for body in both.bodies] == ["12/A", "13/A"]
    assert both.header.dati_trasmissione.progressivo_invio == "00001"


def test_what_is_no_invoice_cannot_be_split() -> None:
    receipt = fatturakit.open(ROOT / "fixtures/messages/IT07712040257_0A1C4_RC_001.xml")
    for call in (lambda: fatturakit.split(receipt), lambda: fatturakit.join([receipt]), lambda: fatturakit.join([])):
        with pytest.raises(fatturakit.LotError):
            call()


@needs_shared
def test_every_corpus_invoice_splits_into_its_bodies() -> None:
    seen = 0
    for row in manifest():
        path = shared("corpus", row["file"])
        try:
            document = fatturakit.open(path) if path.suffix == ".xml" else None
        except InputError:
            continue
        if document is None or not document.bodies:
            continue
        parts = fatturakit.split(document)
        wanted = [lots._canonical(body.element) for body in document.bodies]
        assert [lots._canonical(part.bodies[0].element) for part in parts] == wanted, path
        seen += 1
    assert seen > 100


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], "00001"),
        (["IT01_00009.xml"], "00010"),
        (["it01_00009.XML.p7m", "IT01_00003.xml", "IT02_99999.xml", "notes.txt"], "00010"),
        (["IT01_99999.xml"], "9999A"),
        (["IT01_0A1CZ.zip"], "0A1D0"),
        (["IT01_00004_RC_001.xml"], "00005"),
        (["IT01_7.xml"], "00008"),
    ],
)
def test_the_next_progressive(names: list[str], expected: str) -> None:
    assert progressive.after(names, "IT01") == expected


@given(st.integers(0, 36**5 - 2))
def test_the_next_progressive_is_higher_and_no_longer(value: int) -> None:
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    made = "".join(digits[value // 36**place % 36] for place in (4, 3, 2, 1, 0))
    found = progressive.following(made)
    assert (len(found), int(found, 36) > value) == (5, True)


def test_the_progressives_end() -> None:
    with pytest.raises(UsageError):
        progressive.following("ZZZZZ")
