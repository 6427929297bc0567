"""What a certificate says, read once: the same signer signs thousands of invoices."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.x509.oid import NameOID

from .verdict import Certificate

_QC_STATEMENTS: Final = x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3")
_QC_COMPLIANCE: Final = bytes.fromhex("060604008e460101")  # the identifier 0.4.0.1862.1.1, encoded
_TAX_CODE: Final = re.compile(
    r"(?:TIN|VAT)?IT[-:]?([A-Z0-9]{11,16})|([A-Z]{6}[0-9A-Z]{2}[A-Z][0-9A-Z]{2}[A-Z][0-9A-Z]{3}[A-Z])"
)
_REMEMBERED: Final = 256


class Known(NamedTuple):
    """A certificate read: its facts, its key, and its bytes."""

    facts: Certificate
    key: PublicKeyTypes
    der: bytes


@lru_cache(maxsize=_REMEMBERED)
def read(der: bytes) -> Known:
    """The facts and the key of a certificate; ``ValueError`` when it cannot be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what a certificate does oddly is for its issuer to hear
            loaded = x509.load_der_x509_certificate(der)
            key = loaded.public_key()
            return Known(_facts(loaded, key), key, der)
    except ValueError:
        raise
    except Exception as error:  # the library raises errors of its own for what it does not know
        raise ValueError(str(error)) from error


def _facts(loaded: x509.Certificate, key: PublicKeyTypes) -> Certificate:
    subject, issuer = dict(_names(loaded.subject)), dict(_names(loaded.issuer))
    return Certificate(
        subject=_person(subject),
        tax_code=_tax_code(subject),
        issuer=issuer.get(NameOID.COMMON_NAME) or issuer.get(NameOID.ORGANIZATION_NAME, ""),
        issuer_organisation=issuer.get(NameOID.ORGANIZATION_NAME, ""),
        serial=f"{loaded.serial_number:x}",
        not_before=loaded.not_valid_before_utc,
        not_after=loaded.not_valid_after_utc,
        key=_key(key),
        usage=_usage(loaded),
        qualified=_qualified(loaded),
    )


def _names(name: x509.Name) -> Iterator[tuple[x509.ObjectIdentifier, str]]:
    for attribute in name:
        value = attribute.value
        yield attribute.oid, value if isinstance(value, str) else value.decode("latin-1")


def _person(subject: dict[x509.ObjectIdentifier, str]) -> str:
    parts = (subject.get(NameOID.GIVEN_NAME, ""), subject.get(NameOID.SURNAME, ""))
    whole = " ".join(part for part in parts if part)
    return whole or subject.get(NameOID.COMMON_NAME, "") or subject.get(NameOID.ORGANIZATION_NAME, "")


def _tax_code(subject: dict[x509.ObjectIdentifier, str]) -> str:
    """serialNumber (TINIT-…, IT:…), then the older places: dnQualifier, common name."""
    for place in (NameOID.SERIAL_NUMBER, NameOID.DN_QUALIFIER, NameOID.COMMON_NAME):
        match = _TAX_CODE.search(subject.get(place, "").upper())
        if match:
            return match[1] or match[2]
    return ""


def _key(key: PublicKeyTypes) -> str:
    if isinstance(key, rsa.RSAPublicKey):
        return f"RSA {key.key_size}"
    if isinstance(key, ec.EllipticCurvePublicKey):
        return f"EC {key.curve.name}"
    if isinstance(key, dsa.DSAPublicKey):
        return f"DSA {key.key_size}"
    return type(key).__name__.strip("_").removesuffix("PublicKey")


_USAGES: Final = (
    ("digital_signature", "digitalSignature"),
    ("content_commitment", "nonRepudiation"),
    ("key_encipherment", "keyEncipherment"),
    ("data_encipherment", "dataEncipherment"),
    ("key_agreement", "keyAgreement"),
    ("key_cert_sign", "keyCertSign"),
    ("crl_sign", "cRLSign"),
)


def _usage(loaded: x509.Certificate) -> tuple[str, ...]:
    try:
        stated = loaded.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return ()
    return tuple(name for attribute, name in _USAGES if getattr(stated, attribute)) or ("none",)


def _qualified(loaded: x509.Certificate) -> bool:
    try:
        statements = loaded.extensions.get_extension_for_oid(_QC_STATEMENTS).value
    except x509.ExtensionNotFound:
        return False
    return isinstance(statements, x509.UnrecognizedExtension) and _QC_COMPLIANCE in statements.value
