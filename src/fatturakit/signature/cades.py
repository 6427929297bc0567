"""CMS and CAdES: does every signature of an envelope fit its content (RFC 5652, ETSI EN 319 122-1).

asn1crypto reads the structures, cryptography does the arithmetic; nothing is encoded again unless a signer broke DER.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain, islice
from typing import Any, Final, NamedTuple

from asn1crypto import cms, tsp, x509

from ..envelope.der import Damaged
from ..texts import EMPTY, Text
from . import algorithms, certificate, pieces
from .reencoding import in_der
from .verdict import Integrity, Signer

BROKEN: Final = (Damaged, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError)
"""What asn1crypto and cryptography raise for bytes that are not what they should be."""
_SIGNED_ATTRIBUTES: Final = b"\x31"
_COUNTER: Final = "counter_signature"
_TIMESTAMP: Final = "signature_time_stamp_token"
_DEEPEST: Final = 3
"""Counter-signatures of counter-signatures that are followed."""
_MOST_STAMPS: Final = 16
_MOST_ROWS: Final = 512
"""Signers and counter-signers of one envelope that are judged; more make the envelope unverifiable."""
_SET: Final = b"\x31"
_MOST_ATTRIBUTES: Final = 256 * 1024
_REMEMBERED: Final = 256


class Signed(NamedTuple):
    """What a signer signs: the content and its type; a counter-signature signs a signature, which has no type.

    chain: the certificates of the envelope.
    """

    content: bytes
    content_type: bytes | None = None
    chain: tuple[bytes, ...] = ()


class Attributes(NamedTuple):
    """The signed attributes of one signer. encoded: what was signed; None when there are none."""

    encoded: bytes | None = None
    content_type: bytes | None = None
    digest: bytes | None = None
    signed_at: datetime | None = None
    reference: tsp.SigningCertificate | tsp.SigningCertificateV2 | None = None
    policy: bool = False


def signers(data: bytes, content: bytes, level: int, extra: Sequence[bytes] = ()) -> Iterator[Signer]:
    """A row for every signer of the envelope ``data`` over ``content``; ``extra`` are certificates from elsewhere."""
    try:
        found = pieces.read(data)
    except BROKEN:
        yield _broken(level, _DAMAGED)
        return
    known = (*found.certificates, *extra)
    signed = Signed(content, found.content_type, found.certificates)
    rows = chain.from_iterable(_signer(raw, signed, level, known) for raw in found.signers)
    yield from islice(rows, _MOST_ROWS)
    if next(rows, None) is not None:
        yield _broken(level, _TOO_MANY)


def _broken(level: int, problem: Text) -> Signer:
    return Signer(level=level, format="CMS", integrity=Integrity.NOT_VERIFIABLE, problem=problem)


def _signer(raw: bytes, signed: Signed, level: int, known: tuple[bytes, ...], depth: int = 0) -> Iterator[Signer]:
    try:
        info, row, signature = _read(raw, signed, level, known)
    except algorithms.Unsupported as error:
        yield _broken(level, Text(_UNKNOWN.it.format(name=error), _UNKNOWN.en.format(name=error)))
        return
    except BROKEN:
        yield _broken(level, _DAMAGED)
        return
    yield row
    if depth < _DEEPEST:
        for inner in _unsigned(info, _COUNTER):
            yield from _signer(inner, Signed(signature, None, signed.chain), level, known, depth + 1)


def _read(raw: bytes, signed: Signed, level: int, known: tuple[bytes, ...]) -> tuple[cms.SignerInfo, Signer, bytes]:
    """A signer as it stands; when asn1crypto does not understand its BER, as it is in DER."""
    try:
        return _loaded(raw, signed, level, known)
    except algorithms.Unsupported:
        raise
    except BROKEN:
        again = in_der(raw)
        if again == raw:
            raise
    return _loaded(again, signed, level, known)


def _loaded(raw: bytes, signed: Signed, level: int, known: tuple[bytes, ...]) -> tuple[cms.SignerInfo, Signer, bytes]:
    info = cms.SignerInfo.load(raw)
    return info, *_judged(info, signed, level, known)


def _judged(info: cms.SignerInfo, signed: Signed, level: int, known: tuple[bytes, ...]) -> tuple[Signer, bytes]:
    digest, algorithm = info["digest_algorithm"]["algorithm"].native, info["signature_algorithm"]
    signature = bytes(info["signature"])
    attributes = _attributes(info)
    own = _certificate(info["sid"].dump(), known)
    common: dict[str, Any] = {
        "level": level,
        "format": _format(attributes, info),
        "counter": signed.content_type is None,
        "signed_at": attributes.signed_at,
        "digest": digest,
        "algorithm": algorithm["algorithm"].native,
        "tokens": tuple(islice(_unsigned(info, _TIMESTAMP), _MOST_STAMPS)),
        "stamped": signature,
        "chain": signed.chain,
    }
    integrity, problem = Integrity.NOT_VERIFIABLE, _NO_CERTIFICATE
    if attributes.digest is not None and attributes.digest != algorithms.digest(digest, signed.content):
        integrity, problem = Integrity.CHANGED, _CHANGED
    if own is None:
        return Signer(**common, integrity=integrity, problem=problem), signature
    common |= {"certificate": own.facts, "der": own.der, "certificate_match": _matches(attributes.reference, own.der)}
    common["obsolete"] = algorithms.weak((digest, *_hash_of(algorithm)), own.facts.key)
    if integrity is not Integrity.CHANGED:
        integrity, problem = _arithmetic(info, attributes, signed, own)
    if integrity is Integrity.INTACT and common["certificate_match"] is False:
        integrity, problem = Integrity.CHANGED, _REPLACED
    return Signer(**common, integrity=integrity, problem=problem), signature


def _arithmetic(
    info: cms.SignerInfo, attributes: Attributes, signed: Signed, own: certificate.Known
) -> tuple[Integrity, Text]:
    """The digest of the content is right: is the signature over it?"""
    signature = bytes(info["signature"])
    if attributes.encoded is None:
        if signed.content_type is not None and signed.content[:1] == _SET:
            return Integrity.CHANGED, _CONFUSED
        fits = _fits(info, own, signature, signed.content)
        return (Integrity.INTACT, EMPTY) if fits else (Integrity.CHANGED, _CHANGED_OR_BAD)
    if attributes.digest is None or attributes.content_type != signed.content_type:
        return Integrity.CHANGED, _ATTRIBUTES
    if _fits(info, own, signature, attributes.encoded):
        return Integrity.INTACT, EMPTY
    again = in_der(attributes.encoded)
    if again != attributes.encoded and _fits(info, own, signature, again):
        return Integrity.INTACT, EMPTY
    return Integrity.CHANGED, _BAD_SIGNATURE


def _fits(info: cms.SignerInfo, own: certificate.Known, signature: bytes, data: bytes) -> bool:
    algorithm = info["signature_algorithm"]
    digest = info["digest_algorithm"]["algorithm"].native
    if algorithm.signature_algo == "rsassa_pss":
        stated = algorithm["parameters"]
        mask = stated["mask_gen_algorithm"]["parameters"]["algorithm"].native
        salt = int(stated["salt_length"].native)
        digest = stated["hash_algorithm"]["algorithm"].native
        return algorithms.fits(own.key, signature, data, digest, algorithms.pss_padding(digest, mask, salt))
    return algorithms.fits(own.key, signature, data, next(iter(_hash_of(algorithm)), digest))


def _hash_of(algorithm: Any) -> tuple[str, ...]:
    """The digest a signature algorithm names ("sha256_rsa"), () when it leaves that to the digest algorithm."""
    try:
        return (algorithm.hash_algo,)
    except ValueError:
        return ()


def _attributes(info: cms.SignerInfo) -> Attributes:
    signed = info["signed_attrs"]
    if not isinstance(signed, cms.CMSAttributes) or not len(signed):
        return Attributes()
    encoded = signed.dump()
    if len(encoded) > _MOST_ATTRIBUTES:
        raise ValueError("signed attributes too large")
    found: dict[str, Any] = {}
    for attribute in signed:
        name = attribute["type"].native
        if name in found or len(attribute["values"]) != 1:
            raise ValueError(f"attribute {name} is there twice")  # RFC 5652, 11: one of each, with one value
        found[name] = attribute["values"][0]
    return Attributes(
        _SIGNED_ATTRIBUTES + encoded[1:],
        found["content_type"].contents if "content_type" in found else None,
        bytes(found["message_digest"]) if "message_digest" in found else None,
        _moment(found.get("signing_time")),
        _reference(found),
        "signature_policy_identifier" in found,
    )


def _moment(value: Any) -> datetime | None:
    if value is None:
        return None
    moment = value.native
    return moment.astimezone(UTC) if isinstance(moment, datetime) and moment.tzinfo else None


def _reference(found: dict[str, Any]) -> tsp.SigningCertificate | tsp.SigningCertificateV2 | None:
    if "signing_certificate_v2" in found:
        return tsp.SigningCertificateV2.load(found["signing_certificate_v2"].dump())
    if "signing_certificate" in found:
        return tsp.SigningCertificate.load(found["signing_certificate"].dump())
    return None


def _matches(reference: tsp.SigningCertificate | tsp.SigningCertificateV2 | None, der: bytes) -> bool | None:
    """Whether the first certificate the signer referred to is ``der``; None without a reference."""
    if reference is None:
        return None
    first = reference["certs"][0]
    name = first["hash_algorithm"]["algorithm"].native if isinstance(first, tsp.ESSCertIDv2) else "sha1"
    return bool(bytes(first["cert_hash"]) == algorithms.digest(name, der))


@lru_cache(maxsize=_REMEMBERED)
def _certificate(identifier: bytes, known: tuple[bytes, ...]) -> certificate.Known | None:
    """The certificate the signer info names, among those there are; None when it is not there or unreadable."""
    sid = cms.SignerIdentifier.load(identifier)
    for der in known:
        try:
            candidate = x509.Certificate.load(der)
            if sid.name == "subject_key_identifier":
                same = candidate.key_identifier == sid.chosen.native
            else:
                same = _same_issuer(sid.chosen, candidate)
            if same:
                return certificate.read(der)
        except BROKEN:
            continue
    return None


def _same_issuer(named: Any, candidate: Any) -> bool:
    if named["serial_number"].native != candidate.serial_number:
        return False
    return bool(named["issuer"].dump() == candidate.issuer.dump() or named["issuer"] == candidate.issuer)


def _unsigned(info: cms.SignerInfo, name: str) -> Iterator[bytes]:
    """The encodings of the values of an unsigned attribute."""
    try:
        attributes = info["unsigned_attrs"]
        found = [each for each in attributes if each["type"].native == name] if len(attributes) else []
        yield from [value.dump() for each in found for value in each["values"]]
    except BROKEN:
        return


def _format(attributes: Attributes, info: cms.SignerInfo) -> str:
    if attributes.reference is None:
        return "CMS"
    if any(True for _ in _unsigned(info, _TIMESTAMP)):
        return "CAdES-T"
    return "CAdES-EPES" if attributes.policy else "CAdES-BES"


_DAMAGED: Final = Text("la firma è danneggiata e non si legge", "the signature is damaged and cannot be read")
_UNKNOWN: Final = Text(
    "la firma usa un algoritmo che non si sa verificare ({name})",
    "the signature uses an algorithm nobody here can verify ({name})",
)
_NO_CERTIFICATE: Final = Text(
    "il certificato del firmatario non è nella busta o non si legge",
    "the signer's certificate is not in the envelope, or cannot be read",
)
_CHANGED: Final = Text(
    "il contenuto non è quello firmato: l'impronta non corrisponde",
    "the content is not what was signed: its digest differs",
)
_CHANGED_OR_BAD: Final = Text(
    "il contenuto o la firma sono stati cambiati", "the content or the signature has been changed"
)
_BAD_SIGNATURE: Final = Text(
    "la firma non corrisponde al certificato, o gli attributi firmati sono stati cambiati",
    "the signature does not fit the certificate, or the signed attributes have been changed",
)
_REPLACED: Final = Text(
    "il certificato nella busta non è quello indicato dal firmatario",
    "the certificate in the envelope is not the one the signer referred to",
)
_TOO_MANY: Final = Text(
    "la busta ha troppe firme: le altre non sono state verificate",
    "the envelope has too many signatures: the others were not verified",
)
_CONFUSED: Final = Text(
    "il contenuto potrebbe essere attributi firmati di un altro documento",
    "the content may be the signed attributes of another document",
)
_ATTRIBUTES: Final = Text(
    "fra gli attributi firmati mancano l'impronta o il tipo del contenuto",
    "the signed attributes lack the digest or the type of the content",
)
