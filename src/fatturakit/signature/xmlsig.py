"""XML signatures over the received bytes: signxml judges the signature, the references are read by a closed list.

signxml leaves out what stands beside the root element (a stylesheet instruction is signed too), passes over transforms
it does not know, and looks at one signature only; so the digests of the references are made here, canonical form by
libxml2, and only what covers the whole document counts.
"""

from __future__ import annotations

import re
from base64 import b64decode
from typing import Any, Final

from lxml import etree
from signxml.algorithms import DigestAlgorithm, SignatureMethod
from signxml.exceptions import InvalidDigest, InvalidInput
from signxml.verifier import SignatureConfiguration, VerifyResult, XMLVerifier

from ..schema.profiles import DSIG_NS
from ..xmlio import parse
from . import algorithms

DS: Final = f"{{{DSIG_NS}}}"
_XPATH: Final = "http://www.w3.org/TR/1999/REC-xpath-19991116"
_FILTER: Final = "http://www.w3.org/2002/06/xmldsig-filter2"
_ENVELOPED: Final = f"{DSIG_NS}enveloped-signature"
INCLUSIVE: Final = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
C14N: Final = {
    INCLUSIVE: False,
    "http://www.w3.org/2006/12/xml-c14n11": False,
    "http://www.w3.org/2001/10/xml-exc-c14n#": True,
}
_COMMENTS: Final = ("#WithComments", "WithComments")
DIGESTS: Final = {
    DigestAlgorithm.SHA1: "sha1",
    DigestAlgorithm.SHA224: "sha224",
    DigestAlgorithm.SHA256: "sha256",
    DigestAlgorithm.SHA384: "sha384",
    DigestAlgorithm.SHA512: "sha512",
    DigestAlgorithm.SHA3_224: "sha3_224",
    DigestAlgorithm.SHA3_256: "sha3_256",
    DigestAlgorithm.SHA3_384: "sha3_384",
    DigestAlgorithm.SHA3_512: "sha3_512",
}
_ALL_SIGNATURES: Final = re.compile(r"/{0,2}(?:descendant(?:-or-self)?::)?(?:(\w[\w.-]*):)?Signature")
_NOT_SIGNATURES: Final = re.compile(r"not\(ancestor-or-self::(?:(\w[\w.-]*):)?Signature\)")
_MOST: Final = 64
"""References of one signature, and signatures of one document."""


class Uncovered(InvalidInput):
    """The signature is right, but it leaves part of the document unsigned."""


class Foreign(InvalidInput):
    """A reference is made in a way FatturaPA does not allow (a transform, a URI outside the file)."""


def signatures(root: etree._Element) -> list[etree._Element]:
    """The signatures of a document in order; those inside others (counter-signatures) come after the outer one."""
    return [node for _, node in zip(range(_MOST), root.iter(f"{DS}Signature"), strict=False)]


class Verifier(XMLVerifier):
    """One signature of a document, the ``place``-th; ``covered`` collects what its references reach."""

    def __init__(self, data: bytes, place: int) -> None:
        super().__init__()
        self.data = data
        self.place = place
        self.digests: list[str] = []
        self.covered: list[etree._Element] = []
        self.whole = False

    def run(self, certificate: Any) -> None:
        """Check the signature with ``certificate``; every exception of signxml or of ours means it does not hold."""
        everything = SignatureConfiguration(
            expect_references=True,
            verification_time=certificate.not_valid_before_utc,
            signature_methods=frozenset(each for each in SignatureMethod if "HMAC" not in each.name),
            digest_algorithms=frozenset(DigestAlgorithm),
        )
        self.verify(self.data, x509_cert=certificate, expect_config=everything, validate_schema=False)

    def get_root(self, data: Any) -> etree._Element:
        """The document, parsed as everywhere in the house."""
        return parse(data)

    def _get_signature(self, root: etree._Element) -> etree._Element:
        return signatures(root)[self.place]

    def _verify_reference(
        self, reference: Any, index: int, root: Any, resolver: Any, method: Any, signature: Any, key: Any
    ) -> VerifyResult:
        if index >= _MOST:
            raise Foreign("too many references")
        fresh = parse(self.data)
        own = signatures(fresh)[self.place]
        node = _resolved(fresh, reference)
        exclusive, prefixes, removed = _transforms(reference)
        if removed and node is fresh:
            _remove([own] if removed == "own" else signatures(fresh))
        if node is fresh:
            self.whole = bool(removed)
        name = _digest_name(reference)
        self.digests.append(name)
        form = canonical(node, document=reference.get("URI") == "", exclusive=exclusive, prefixes=prefixes)
        found = algorithms.digest(name, form)
        if found != b64decode(reference.findtext(f"{DS}DigestValue") or ""):
            raise InvalidDigest(reference.get("URI"))
        self.covered.append(node)
        return VerifyResult(b"", node, signature, b"")


