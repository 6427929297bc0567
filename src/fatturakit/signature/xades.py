"""XAdES: does every signature in a document fit the document (ETSI EN 319 132-1), and what do its properties say."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain
from typing import Any, Final, NamedTuple

from cryptography import x509
from lxml import etree
from signxml.exceptions import InvalidDigest, InvalidSignature, SignXMLException

from ..errors import InputError
from ..texts import EMPTY, Text
from ..xmlio import child, parse
from . import algorithms, certificate
from .algorithms import Unsupported
from .verdict import Integrity, Signer
from .xmlsig import C14N, DS, INCLUSIVE, Foreign, Verifier, canonical, signatures

XADES: Final = "{http://uri.etsi.org/01903/v1.3.2#}"
_PROPERTIES: Final = f".//{XADES}SignedProperties"
_BROKEN: Final = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, etree.LxmlError)
_MOST_STAMPS: Final = 16
_MOST_REFERENCES: Final = 48
"""References of all the signatures of a document: each costs a reading of the whole document."""
_METHOD: Final = {"rsa": "rsassa_pkcs1v15", "ecdsa": "ecdsa", "rsa-mgf1": "rsassa_pss"}


class Properties(NamedTuple):
    """The XAdES properties of a signature. node: the SignedProperties, None in a plain XML signature."""

    node: etree._Element | None = None
    signed_at: datetime | None = None
    references: tuple[tuple[str, bytes], ...] = ()
    policy: bool = False
    tokens: tuple[bytes, ...] = ()
    stamped: bytes = b""


def signers(data: bytes, level: int, extra: tuple[bytes, ...] = ()) -> Iterator[Signer]:
    """A row for every signature in the document ``data``, whose bytes are as received."""
    try:
        root = parse(data)
    except InputError:
        return
    left = _MOST_REFERENCES
    for place, node in enumerate(signatures(root)):
        left -= len(node.findall(f"{DS}SignedInfo/{DS}Reference"))
        if left < 0:
            yield Signer(level=level, format="XML-DSig", integrity=Integrity.NOT_VERIFIABLE, problem=_TOO_MANY)
            return
        yield _judged(data, place, node, level, extra)


def _judged(data: bytes, place: int, node: etree._Element, level: int, extra: tuple[bytes, ...]) -> Signer:
    properties = _properties(node)
    inside = _certificates(node)
    common: dict[str, Any] = {"level": level, "format": _format(properties), "chain": inside}
    common |= {"counter": _is_counter(node), "tokens": properties.tokens, "stamped": properties.stamped}
    own = _own(properties, inside, extra)
    if own is None:
        return Signer(**common, integrity=Integrity.NOT_VERIFIABLE, problem=_NO_CERTIFICATE)
    verifier = Verifier(data, place)
    integrity, problem = _held(verifier, own, properties, common["counter"])
    digest, algorithm = _methods(node)
    match = _matches(properties, own.der)
    if integrity is Integrity.INTACT and match is False:
        integrity, problem = Integrity.CHANGED, _REPLACED
    return Signer(
        **common,
        integrity=integrity,
        problem=problem,
        certificate=own.facts,
        der=own.der,
        signed_at=properties.signed_at,
        digest=next(iter(verifier.digests), digest),
        algorithm=algorithm,
        obsolete=algorithms.weak((digest, *verifier.digests), own.facts.key),
        certificate_match=match,
    )


def _held(verifier: Verifier, own: certificate.Known, properties: Properties, counter: bool) -> tuple[Integrity, Text]:
    """Whether the signature holds, and why not."""
    try:
        verifier.run(x509.load_der_x509_certificate(own.der))
    except InvalidDigest:
        return Integrity.CHANGED, _CHANGED
    except InvalidSignature:
        return Integrity.CHANGED, _BAD_SIGNATURE
    except Foreign:
        return Integrity.CHANGED, _FOREIGN
    except (Unsupported, SignXMLException, InputError, *_BROKEN):
        return Integrity.NOT_VERIFIABLE, _DAMAGED
    if not counter and not verifier.whole:
        return Integrity.CHANGED, _UNCOVERED
    if properties.node is not None and not _reached(verifier, properties.node):
        return Integrity.CHANGED, _PROPERTIES_UNSIGNED
    return Integrity.INTACT, EMPTY


def _reached(verifier: Verifier, node: etree._Element) -> bool:
    """Whether a reference covers exactly this SignedProperties, not another of the same look."""
    path = node.getroottree().getpath(node)
    return any(each.getroottree().getpath(each) == path for each in verifier.covered)


def _is_counter(node: etree._Element) -> bool:
    return next(node.iterancestors(f"{DS}Signature"), None) is not None


def _certificates(node: etree._Element) -> tuple[bytes, ...]:
    """The certificates in KeyInfo, undecodable ones left out."""
    found = []
    for each in node.iterfind(f"{DS}KeyInfo/{DS}X509Data/{DS}X509Certificate"):
        try:
            found.append(b64decode("".join((each.text or "").split())))
        except ValueError:
            continue
    return tuple(found)


def _own(properties: Properties, inside: tuple[bytes, ...], extra: tuple[bytes, ...]) -> certificate.Known | None:
    """The signer's certificate: the one the properties refer to, else the first in KeyInfo that is no authority's."""
    readable = [*_readable(inside)]
    named = (each for each in (*readable, *_readable(extra)) if _matches(properties, each.der))
    holders = (each for each in readable if "keyCertSign" not in each.facts.usage)
    return next(chain(named, holders, readable), None)


def _readable(found: tuple[bytes, ...]) -> Iterator[certificate.Known]:
    for der in found:
        try:
            yield certificate.read(der)
        except ValueError:
            continue


def _matches(properties: Properties, der: bytes) -> bool | None:
    """Whether the first certificate the properties refer to is ``der``; None without a reference."""
    if not properties.references:
        return None
    name, value = properties.references[0]
    try:
        return algorithms.digest(name, der) == value
    except Unsupported:
        return False


def _properties(node: etree._Element) -> Properties:
    holder = next((each for each in node.iterfind(f"{DS}Object") if each.find(_PROPERTIES) is not None), None)
    if holder is None:
        return Properties()
    found = holder.find(_PROPERTIES)
    signed = child(found, f"{XADES}SignedSignatureProperties") if found is not None else None
    if found is None or signed is None:
        return Properties(found)
    return Properties(
        found,
        _moment(signed.findtext(f"{XADES}SigningTime")),
        tuple(_references(signed)),
        signed.find(f"{XADES}SignaturePolicyIdentifier") is not None,
        *_time_stamps(node, holder),
    )


def _time_stamps(node: etree._Element, holder: etree._Element) -> tuple[tuple[bytes, ...], bytes]:
    """The time stamps over the signature value, and the canonical form they must be over.

    One way to canonicalise for all of them: real signatures have one time stamp.
    """
    place = f"{XADES}QualifyingProperties/{XADES}UnsignedProperties/{XADES}UnsignedSignatureProperties"
    found = [*holder.iterfind(f"{place}/{XADES}SignatureTimeStamp")]
    value = node.find(f"{DS}SignatureValue")
    if not found or value is None:
        return (), b""
    method = found[0].find(f"{DS}CanonicalizationMethod")
    name = INCLUSIVE if method is None else method.get("Algorithm", "")
    tokens = tuple(_token(each) for each in found[:_MOST_STAMPS])
    known = name in C14N
    return tokens, canonical(value, document=False, exclusive=C14N[name]) if known else b""


def _token(stamp: etree._Element) -> bytes:
    """The token of a SignatureTimeStamp; what is no base64 is a damaged one."""
    try:
        return b64decode("".join((stamp.findtext(f"{XADES}EncapsulatedTimeStamp") or "").split()))
    except ValueError:
        return b""


def _references(signed: etree._Element) -> Iterator[tuple[str, bytes]]:
    from signxml.algorithms import DigestAlgorithm

    from .xmlsig import DIGESTS

    for name in ("SigningCertificateV2", "SigningCertificate"):
        for each in signed.iterfind(f"{XADES}{name}/{XADES}Cert/{XADES}CertDigest"):
            method = each.find(f"{DS}DigestMethod")
            value = "".join((each.findtext(f"{DS}DigestValue") or "").split())
            try:
                algorithm = DigestAlgorithm(method.get("Algorithm") if method is not None else None)
                yield DIGESTS[algorithm], b64decode(value)
            except (ValueError, KeyError):
                yield "", b""


def _moment(value: str | None) -> datetime | None:
    """xs:dateTime; without an offset it is taken as UTC, which is what most signing programs mean."""
    try:
        moment = datetime.fromisoformat((value or "").strip())
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _methods(node: etree._Element) -> tuple[str, str]:
    """(digest, algorithm) of SignatureMethod, as CMS names them."""
    method = node.find(f"{DS}SignedInfo/{DS}SignatureMethod")
    name = (method.get("Algorithm", "") if method is not None else "").rpartition("#")[2].lower()
    digest = next((each for each in ("sha1", "sha224", "sha256", "sha384", "sha512", "md5") if each in name), "")
    if "mgf1" in name:
        return digest, "rsassa_pss"
    return digest, _METHOD.get(name.partition("-")[0], name)


def _format(properties: Properties) -> str:
    if properties.node is None:
        return "XML-DSig enveloped"
    if not properties.references:
        return "XAdES enveloped"
    if properties.tokens:
        return "XAdES-T enveloped"
    return "XAdES-EPES enveloped" if properties.policy else "XAdES-BES enveloped"


_TOO_MANY: Final = Text(
    "il documento ha troppe firme: le altre non sono state verificate",
    "the document has too many signatures: the others were not verified",
)
_DAMAGED: Final = Text(
    "la firma è danneggiata o usa algoritmi sconosciuti", "the signature is damaged or uses unknown algorithms"
)
_NO_CERTIFICATE: Final = Text(
    "il certificato del firmatario non è nella firma o non si legge",
    "the signer's certificate is not in the signature, or cannot be read",
)
_CHANGED: Final = Text(
    "il documento non è quello firmato: l'impronta non corrisponde",
    "the document is not what was signed: its digest differs",
)
_BAD_SIGNATURE: Final = Text(
    "la firma non corrisponde al certificato, o ciò che firma è stato cambiato",
    "the signature does not fit the certificate, or what it signs has been changed",
)
_FOREIGN: Final = Text(
    "la firma rimanda al documento in un modo che SdI non ammette (URI o trasformazione)",
    "the signature refers to the document in a way SdI does not allow (URI or transform)",
)
_UNCOVERED: Final = Text(
    "la firma non copre tutto il documento: una parte non è firmata",
    "the signature does not cover the whole document: part of it is not signed",
)
_PROPERTIES_UNSIGNED: Final = Text(
    "le proprietà della firma (ora, certificato) non sono firmate",
    "the properties of the signature (time, certificate) are not signed",
)
_REPLACED: Final = Text(
    "il certificato nella firma non è quello indicato dal firmatario",
    "the certificate in the signature is not the one the signer referred to",
)
