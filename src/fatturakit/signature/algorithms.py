"""Names of digests and signatures, which of them are obsolete, and one signature checked with its key."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any, Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

OBSOLETE: Final = frozenset({"md2", "md4", "md5", "sha1"})
_WEAK_RSA_BITS: Final = 2048
_HASHES: Final[Mapping[str, Callable[[], hashes.HashAlgorithm]]] = {
    "md5": hashes.MD5,
    "sha1": hashes.SHA1,
    "sha224": hashes.SHA224,
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
    "sha512_224": hashes.SHA512_224,
    "sha512_256": hashes.SHA512_256,
    "sha3_224": hashes.SHA3_224,
    "sha3_256": hashes.SHA3_256,
    "sha3_384": hashes.SHA3_384,
    "sha3_512": hashes.SHA3_512,
}
_DIGESTS: Final[Mapping[str, Any]] = {
    name: getattr(hashlib, name, None) or partial(hashlib.new, name) for name in _HASHES
}
_SHOWN: Final = {"md5": "MD5", "sha1": "SHA-1"}
_LONG: Final = re.compile(r"^SHA(?=\d{3})")


class Unsupported(ValueError):
    """An algorithm nobody should need, or one the library does not know."""


def shown(name: str) -> str:
    """The usual spelling of a digest.

    >>> shown("sha256"), shown("sha3_256"), shown("sha512_256")
    ('SHA-256', 'SHA3-256', 'SHA-512/256')
    """
    return _SHOWN.get(name) or _LONG.sub("SHA-", name.upper().replace("SHA3_", "SHA3-").replace("_", "/"))


def digest(name: str, data: bytes) -> bytes:
    """The digest of ``data``; ``Unsupported`` for a name that is not in the table."""
    make = _DIGESTS.get(name)
    if make is None:
        raise Unsupported(name)
    made: bytes = make(data, usedforsecurity=False).digest()
    return made


@cache
def hash_of(name: str) -> hashes.HashAlgorithm:
    """The digest as the cryptographic library wants it."""
    if name not in _HASHES:
        raise Unsupported(name)
    return _HASHES[name]()


_PKCS1: Final = padding.PKCS1v15()


def fits(key: PublicKeyTypes, signature: bytes, data: bytes, digest_name: str, pss: Any = None) -> bool:
    """Whether ``signature`` over ``data`` was made with the private half of ``key``.

    pss: the padding of RSASSA-PSS, None for the older padding. ``Unsupported`` for other kinds of keys.
    """
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, data, pss or _PKCS1, hash_of(digest_name))
        else:
            _other(key, signature, data, digest_name)
    except InvalidSignature:
        return False
    except UnsupportedAlgorithm as error:
        raise Unsupported(str(error)) from error
    return True


def _other(key: PublicKeyTypes, signature: bytes, data: bytes, digest_name: str) -> None:
    if isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, data, ec.ECDSA(hash_of(digest_name)))
    elif isinstance(key, dsa.DSAPublicKey):
        key.verify(signature, data, hash_of(digest_name))
    elif isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey):
        key.verify(signature, data)
    else:
        raise Unsupported(type(key).__name__)


def pss_padding(digest_name: str, mask_digest: str, salt: int) -> padding.PSS:
    """The padding RSASSA-PSS parameters describe."""
    hash_of(digest_name)
    return padding.PSS(padding.MGF1(hash_of(mask_digest)), salt)


def weak(digest_names: tuple[str, ...], key: str) -> tuple[str, ...]:
    """What is obsolete among the digests of a signature and its key ("RSA 1024"), in words for people."""
    found = [shown(name) for name in dict.fromkeys(digest_names) if name in OBSOLETE]
    kind, _, bits = key.partition(" ")
    if kind in {"RSA", "DSA"} and bits.isdigit() and int(bits) < _WEAK_RSA_BITS:
        found.append(key)
    return tuple(found)
