"""The signature chain of Portuguese and Angolan documents: what is signed, signing it, and verifying it.

Source: Portaria 363/2010 and Despacho 8632/2014. RSA with SHA-1 (the law says so) and PKCS #1 v1.5, a key of 1024 bits,
so the base64 text has 172 characters. The chain runs per series; the text of a document ends with the hash before it.

>>> message("2010-05-18", "2010-05-18T11:22:19", "FAC 001/14", Decimal("3.12"))
'2010-05-18;2010-05-18T11:22:19;FAC 001/14;3.12;'
>>> series_of("1N 8/00001"), series_of("no number")
(('1N 8', 1), None)
"""

from __future__ import annotations

import base64
import os
import re
from binascii import a2b_base64
from decimal import Decimal
from hashlib import sha1
from pathlib import Path
from typing import Any, Final, Self

from ..errors import InputError, UsageError
from ..money import cents
from ..refusals import reason
from ..texts import Text
from .extra import load

BITS: Final = 1024
"""The key the law prescribes; the element Hash has room for its 172 characters and no more."""
HASH_LENGTH: Final = 172
PRINTED: Final = (0, 10, 20, 30)
"""Positions 1, 11, 21 and 31 of the hash are printed on the document and stand in its QR code."""

_NUMBER: Final = re.compile(r"([^ ]+ [^/^ ]+)/([0-9]{1,60})", re.ASCII)


def message(date: str, system_entry: str, number: str, gross: Decimal, previous: str = "") -> str:
    """The text that is signed: date, date-time of entry, number, gross total in euro, hash of the document before.

    ``gross`` is rounded half up to two decimals; ``previous`` is empty for the first document of a series.
    """
    return f"{date};{system_entry};{number};{cents(gross)};{previous}"


def series_of(number: str) -> tuple[str, int] | None:
    """The series (all before the slash) and the place in it; None for what is no document number.

    Compare the place as a number: ``8/00001`` and ``8/1`` are the same one.
    """
    found = _NUMBER.fullmatch(number)
    return (found[1], int(found[2])) if found else None


def printed(value: str) -> str:
    """The four characters of a hash that are printed; "" for a document without one.

    >>> printed("Niozekjl2e9pmgUC0cuDoII43yVpfHHFldwd3G45y9rpdODZmPd")
    'N9oH'
    """
    return "".join(value[place] for place in PRINTED) if len(value) > PRINTED[-1] else ""


class Signer:
    """Signs with one private key. Takes 0.2 ms a document."""

    def __init__(self, key: Any) -> None:
        if getattr(key, "key_size", 0) != BITS:
            raise UsageError(_BITS, bits=getattr(key, "key_size", "?"), wanted=BITS)
        self._key = key
        self._how = _scheme()

    @classmethod
    def from_pem(cls, data: bytes, password: bytes | None = None) -> Self:
        """From a private key in PEM; ``InputError`` when it cannot be read, never showing any of it."""
        serialization = load("cryptography.hazmat.primitives.serialization")
        try:
            key = serialization.load_pem_private_key(data, password)
        except (ValueError, TypeError) as error:
            raise InputError(_NO_KEY) from error
        return cls(key)

    @classmethod
    def from_file(cls, path: str | os.PathLike[str], password: bytes | None = None) -> Self:
        """From a file; see ``from_pem``."""
        return cls.from_pem(_read(path), password)

    def sign(self, text: str) -> str:
        """The hash of a document: base64 without line breaks."""
        return base64.b64encode(self._key.sign(text.encode("utf-8"), *self._how)).decode("ascii")


class Verifier:
    """Verifies with one public key (or the public half of a certificate)."""

    def __init__(self, key: Any) -> None:
        self._recovered = getattr(key, "recover_data_from_signature", None)  # only RSA has it
        if self._recovered is None:
            raise InputError(_NO_PUBLIC)
        self._invalid = load("cryptography.exceptions").InvalidSignature
        self._how = _scheme()

    @classmethod
    def from_pem(cls, data: bytes) -> Self:
        """From a public key or a certificate in PEM; ``InputError`` when it is neither."""
        if b"PRIVATE KEY-----" in data:
            raise InputError(_PRIVATE)
        try:
            if b"CERTIFICATE" in data:
                return cls(load("cryptography.x509").load_pem_x509_certificate(data).public_key())
            return cls(load("cryptography.hazmat.primitives.serialization").load_pem_public_key(data))
        except (ValueError, TypeError) as error:
            raise InputError(_NO_PUBLIC) from error

    @classmethod
    def from_file(cls, path: str | os.PathLike[str]) -> Self:
        """From a file; see ``from_pem``."""
        return cls.from_pem(_read(path))

    def verifies(self, text: str, value: str) -> bool:
        """Whether ``value`` (base64) is the signature of ``text`` by this key."""
        digest = sha1(text.encode("utf-8"), usedforsecurity=False).digest()
        try:  # the digest inside is had more cheaply than its verdict
            found: bytes = self._recovered(a2b_base64(value, strict_mode=True), *self._how)  # type: ignore[misc]
        except (self._invalid, ValueError):
            return False
        return found == digest


def _scheme() -> tuple[Any, Any]:
    padding = load("cryptography.hazmat.primitives.asymmetric.padding")
    return padding.PKCS1v15(), load("cryptography.hazmat.primitives.hashes").SHA1()


def _read(path: str | os.PathLike[str]) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise InputError(_UNREADABLE, path=os.fspath(path), reason=reason(error)) from error


_BITS: Final = Text(
    "La chiave è di {bits} bit: la legge vuole RSA di {wanted} bit, e il campo Hash non contiene altro.",
    "The key has {bits} bits: the law wants RSA of {wanted} bits, and the element Hash holds nothing longer.",
    "A chave tem {bits} bits: a lei exige RSA de {wanted} bits, e o elemento Hash não leva mais.",
)
_NO_KEY: Final = Text(
    "La chiave privata non si legge: serve un file PEM (PKCS #8 o RSA), e la sua password se è cifrata.",
    "The private key cannot be read: it takes a PEM file (PKCS #8 or RSA), and its password when it is encrypted.",
    "Não se pode ler a chave privada: é preciso um ficheiro PEM (PKCS #8 ou RSA), e a palavra-passe se estiver cifrada.",
)
_NO_PUBLIC: Final = Text(
    "La chiave pubblica non si legge: serve un file PEM con una chiave pubblica RSA o un certificato.",
    "The public key cannot be read: it takes a PEM file with an RSA public key or a certificate.",
    "Não se pode ler a chave pública: é preciso um ficheiro PEM com uma chave pública RSA ou um certificado.",
)
_PRIVATE: Final = Text(
    "Questa è una chiave privata: per verificare serve la pubblica (openssl pkey -in CHIAVE -pubout). Non darla a nessuno.",
    "This is a private key: verifying takes the public one (openssl pkey -in KEY -pubout). Give it to nobody.",
    "Esta é uma chave privada: para verificar é precisa a pública (openssl pkey -in CHAVE -pubout). Não a dê a ninguém.",
)
_UNREADABLE: Final = Text(
    "«{path}» non si può leggere: {reason}.",
    "“{path}” cannot be read: {reason}.",
    "Não se pode ler «{path}»: {reason}.",
)
