"""Time stamps made on the spot by openssl's own authority, and put where they belong."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

from asn1crypto import cms
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from lxml import etree

from ..envelope.wrapping import element
from .making import NOW, YEAR, Holder, authority, openssl, signer

DS = "{http://www.w3.org/2000/09/xmldsig#}"
XADES = "{http://uri.etsi.org/01903/v1.3.2#}"
FOR_STAMPS = (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True)
MARK = b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x1f"
_CONFIGURATION = """
[tsa]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha1
ess_cert_id_alg = sha256
"""


def tsa(issuer: Holder | None = None, extension: tuple[x509.ExtendedKeyUsage, bool] = FOR_STAMPS) -> Holder:
    """An authority for time stamps."""
    return signer(
        common="TSA Inventata",
        allowed=("digital_signature",),
        issuer=issuer or authority("Radice delle marche"),
        qualified=False,
        until=NOW + 5 * YEAR,
        extensions=(extension,),
    )


def stamp(data: bytes, folder: Path, by: Holder | None = None, *, digest: str = "sha256", whole: bool = False) -> bytes:
    """A time stamp of now over ``data``; whole: the answer of the authority, with its status."""
    cert, private, chain = (by or tsa()).files(folder, "tsa")
    (folder / "stamped").write_bytes(data)
    (folder / "tsa.conf").write_text(_CONFIGURATION.format(folder=folder))
    openssl("ts", "-query", "-data", folder / "stamped", f"-{digest}", "-cert", "-out", folder / "query")
    words = ["-queryfile", folder / "query", "-signer", cert, "-inkey", private, "-chain", chain]
    words += ["-config", folder / "tsa.conf", "-section", "tsa", "-out", folder / "token"]
    openssl("ts", "-reply", *words, *([] if whole else ["-token_out"]))
    return (folder / "token").read_bytes()


def signature_of(envelope: bytes) -> bytes:
    """The signature value of the first signer."""
    return bytes(cms.ContentInfo.load(envelope)["content"]["signer_infos"][0]["signature"].native)


def cades_t(envelope: bytes, token: bytes) -> bytes:
    """The envelope with a time stamp among the unsigned attributes of its only signer; nothing else is encoded anew."""
    found = cms.ContentInfo.load(envelope)["content"]
    attribute = element(0x30, b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x02\x0e" + element(0x31, token))
    info = element(0x30, found["signer_infos"][0].contents + element(0xA1, attribute))
    parts = ("version", "digest_algorithms", "encap_content_info", "certificates")
    signed = b"".join(found[name].dump() for name in parts) + element(0x31, info)
    return element(0x30, b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" + element(0xA0, element(0x30, signed)))


def signature_value(document: bytes) -> bytes:
    """What a time stamp in XAdES is over: the canonical SignatureValue."""
    node = etree.fromstring(document).find(f".//{DS}SignatureValue")
    assert node is not None
    return bytes(etree.tostring(node, method="c14n", with_tail=False))


def xades_t(document: bytes, token: bytes) -> bytes:
    """The document with a SignatureTimeStamp in its signature."""
    words = "xades:UnsignedProperties", "xades:UnsignedSignatureProperties", "xades:SignatureTimeStamp"
    inner = f"<xades:EncapsulatedTimeStamp>{b64encode(token).decode()}</xades:EncapsulatedTimeStamp>"
    for name in reversed(words):
        inner = f"<{name}>{inner}</{name}>"
    end = b"</xades:QualifyingProperties>"
    assert document.count(end) == 1
    return document.replace(end, inner.encode() + end)


def tsd(content: bytes, *tokens: bytes, metadata: bytes = b"") -> bytes:
    """TimeStampedData (RFC 5544) around a file."""
    evidence = element(0xA0, b"".join(element(0x30, token) for token in tokens))
    body = b"\x02\x01\x01" + metadata + element(0x04, content) + evidence
    return element(0x30, MARK + element(0xA0, element(0x30, body)))


def m7m(content: bytes, answer: bytes) -> bytes:
    """The letter-like file signing programs keep an envelope and its time stamp in."""
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="B"\r\n\r\n--B\r\n'
    first = b'Content-Type: application/pkcs7-mime; name="f.xml.p7m"\r\nContent-Transfer-Encoding: binary\r\n\r\n'
    second = b'Content-Type: application/timestamp-reply; name="f.tsr"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    return head + first + content + b"\r\n--B\r\n" + second + b64encode(answer) + b"\r\n--B--\r\n"
