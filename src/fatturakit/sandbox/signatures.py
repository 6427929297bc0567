"""How each provider signs its callbacks: HMAC with a time, HTTP message signatures with ed25519, or not at all."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from functools import cache
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

Signer = Callable[[str, bytes, str, datetime], dict[str, str]]
COMPONENTS: Final = ("@method", "@authority", "@target-uri", "date", "content-digest")
KEY_ID: Final = "acube"


def with_time(_url: str, body: bytes, secret: str, at: datetime) -> dict[str, str]:
    """``Invoicetronic-Signature: t=…,v1=…``, the HMAC-SHA256 of the time and the body."""
    if not secret:
        return {}
    stamp = int(at.timestamp())
    made = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return {"Invoicetronic-Signature": f"t={stamp},v1={made}"}


def with_key(url: str, body: bytes, _secret: str, at: datetime) -> dict[str, str]:
    """The three headers of RFC 9421 (and ``date``), signed with the key of the sandbox."""
    digest = f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"
    date = format_datetime(at, usegmt=True)
    names = " ".join(f'"{name}"' for name in COMPONENTS)
    params = f'({names});created={int(at.timestamp())};keyid="{KEY_ID}";alg="ed25519"'
    values = ("POST", urlsplit(url).netloc.lower(), url, date, digest)
    lines = [f'"{name}": {value}' for name, value in zip(COMPONENTS, values, strict=True)]
    base = "\n".join([*lines, f'"@signature-params": {params}'])
    made = base64.b64encode(_key().sign(base.encode())).decode()
    return {
        "Date": date,
        "Content-Digest": digest,
        "Signature-Input": f"sig1={params}",
        "Signature": f"sig1=:{made}:",
    }


def unsigned(_url: str, _body: bytes, _secret: str, _at: datetime) -> dict[str, str]:
    """OpenAPI.com signs nothing: a secret travels in the headers its owner asked for."""
    return {}


def public_key() -> str:
    """The key that checks ``with_key``, as PEM."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return _key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


@cache
def _key() -> Ed25519PrivateKey:
    """The same key every time: it proves nothing to anybody but tests."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"fatturakit sandbox").digest())


SIGNERS: Final[dict[str, Signer]] = {"acube": with_key, "invoicetronic": with_time, "openapi": unsigned}
