"""Whatever is around a document comes off, and the document is what was wrapped, byte for byte."""

from __future__ import annotations

import base64
import csv
import hashlib
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from asn1crypto import cms as reference

import fatturakit as fk
from fatturakit.envelope.unwrap import unwrap
from fatturakit.limits import Limits

from ..fuzz.targets import explains_itself
from ..samples import administration, invoice
from ..shared import needs_shared, shared
from .wrapping import chunks, element, enclosed, letter, needs_openssl, sample, signed, zipped

XML = invoice()
PLAIN = enclosed(element(0x04, XML))


def code_of(data: bytes, **how: object) -> str:
    with pytest.raises(fk.InputError) as refused:
        unwrap(data, **how)  # type: ignore[arg-type]
    finding = refused.value.finding
    assert finding is not None
    assert finding.say("it")
    assert finding.say("en") == refused.value.say("en")
    assert finding.remedy("it")
    return finding.code


def rows() -> list[dict[str, str]]:
    with shared("corpus", "p7m-made", "manifest.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@needs_shared
def test_every_made_envelope() -> None:
    """``yes`` comes out as the payload, ``no`` is refused with a sentence, ``maybe`` does one or is marked."""
    wrong = []
    for row in rows():
        data = shared("corpus", row["file"]).read_bytes()
        try:
            found = unwrap(data, row["file"])
        except fk.InputError as error:
            explains_itself(error)
            fine = row["expected_unwrap"] != "yes"
        else:
            same = hashlib.sha256(found.content).hexdigest() == row["payload_sha256"]
            fine = row["expected_unwrap"] != "no" and (same or (found.recovered and row["expected_unwrap"] == "maybe"))
            depth = int(row["expected_depth"]) + 1
            fine &= row["expected_unwrap"] != "yes" or (len(found.envelopes) == depth and not found.recovered)
        if not fine:
            wrong.append(row["case"])
    assert not wrong


@needs_shared
def test_envelopes_are_what_the_reference_reads() -> None:
    """The bytes of every envelope decode with asn1crypto to the same content."""
    compared = 0
    for row in rows():
        if row["expected_unwrap"] != "yes":
            continue
        for envelope in unwrap(shared("corpus", row["file"]).read_bytes()).envelopes:
            try:
                info = reference.ContentInfo.load(envelope.data, strict=True)
                content = info["content"]["encap_content_info"]["content"].native
            except ValueError:  # it takes no constructed string of definite length
                continue
            assert (content or b"") == envelope.content
            compared += 1
    assert compared > 70


@needs_openssl
@pytest.mark.parametrize("form", ["DER", "PEM", "SMIME"])
@pytest.mark.parametrize(
    "options", [(), ("-stream",), ("-md", "sha512"), ("-cades",), ("-keyid",), ("-noattr",), ("-nocerts",)]
)
def test_what_openssl_makes(form: str, options: tuple[str, ...]) -> None:
    layer = {"PEM": ("pem",), "SMIME": ("smime",)}.get(form, ())
    found = unwrap(signed(XML, *options, form=form))
    assert found.content == XML
    assert found.layers == (*layer, "cms", "xml")
    assert not found.recovered


@needs_openssl
def test_large_content_in_pieces() -> None:
    payload = b"<a>" + b"x" * 300_000 + b"</a>"
    found = unwrap(signed(payload, "-stream"))
    assert found.content == payload
    assert found.envelopes[0].data[1] == 0x80  # of indefinite length


B64 = base64.b64encode(PLAIN)
WRAPPED = base64.encodebytes(PLAIN)
SHAPES: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "one line": (B64, ("base64", "cms")),
    "lines": (WRAPPED, ("base64", "cms")),
    "crlf": (WRAPPED.replace(b"\n", b"\r\n"), ("base64", "cms")),
    "cr": (WRAPPED.replace(b"\n", b"\r"), ("base64", "cms")),
    "no padding": (B64.rstrip(b"="), ("base64", "cms")),
    "url-safe": (base64.urlsafe_b64encode(PLAIN), ("base64", "cms")),
    "mark": (b"\xef\xbb\xbf" + WRAPPED, ("base64", "cms")),
    "blank lines": (b"\r\n\n  " + WRAPPED + b"\n\n", ("base64", "cms")),
    "utf-16": (WRAPPED.decode().encode("utf-16"), ("base64", "cms")),
    "utf-16 without a mark": (B64.decode().encode("utf-16-be"), ("base64", "cms")),
    "twice": (base64.encodebytes(WRAPPED), ("base64", "base64", "cms")),
    "of XML": (base64.encodebytes(XML), ("base64",)),
    "of a ZIP": (base64.encodebytes(zipped({"a.xml": XML})), ("base64", "zip")),
    "pem": (b"ciao\n-----BEGIN PKCS7-----\n" + WRAPPED + b"-----END PKCS7-----\n", ("pem", "cms")),
    "pem after a certificate": (
        b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n-----BEGIN CMS-----\n"
        + WRAPPED
        + b"-----END CMS-----",
        ("pem", "cms"),
    ),
    "envelope in an envelope": (enclosed(element(4, PLAIN)), ("cms", "cms")),
    "base64 in an envelope": (enclosed(element(4, WRAPPED)), ("cms", "base64", "cms")),
    "pieces": (enclosed(chunks(XML, 7)), ("cms",)),
    "endless pieces": (enclosed(chunks(XML, 100, indefinite=True), indefinite=True), ("cms",)),
    "after it": (PLAIN + b"\r\n\x00garbage", ("cms",)),
    "before it": (b"\r\n" + PLAIN, ("cms",)),
    "zip": (zipped({"__MACOSX/._a.xml": b"?", "note.txt": b"", "a.xml.p7m": PLAIN}), ("zip", "cms")),
    "zip in a zip": (zipped({"in.zip": zipped({"a.xml": XML})}), ("zip", "zip")),
    "letter": (letter({"daticert.xml": b"<postacert/>", "a.xml.p7m": PLAIN}), ("eml", "cms")),
    "letter, LF": (letter({"a.xml": XML}, end="\n"), ("eml",)),
    "letter, 8 bit": (letter({"a.xml": XML.rstrip()}, end="\n", encoding="8bit"), ("eml",)),
    "letter in a letter": (letter({"postacert.eml": letter({"a.xml.p7m": PLAIN})}), ("eml", "eml", "cms")),
    "letter in a zip": (
        zipped({"m.eml": letter({"in.zip": zipped({"a.xml.p7m": B64})})}),
        ("zip", "eml", "zip", "base64", "cms"),
    ),
    "with its metadata": (letter({"IT01_1_MT_001.xml": b"<x/>", "IT01_1.xml.p7m": PLAIN}), ("eml", "cms")),
    "nothing": (XML, ()),
}