def _resolved(root: etree._Element, reference: etree._Element) -> etree._Element:
    """The element a reference points to: the root for "", else the only one with that Id."""
    uri = reference.get("URI")
    if uri == "":
        return root
    if uri is None or not uri.startswith("#") or "(" in uri:
        raise Foreign(f"URI {uri}")
    found = root.xpath("//*[@Id=$name or @ID=$name or @id=$name]", name=uri[1:])
    if not isinstance(found, list) or len(found) != 1:
        raise Foreign(f"URI {uri}")
    return found[0]  # type: ignore[return-value]


def _transforms(reference: etree._Element) -> tuple[bool, list[str] | None, str]:
    """(exclusive canonical form, its inclusive prefixes, which signatures are taken out: "", "own" or "all")."""
    exclusive, prefixes, removed = False, None, ""
    for transform in reference.iterfind(f"{DS}Transforms/{DS}Transform"):
        name = transform.get("Algorithm", "")
        plain = name.removesuffix("#WithComments").removesuffix("WithComments") if name.endswith(_COMMENTS) else name
        plain = plain if plain in C14N else name.removesuffix("WithComments")
        if plain in C14N:
            exclusive, prefixes = C14N[plain], _prefixes(transform)
        elif name == _ENVELOPED:
            removed = removed or "own"
        elif _takes_all(transform, name):
            removed = "all"
        else:
            raise Foreign(f"Transform {name}")
    return exclusive, prefixes, removed


def _prefixes(transform: etree._Element) -> list[str] | None:
    listed = transform.find("{http://www.w3.org/2001/10/xml-exc-c14n#}InclusiveNamespaces")
    return None if listed is None else (listed.get("PrefixList") or "").split()


def _takes_all(transform: etree._Element, name: str) -> bool:
    """Whether an XPath transform takes out every signature and nothing else."""
    for node in transform.iterchildren(f"{{{_FILTER}}}XPath") if name == _FILTER else ():
        return len(transform) == 1 and node.get("Filter") == "subtract" and _names(node, _ALL_SIGNATURES)
    for node in transform.iterchildren(f"{DS}XPath") if name == _XPATH else ():
        return len(transform) == 1 and _names(node, _NOT_SIGNATURES)
    return False


def _names(node: etree._Element, shape: re.Pattern[str]) -> bool:
    match = shape.fullmatch("".join((node.text or "").split()))
    return bool(match and node.nsmap.get(match[1] or "") == DSIG_NS)


def _remove(found: list[etree._Element]) -> None:
    """Take signatures out of their document; the text after each stays."""
    for node in found:
        parent, before = node.getparent(), node.getprevious()
        if parent is None:
            continue
        if before is not None:
            before.tail = (before.tail or "") + (node.tail or "") or None
        else:
            parent.text = (parent.text or "") + (node.tail or "") or None
        node.tail = None
        parent.remove(node)


def _digest_name(reference: etree._Element) -> str:
    method = reference.find(f"{DS}DigestMethod")
    return DIGESTS[DigestAlgorithm(method.get("Algorithm") if method is not None else None)]


def canonical(
    node: etree._Element, *, document: bool, exclusive: bool = False, prefixes: list[str] | None = None
) -> bytes:
    """The canonical form of an element, or of its document with the instructions beside the root."""
    if document:
        whole: Any = node.getroottree()
    else:  # parsed again, so that the namespaces in scope are its own
        whole = parse(etree.tostring(node, with_tail=False))
    made = etree.tostring(
        whole, method="c14n", exclusive=exclusive, with_comments=False, inclusive_ns_prefixes=prefixes
    )
    return bytes(made)
