"""Odd ways in which documents arrive: base64 with leftovers, letters cut short, names that say something else."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

import fatturakit as fk
from fatturakit.batch import inputs
from fatturakit.batch.envelopes import verifying
from fatturakit.envelope.recognise import is_document
from fatturakit.envelope.unwrap import unwrap
from fatturakit.limits import DEFAULT
from fatturakit.signature.verify import verify

from ..samples import invoice
from .wrapping import DATA, SIGNED, element, enclosed, endless, letter, needs_openssl, sample, signed, zipped

XML = invoice()
PLAIN = enclosed(element(0x04, XML))
B64 = base64.b64encode(PLAIN)
DETACHED = element(
    0x30, SIGNED + element(0xA0, element(0x30, b"\x02\x01\x01\x31\x00" + element(0x30, DATA) + b"\x31\x00"))
)
PEM = b"-----BEGIN PKCS7-----\n" + base64.encodebytes(PLAIN) + b"-----END PKCS7-----\n"
PART = b'Content-Type: application/xml; name="f.xml"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
PART += base64.encodebytes(XML).replace(b"\n", b"\r\n")

OPENED = {
    "too much padding": B64.rstrip(b"=") + b"===",
    "padding after a full group": base64.b64encode(PLAIN + b" " * (-len(PLAIN) % 3)) + b"=",
    "encoded piece by piece": b"\n".join(base64.b64encode(PLAIN[at : at + 100]) for at in range(0, len(PLAIN), 100)),
    "base64 and a greeting": B64 + b"\n\n-- \nInviato dal mio telefono!\n",
    "PEM with fields": PEM.replace(b"-----\n", b"-----\nProc-Type: 4,CLEAR\nOriginator: io\n\n", 1),
    "PEM after much text": b"Buongiorno a tutti\n" * 2_000 + PEM,
    "a letter with old line ends": letter({"f.xml.p7m": PLAIN}, end="\r"),
    "a letter in UTF-16": letter({"f.xml.p7m": PLAIN}).decode("ascii").encode("utf-16"),
    "a ZIP after a line end": b"\r\n" + zipped({"f.xml": XML}),
    "a ZIP after a mark": b"\xef\xbb\xbf" + zipped({"f.xml": XML}),
    "a name without an ending in a ZIP": zipped({"a.pdf": b"%PDF-1.7", "fattura": PLAIN}),
    "another ending in a ZIP": zipped({"fattura.p7s": B64, "x.bin": b"\x00\x01"}),
    "another ending in a letter": letter({"fattura.dat": PLAIN}),
}


@pytest.mark.parametrize("name", OPENED)
def test_opened(name: str) -> None:
    found = unwrap(OPENED[name])
    assert found.content == XML
    assert not found.recovered


REFUSED = {
    "a character in the middle": (B64[:400] + b"*" + B64[401:], "00200"),
    "one character lost": (base64.b64encode(XML)[:400] + base64.b64encode(XML)[401:], "00200"),
    "base64 of half a document": (base64.b64encode(XML[:-30]), "00200"),
    "base64 that lacks a byte": (base64.b64encode(XML.rstrip()[:-1]), "00200"),
    "an empty PEM block": (b"-----BEGIN PKCS7-----\n-----END PKCS7-----\n", "00106"),
    "an empty attachment": (letter({"f.xml": b""}), "00106"),
    "half a document in a letter": (letter({"f.xml": XML[:-30]}), "00106"),
    "half a letter": (letter({"f.xml": XML})[:-900], "00106"),
    "a picture called .xml": (zipped({"f.xml": b"\x89PNG\r\n"}), "00200"),
    "only a signature under another name": (zipped({"f.p7s": DETACHED}), "00106"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    """What is cut inside base64 or a letter is never handed out as if it were whole."""
    data, code = REFUSED[name]
    with pytest.raises(fk.InputError) as refused:
        unwrap(data)
    assert refused.value.finding
    assert refused.value.finding.code == code
    assert refused.value.finding.remedy("it")


def test_a_letter_cut_anywhere() -> None:
    for data in (letter({"f.xml": XML}), base64.b64encode(XML), letter({"p.eml": letter({"f.xml": XML}, end="\n")})):
        for cut in range(0, len(data), 61):
            try:
                found = unwrap(data[:cut])
            except fk.InputError:
                continue
            assert found.content.rstrip() == XML.rstrip()


def test_blanks_after_the_last_tag_are_recovered_too() -> None:
    """A damaged length: nothing but the XML itself says where it ends."""
    at = PLAIN.index(XML)
    found = unwrap(PLAIN[: at - 3] + b"\xc2" + PLAIN[at - 2 :])
    assert found.recovered
    assert found.content == XML


@needs_openssl
def test_a_signed_message_whose_signature_is_lost_is_not_unsigned() -> None:
    """Cut, or damaged: what says it is signed is verified, or cannot be."""
    whole = signed(PART, form="SMIME")  # opaque; the clear one is made of its pieces
    assert verify(whole, trust=()).verdict.is_intact
    clear = _clear()
    assert verify(clear, trust=()).verdict.is_intact
    cut = clear[: clear.index(b"MII")]
    damaged = clear.replace(b"\nMII", b"\nM*I")
    for data in (cut, damaged):
        found = verify(data, trust=())
        assert (found.verdict.value, found.recovered) == ("recovered-not-verifiable", True)
        assert unwrap(data).content == XML
        assert "00102" in {finding.code for finding in fk.validate(data).findings}


def _clear() -> bytes:
    """multipart/signed around a part that is the document."""
    from .wrapping import _identity, _openssl

    keys = ("-signer", str(_identity() / "cert.pem"), "-inkey", str(_identity() / "key.pem"))
    return _openssl("smime", "-sign", *keys, data=PART)


@needs_openssl
def test_names_that_say_something_else(tmp_path: Path) -> None:
    """Whatever the file is called, alone or in a folder."""
    shapes = {"der": sample(), "base64": base64.b64encode(sample()), "plain": XML, "smime": _clear()}
    for name, data in shapes.items():
        for ending in ("", ".zip", ".eml", ".p7m", ".xml", ".p7s"):
            folder = tmp_path / f"{name}{ending}-in"
            folder.mkdir()
            path = folder / f"f{ending}"
            path.write_bytes(data)
            in_a_folder = name != "smime" or ending in {".eml", ".p7m", ".xml"}
            for named in (str(path), str(folder))[: 1 + in_a_folder]:
                (item,) = inputs.expand([named], DEFAULT)
                answer = verifying(DEFAULT, trust=()).one(item).result
                assert not isinstance(answer, fk.InputError), (name, ending)
                assert answer.verdict.value == ("not-signed" if name == "plain" else "intact-signer-not-verified")
    (tmp_path / "z.zip").write_bytes(b"zzz" * 100)
    assert [item.archive for item in inputs.expand([str(tmp_path / "z.zip")], DEFAULT)] == ["broken"]


@needs_openssl
def test_a_file_of_the_name_of_a_signature_that_is_none(tmp_path: Path) -> None:
    """f.xml and f.xml.p7s, where the second is an envelope of its own: each is judged alone."""
    (tmp_path / "f.xml").write_bytes(XML)
    (tmp_path / "f.xml.p7s").write_bytes(sample())
    found = [verifying(DEFAULT, trust=()).one(item).result for item in inputs.expand([str(tmp_path)], DEFAULT)]
    assert [each.verdict.value for each in found if not isinstance(each, fk.InputError)] == [
        "not-signed",
        "intact-signer-not-verified",
    ]


def test_what_a_document_is_known_by() -> None:
    """Its first bytes; time stamps, signatures alone, other XML and text are none."""
    stamp = enclosed(element(0x04, b"\x30\x03\x02\x01\x01")).replace(b"\x0d\x01\x07\x01", b"\x0d\x01\x09\x10", 1)
    for data in (XML, PLAIN, PEM, B64, endless(0x30, PLAIN[4:]), XML.decode().encode("utf-16")):
        assert is_document(data[:4096])
    for data in (b"", b"ciao " * 100, b"<svg/>", stamp, DETACHED, base64.b64encode(b"<svg/>" * 9), b"0\x82\x01\x01"):
        assert not is_document(data[:4096])