@pytest.mark.parametrize("name", SHAPES)
def test_shapes(name: str) -> None:
    """Every shape, and the same document through ``open`` with the received bytes kept."""
    data, layers = SHAPES[name]
    found = unwrap(data)
    expected = XML.rstrip() if "8 bit" in name else XML
    assert found.content == expected
    assert found.layers == (*layers, "xml")
    assert [step.layer for step in found.steps] == [*layers, "xml"]
    assert (found.steps[0].size, found.steps[-1].size) == (len(data), len(expected))
    document = fk.open(data)
    assert (document.received, document.data, document.layers) == (data, expected, found.layers)
    assert document.is_signed is ("cms" in layers)
    assert document.kind == "FPR12"
    assert not document.repairs


SIGNED_NOTHING = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" + element(
    0xA0,
    element(
        0x30, b"\x02\x01\x01\x31\x00" + element(0x30, b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01") + b"\x31\x00"
    ),
)
REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "00106"),
    "blank": (b" \r\n\xef\xbb\xbf", "00106"),
    "text": (b"buongiorno a tutti, in allegato la fattura", "00200"),
    "a word": (b"fatturaelettronica", "00200"),
    "page": (b"<html><body>404</body></html>", "00200"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(99), "00200"),
    "a PDF with XML in it": (b"%PDF-1.7\n" + XML, "00200"),
    "detached": (element(0x30, SIGNED_NOTHING), "00102"),
    "cut in the content": (PLAIN[: len(PLAIN) // 2], "00102"),
    "cut in pieces": (enclosed(chunks(XML, 100))[:-200], "00102"),
    "broken base64": (WRAPPED.replace(b"\n", b"\n!", 1), "00200"),
    "mixed alphabets": (b"-+" + B64, "00200"),
    "a certificate": (b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", "00200"),
    "a key": (b"-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----", "00200"),
    "broken PEM": (b"-----BEGIN PKCS7-----\nMI!I\n-----END PKCS7-----", "00102"),
    "other ASN.1": (element(0x30, element(0x0C, XML)), "00200"),
    "two in a ZIP": (zipped({"a.xml": XML, "b.xml": XML}), "00106"),
    "none in a ZIP": (zipped({"a.txt": XML}), "00106"),
    "none in a letter": (letter({"a.pdf": b"%PDF"}), "00106"),
    "half a ZIP": (zipped({"a.xml": XML})[:-30], "00106"),
    "broken attachment": (letter({"a.xml": XML}).replace(b"PD94", b"P!94", 1), "00106"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusals(name: str) -> None:
    data, code = REFUSED[name]
    assert code_of(data) == code
    report = fk.validate(data)
    assert (report.verdict.value, report.findings[0].code) == ("unreadable", code)


RECOVERED: dict[str, bytes] = {
    "cut after the content": PLAIN[:-1],
    "cut in what follows": enclosed(element(4, XML), after=element(0xA0, bytes(300)) + b"\x31\x00")[:-100],
    "endless, cut": enclosed(chunks(XML, 100, indefinite=True), indefinite=True)[:-5],
    "overwritten beginning": b"\x30\x82\xff\xff" + PLAIN[4:],
    "no beginning": b"\x00\x00" + PLAIN[2:],
    "saved as text": PLAIN.decode("latin-1").encode("utf-8"),
    "base64, cut": base64.b64encode(PLAIN)[:-3],
    "pem without an end": b"-----BEGIN CMS-----\n" + base64.encodebytes(PLAIN[:-1]),
}


@pytest.mark.parametrize("name", RECOVERED)
def test_recovered(name: str) -> None:
    """The whole XML in a damaged envelope comes out, marked everywhere; strictly it does not."""
    found = unwrap(RECOVERED[name])
    assert found.content == XML
    assert found.recovered
    assert found.envelopes[-1].recovered
    assert found.envelopes[-1].detail
    report = fk.validate(RECOVERED[name])
    assert [repair.code for repair in report.repairs] == ["R12"]
    assert "00102" in {finding.code for finding in report.findings}
    assert report.verdict.value == "invalid"
    assert code_of(RECOVERED[name], strict=True) == "00102"
    assert fk.validate(RECOVERED[name], strict=True).verdict.value == "unreadable"


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: data.replace(b"\n", b"\r\n"), id="text mode"),
        pytest.param(lambda data: b"\x30\x82\xff\xff" + data[4:-400], id="the end of the XML is gone"),
        pytest.param(
            lambda data: b"\x30\x82\xff\xff" + data[4:].replace(b"Tavolo", b"Tav\x04\x03olo"), id="a piece inside"
        ),
        pytest.param(lambda data: data[:-1].replace(b"</p:Fatt", b"</q:Fatt"), id="another root closes"),
        pytest.param(
            lambda data: data.replace(b"Tavolo", b"Tav\xef\xbf\xbdlo").replace(b"\x30\x82", b"\x30\xef\xbf\xbd"),
            id="lost",
        ),
    ],
)
def test_never_recovered(damage: Callable[[bytes], bytes]) -> None:
    """Where a byte of the XML is not certain there is no XML."""
    assert code_of(damage(PLAIN)) in {"00102", "00200"}


def test_pieces_of_a_damaged_string_are_not_the_document() -> None:
    """The header of a piece never gets into the XML: it begins with a byte that XML forbids."""
    data = enclosed(chunks(XML, 500))
    assert unwrap(b"\x30\x82\xff\xff" + data[4:]).content == XML  # the string itself is sound
    assert code_of(data.replace(b"\x24\x82", b"\x25\x82", 1)) == "00102"


def test_content_that_is_no_xml_is_what_was_signed() -> None:
    """An intact envelope gives what is in it; ``open`` says what that is."""
    for payload, code in ((b"%PDF-1.7 ...", "00200"), (b"", "00106"), (b"<html></html>", "00200")):
        found = unwrap(enclosed(element(4, payload)))
        assert (found.content, found.layers) == (payload, ("cms",))
        assert fk.validate(enclosed(element(4, payload))).findings[0].code == code


def test_signed_towards_an_administration() -> None:
    """The presence of a signature is seen around the document; a container of data is no signature."""
    codes = {finding.code for finding in fk.validate(enclosed(element(4, administration()))).findings}
    assert "00102" not in codes
    data = element(0x30, b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01" + element(0xA0, element(4, administration())))
    assert "00102" in {finding.code for finding in fk.validate(data).findings}


def test_the_size_judged_is_that_of_the_envelope() -> None:
    """00003 looks at the bytes that travel."""
    data = enclosed(element(4, XML), after=element(0xA0, bytes(6_000_000)) + b"\x31\x00")
    assert "00003" in {finding.code for finding in fk.validate(data, preflight=True).findings}


HOSTILE: dict[str, Callable[[], bytes]] = {
    "base64 forty times": lambda: _times(XML, 40, base64.b64encode),
    "envelopes thirty times": lambda: _times(XML, 30, lambda data: enclosed(element(4, data))),
    "letters thirty times": lambda: _times(letter({"a.xml": XML}), 30, lambda data: letter({"m.eml": data})),
    "archives ten times": lambda: _times(
        XML, 40, lambda data: zipped({"a.zip" if data[:1] == b"P" else "a.xml": data})
    ),
    "a bomb": lambda: zipped({"a.xml": b"<a>" + b" " * 40_000_000}),
    "a bomb in an envelope": lambda: enclosed(element(4, zipped({"a.xml": b"<a>" + b" " * 40_000_000}))),
    "endless elements": lambda: b"\x30\x80" * 100_000,
    "endless strings": lambda: enclosed(b"\x24\x80" * 100_000, indefinite=True),
    "two gigabytes": lambda: b"\x30\x84\x7f\xff\xff\xff" + SIGNED_NOTHING,
    "a length of 120 bytes": lambda: b"\x30\xf8" + b"\xff" * 120 + SIGNED_NOTHING,
    "many parts": lambda: b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 50_000,
    "parts in parts": lambda: (
        b"MIME-Version: 1.0\n"
        + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (depth, depth) for depth in range(3_000))
    ),
    "one long header": lambda: b"MIME-Version: 1.0\n" + b"X-Y: " + b"a" * 3_000_000,
    "many beginnings": lambda: b"\x30\x82\x00\x01" + b"<?xml version='1.0'?><a>" * 50_000,
    "many blanks": lambda: b" " * 3_000_000 + b"<",
}


def _times(data: bytes, times: int, wrap: Callable[[bytes], bytes]) -> bytes:
    for _ in range(times):
        data = wrap(data)
    return data


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(name: str) -> None:
    """Refused, soon, and without taking more memory than it sends."""
    data = HOSTILE[name]()
    limits = Limits(document_bytes=30_000_000)
    tracemalloc.start()
    start = time.process_time()
    with pytest.raises(fk.InputError):
        fk.open(data, limits=limits)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert time.process_time() - start < 5
    assert peak < 20_000_000 + 8 * len(data)


def test_tiny_pieces_stay_linear() -> None:
    """A string cut into single bytes costs no forty times its size, and twice as many twice the time."""
    payload = b"<a>" + b"x" * 400_000 + b"</a>"
    data = enclosed(chunks(payload, 1))
    tracemalloc.start()
    assert unwrap(data).content == payload
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * len(payload)


def test_limits_are_obeyed() -> None:
    twice = enclosed(element(4, PLAIN))
    assert unwrap(twice, limits=Limits(wrappings=2)).content == XML
    assert code_of(twice, limits=Limits(wrappings=1)) == "00106"
    assert code_of(twice, limits=Limits(unwrapped_bytes=100)) == "00106"


@needs_openssl
def test_from_every_kind_of_source(tmp_path: Path) -> None:
    """The public function takes what ``open`` takes."""
    path = tmp_path / "IT01879020517_00001.xml.p7m"
    path.write_bytes(sample())
    with path.open("rb") as stream:
        found = [fk.unwrap(source) for source in (path, str(path), sample(), stream)]
    assert {each.content for each in found} == {XML}
    assert found[0].name == path.name
