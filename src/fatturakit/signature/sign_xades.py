"""XAdES-BES in a document: signxml makes the signature, which is put into the received bytes before the last tag."""

from __future__ import annotations

import asyncio
import hashlib
import re
from datetime import datetime
from typing import Any, Final

from cryptography import x509
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureMethod
from signxml.xades.xades import XAdESDataObjectFormat, XAdESSigner

from ..errors import InputError
from ..texts import Text
from ..xmlio import parse
from .keys import Key
from .xmlsig import DS, canonical

_METHODS: Final = {"RSA": SignatureMethod.RSA_SHA256, "EC": SignatureMethod.ECDSA_SHA256}
_DIGEST: Final = "sha256"


def enveloped(data: bytes, key: Key, moment: datetime) -> bytes:
    """``data`` with the signature as last child of its root; every other byte stays."""
    root = parse(data)
    if next(root.iter(f"{DS}Signature"), None) is not None:
        raise InputError(_SIGNED)
    maker = _Maker(key, moment, canonical(root, document=True, exclusive=True))
    own = x509.load_der_x509_certificate(bytes(key.signer.signing_cert.dump()))  # type: ignore[union-attr]
    chain = [own, *(x509.load_der_x509_certificate(der) for der in key.chain)]
    hand: Any = _Hand(key)
    signed = maker.sign(root, key=hand, cert=chain, always_add_key_value=False)
    signature = signed.find(f"{DS}Signature")
    if signature is None:
        raise InputError(_NOT_POSSIBLE)
    etree.cleanup_namespaces(signature)
    return _with(data, root, etree.tostring(signature, with_tail=False))


class _Hand:
    """What signxml takes for a private key; the signature is made by pyHanko, where the key is."""

    def __init__(self, key: Key) -> None:
        self._signer = key.signer
        bits = re.search(r"\d+", key.certificate.key)
        self.key_size = int(bits[0]) if bits else 0

    def sign(self, data: bytes, **_: Any) -> bytes:
        """The signature of ``data``, with SHA-256."""
        return bytes(asyncio.run(self._signer.async_sign_raw(data, _DIGEST)))


class _Maker(XAdESSigner):
    """signxml's signer with our signing time, and the digest of the whole document (instructions beside the root)."""

    def __init__(self, key: Key, moment: datetime, document: bytes) -> None:
        kind = key.certificate.key.partition(" ")[0]
        if kind not in _METHODS:
            raise InputError(_NO_METHOD, kind=key.certificate.key)
        super().__init__(
            signature_algorithm=_METHODS[kind],
            digest_algorithm=DigestAlgorithm.SHA256,
            c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
            data_object_format=XAdESDataObjectFormat("FatturaPA", "text/xml"),
        )
        self.moment = moment
        self.document: bytes | None = document
        self._seed, self._given = document + moment.isoformat().encode(), 0

    def _get_token(self, length: int = 4) -> str:
        """Identifiers that the same document at the same time gets again."""
        self._given += 1
        return hashlib.sha256(self._seed + bytes([self._given])).hexdigest()[: 2 * length].upper()

    def add_signing_time(self, signed_signature_properties: Any, sig_root: Any, signing_settings: Any) -> None:
        """xades:SigningTime in UTC."""
        name = etree.QName("http://uri.etsi.org/01903/v1.3.2#", "SigningTime")
        etree.SubElement(signed_signature_properties, name).text = self.moment.isoformat().replace("+00:00", "Z")

    def _add_reference_to_signed_info(self, sig_root: Any, node_to_reference: Any, **attrs: str) -> None:
        """With the transform the digest is made by: signxml leaves it out, and then it means another one."""
        super()._add_reference_to_signed_info(sig_root, node_to_reference, **attrs)  # type: ignore[no-untyped-call]
        reference = sig_root.find(f"{DS}SignedInfo")[-1]
        transforms = etree.Element(f"{DS}Transforms")
        etree.SubElement(transforms, f"{DS}Transform", Algorithm=self.c14n_alg.value)
        reference.insert(0, transforms)

    def _c14n(self, nodes: Any, algorithm: Any, inclusive_ns_prefixes: Any = None) -> bytes:
        if self.document is not None:  # the first thing signxml canonicalises is the document
            document, self.document = self.document, None
            return document
        return bytes(super()._c14n(nodes, algorithm, inclusive_ns_prefixes))


def _with(data: bytes, root: etree._Element, signature: bytes) -> bytes:
    """``signature`` put before the end tag of the root, in the encoding of the document."""
    encoding = _encoding(data, root)
    written = signature.decode("ascii").encode(encoding)
    name = f"{root.prefix}:{etree.QName(root).localname}" if root.prefix else etree.QName(root).localname
    end = f"</{name}".encode(encoding)
    place = len(data)
    while (place := data.rfind(end, 0, place)) >= 0:
        made = data[:place] + written + data[place:]
        if _is_last_child(made):
            return made
    raise InputError(_NOT_POSSIBLE)


def _is_last_child(data: bytes) -> bool:
    """Whether the signature ended up in the tree, not in a comment or an instruction after the root."""
    try:
        return any(True for _ in parse(data).iterchildren(f"{DS}Signature"))
    except InputError:
        return False


def _encoding(data: bytes, root: etree._Element) -> str:
    if data[:2] in {b"\xff\xfe", b"<\x00"}:
        return "utf-16-le"
    if data[:2] in {b"\xfe\xff", b"\x00<"}:
        return "utf-16-be"
    return root.getroottree().docinfo.encoding or "utf-8"


_SIGNED: Final = Text(
    "Il documento ha già una firma XAdES, che una seconda romperebbe. Usa --cades.",
    "The document already has a XAdES signature, which a second one would break. Use --cades.",
)
_NOT_POSSIBLE: Final = Text(
    "La firma non si può inserire nel documento: manca il tag di chiusura della radice.",
    "The signature cannot be put into the document: the end tag of its root is missing.",
)
_NO_METHOD: Final = Text(
    "Con una chiave {kind} non si può firmare in XAdES: serve RSA o EC.",
    "A {kind} key cannot sign XAdES: RSA or EC is needed.",
)
