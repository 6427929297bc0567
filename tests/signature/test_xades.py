"""XAdES over the received bytes: real messages of SdI, our own signatures, and attacks on what is signed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from fatturakit.signature.keys import signing_key
from fatturakit.signature.sign import sign
from fatturakit.signature.verdict import Integrity, Verdict
from fatturakit.signature.verify import verify

from ..samples import INVOICE
from ..shared import needs_shared, shared
from .making import p7m, signer

DS = "http://www.w3.org/2000/09/xmldsig#"
PLAIN = INVOICE.encode()


def signed(data: bytes, folder: Path, kind: str = "rsa") -> bytes:
    """``data`` with our XAdES."""
    path = signer(kind).p12(folder / f"{kind}.p12")
    with signing_key(p12=path, secret="segreta") as key:
        return sign(data, key, form="xades")


SHAPES: dict[str, bytes] = {
    "plain": PLAIN,
    "crlf": PLAIN.replace(b"\n", b"\r\n"),
    "bom": b"\xef\xbb\xbf" + PLAIN,
    "stylesheet beside the root": PLAIN.replace(b"?>\n", b'?>\n<?xml-stylesheet type="text/xsl" href="f.xsl"?>\n', 1),
    "comment with an end tag after the root": PLAIN + b"<!-- </p:FatturaElettronica> -->\n<?fine </p:?>",
    "default namespace": PLAIN.replace(b"xmlns:p=", b"xmlns=").replace(b"p:Fattura", b"Fattura"),
    "cdata and references": PLAIN.replace(b"Tavolo", b"<![CDATA[Tavolo & sedia]]>&#233;&amp;"),
    "latin-1": PLAIN.replace(b"UTF-8", b"ISO-8859-1").replace(b"Tavolo", b"Caff\xe8"),
    "utf-16": INVOICE.replace("UTF-8", "UTF-16").encode("utf-16"),
    "blank in the end tag": PLAIN.replace(b"</p:FatturaElettronica>", b"</p:FatturaElettronica\n >"),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", ["rsa", "p256", "p384"])
def test_signed_documents_keep_their_bytes_and_verify(shape: str, kind: str, tmp_path: Path) -> None:
    """Only the signature is added; every later change of the document is seen."""
    data = SHAPES[shape]
    made = signed(data, tmp_path, kind)
    found = verify(made, trust=())
    assert found.verdict is Verdict.NOT_VERIFIED, found.problem.en
    (row,) = found.signers
    assert (row.format, row.digest, row.certificate_match) == ("XAdES-BES enveloped", "sha256", True)
    assert _without_signature(made, data)
    wide = "utf-16-le" if shape == "utf-16" else "ascii"
    changed = made.replace(">100.00<".encode(wide), ">900.00<".encode(wide))
    assert changed != made
    assert verify(changed, trust=()).verdict is Verdict.CHANGED


def _without_signature(made: bytes, data: bytes) -> bool:
    size = len(made) - len(data)
    return any(made[:place] + made[place + size :] == data for place in range(len(data)))


def test_a_changed_instruction_beside_the_root_is_seen(tmp_path: Path) -> None:
    """It is part of the document that URI="" names."""
    made = signed(SHAPES["stylesheet beside the root"], tmp_path)
    assert verify(made.replace(b"f.xsl", b"g.xsl"), trust=()).verdict is Verdict.CHANGED


@needs_shared
def test_messages_signed_by_sdi() -> None:
    """Real signatures of SdI (filter 2.0, no reference to the certificate); reformatted copies are changed."""
    found = {}
    for path in sorted(shared("corpus", "notifications").glob("*.xml")):
        if b"SignatureValue" in path.read_bytes():
            found[path.name[9:]] = verify(path, trust=())
    assert [name for name, each in found.items() if each.verdict is Verdict.CHANGED] == [
        "IT01234567890_FPR01_DT_001.xml"
    ]
    sound = [each for each in found.values() if each.verdict is Verdict.EXPIRED_AFTER]
    assert len(sound) == len(found) - 1 >= 4
    assert {row.obsolete for each in sound for row in each.signers} == {("RSA 1024",)}


def test_in_an_envelope_and_in_the_document(tmp_path: Path) -> None:
    """XAdES inside CAdES: a row for each."""
    rows = verify(p7m(signed(PLAIN, tmp_path), signer("p256"), folder=tmp_path), trust=()).signers
    assert [(row.level, row.format) for row in rows] == [(1, "CAdES-BES"), (2, "XAdES-BES enveloped")]


def _tree(data: bytes) -> tuple[etree._Element, etree._Element]:
    root = etree.fromstring(data)
    found = root.find(f"{{{DS}}}Signature")
    assert found is not None
    return root, found


def _wrapped(data: bytes) -> bytes:
    """The signed document hidden in a foreign one, whose own content nobody signed."""
    genuine, signature = _tree(data)
    forged = etree.fromstring(PLAIN.replace(b">100.00<", b">900.00<"))
    genuine.remove(signature)
    reference = signature.find(f"{{{DS}}}SignedInfo/{{{DS}}}Reference")
    assert reference is not None
    forged.append(signature)
    holder = etree.SubElement(signature, f"{{{DS}}}Object")
    holder.append(genuine)
    return etree.tostring(forged)


def _only_a_part(data: bytes) -> bytes:
    return data.replace(b'<ds:Reference URI=""', b'<ds:Reference URI="#parte"').replace(
        b"<DatiGenerali>", b'<DatiGenerali Id="parte">'
    )


def _no_uri(data: bytes) -> bytes:
    return data.replace(b' URI=""', b"")


def _foreign_transform(data: bytes) -> bytes:
    return data.replace(
        b"http://www.w3.org/2000/09/xmldsig#enveloped-signature", b"http://www.w3.org/TR/1999/REC-xslt-19991116"
    )


def _later_time(data: bytes) -> bytes:
    return re.sub(rb"SigningTime>20\d\d", b"SigningTime>2001", data)


def _properties_twice(data: bytes) -> bytes:
    """A second SignedProperties with the same Id: which one is signed cannot be told."""
    found = re.search(rb"<xades:SignedProperties .*?</xades:SignedProperties>", data, re.DOTALL)
    assert found is not None
    return data.replace(found[0], found[0] + found[0])


@pytest.mark.parametrize(
    "attack", [_wrapped, _only_a_part, _no_uri, _foreign_transform, _later_time, _properties_twice]
)
def test_attacks_on_what_is_signed(attack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    """None of them is intact."""
    made = signed(PLAIN, tmp_path)
    assert verify(made, trust=()).verdict is Verdict.NOT_VERIFIED
    assert not verify(attack(made), trust=()).verdict.is_intact


def test_a_signature_that_covers_a_part_only_is_no_signature_of_the_document(tmp_path: Path) -> None:
    """Rightly made with signxml, over one element: the rest of the document is not signed."""
    from cryptography import x509
    from signxml.signer import XMLSigner

    holder = signer()
    root = etree.fromstring(PLAIN)
    part = root.find("FatturaElettronicaHeader")
    assert part is not None
    part.set("Id", "testata")
    made = XMLSigner().sign(
        root, key=holder.key, cert=[x509.load_der_x509_certificate(holder.der)], reference_uri="testata"
    )
    (row,) = verify(etree.tostring(made), trust=()).signers
    assert row.integrity is Integrity.CHANGED
    assert "cover" in row.problem.en


def test_signxml_agrees(tmp_path: Path) -> None:
    """Our signatures verify with signxml's own verifier, untouched."""
    from signxml.xades.xades import XAdESVerifier

    made = signed(PLAIN, tmp_path)
    own = etree.fromstring(made).findtext(f".//{{{DS}}}X509Certificate")
    assert len(XAdESVerifier().verify(made, x509_cert=own)) == 3


@pytest.mark.parametrize(
    "broken",
    [
        b"<ds:SignatureValue>!!!</ds:SignatureValue>",
        b"<ds:SignatureValue/>",
        b"",
    ],
)
def test_broken_signatures_are_verdicts(broken: bytes, tmp_path: Path) -> None:
    """A signature value that is none: not intact, no exception."""
    made = re.sub(rb"<ds:SignatureValue>.*?</ds:SignatureValue>", broken, signed(PLAIN, tmp_path), flags=re.DOTALL)
    assert not verify(made, trust=()).verdict.is_intact
