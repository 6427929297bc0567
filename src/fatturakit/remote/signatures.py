"""HTTP message signatures (RFC 9421) with ed25519 and content digests (RFC 9530): is this body from whom it says?

A small reader of the two headers: what was signed is taken word for word from ``signature-input``.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from ..errors import MissingExtra
from ..texts import Text

_INPUT: Final = re.compile(
    r'(?<![\w.*-])([a-z*][\w.*-]*)\s*=\s*(\(((?:\s*"[^"]+")*)\s*\)((?:;[a-z*][\w.*-]*=(?:"[^"]*"|[\w.+-]+))*))'
)
_SIGNATURE: Final = re.compile(r"(?<![\w.*-])([a-z*][\w.*-]*)\s*=\s*:([A-Za-z0-9+/=]*):")
_DIGEST: Final = re.compile(r"(sha-256|sha-512)\s*=\s*:([A-Za-z0-9+/=]*):")
_HASHES: Final = {"sha-256": hashlib.sha256, "sha-512": hashlib.sha512}
_KEY_BYTES: Final = 32


class Message(NamedTuple):
    """What arrived: method, the whole address it was sent to, headers (names in lower case), body."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


class Signed(NamedTuple):
    """A signature of the message: the components it covers, its parameters, the signed text and the signature."""

    components: tuple[str, ...]
    parameters: Mapping[str, str]
    base: bytes
    signature: bytes


def digest_holds(message: Message) -> bool:
    """True when ``content-digest`` is there, of a kind we know, and every one of them fits the body."""
    found = _DIGEST.findall(message.headers.get("content-digest", ""))
    return bool(found) and all(_HASHES[name](message.body).digest() == _decoded(value) for name, value in found)


def signatures(message: Message) -> Iterator[Signed]:
    """Every signature whose covered components are all there."""
    made = dict(_SIGNATURE.findall(message.headers.get("signature", "")))
    for label, whole, names, parameters in _INPUT.findall(message.headers.get("signature-input", "")):
        components = tuple(re.findall(r'"([^"]+)"', names))
        values = [_component(message, name) for name in components]
        if label not in made or None in values:
            continue
        lines = [f'"{name}": {value}' for name, value in zip(components, values, strict=True)]
        base = "\n".join([*lines, f'"@signature-params": {whole}'])
        yield Signed(components, dict(_parameters(parameters)), base.encode(), _decoded(made[label]))


def fits(signed: Signed, key: str | bytes) -> bool:
    """True when the ed25519 key made the signature. key: PEM, DER or raw bytes, in base64 or not."""
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        from cryptography.hazmat.primitives.serialization import load_der_public_key, load_pem_public_key
    except ImportError as error:
        raise MissingExtra(_MISSING) from error

    data = key.encode() if isinstance(key, str) else key
    if b"-----BEGIN" in data:
        public = load_pem_public_key(data.strip())
    else:
        raw = data if len(data) == _KEY_BYTES else _decoded(data.decode("ascii", "replace").strip())
        public = Ed25519PublicKey.from_public_bytes(raw) if len(raw) == _KEY_BYTES else load_der_public_key(raw)
    if not isinstance(public, Ed25519PublicKey):
        return False
    try:
        public.verify(signed.signature, signed.base)
    except InvalidSignature:
        return False
    return True


def _component(message: Message, name: str) -> str | None:
    parts = urlsplit(message.url)
    derived = {
        "@method": message.method.upper(),
        "@target-uri": message.url,
        "@authority": parts.netloc.lower().removesuffix(":443" if parts.scheme == "https" else ":80"),
        "@scheme": parts.scheme.lower(),
        "@path": parts.path or "/",
        "@query": f"?{parts.query}",
        "@request-target": (parts.path or "/") + (f"?{parts.query}" if parts.query else ""),
    }
    if name.startswith("@"):
        return derived.get(name)
    value = message.headers.get(name.lower())
    return None if value is None else " ".join(value.split())


def _parameters(text: str) -> Iterator[tuple[str, str]]:
    for name, quoted, plain in re.findall(r';([a-z*][\w.*-]*)=(?:"([^"]*)"|([\w.+-]+))', text):
        yield name, quoted or plain


def _decoded(value: str) -> bytes:
    try:
        return b64decode(value, validate=True)
    except (NotBase64, ValueError):
        return b""


_MISSING: Final = Text(
    "Per controllare questa firma serve: pip install 'fatturakit[remote]'",
    "To check this signature: pip install 'fatturakit[remote]'",
)
