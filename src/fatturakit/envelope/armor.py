"""Binary written as text: base64 in all its shapes, PEM, and text that was saved as UTF-16."""

from __future__ import annotations

import binascii
import re
from typing import Final, NamedTuple

_BLANKS: Final = b" \t\r\n\x0b\x0c"
_ALPHABET: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=")
_LEADING: Final = _BLANKS + b"\xef\xbb\xbf"
_LOOK: Final = 256
_SHORTEST: Final = 16
_BEGIN: Final = b"-----BEGIN "
_URL_SAFE: Final = bytes.maketrans(b"-_", b"+/")
_PIECE: Final = re.compile(rb"[^=]+={0,2}")
_RUN: Final = re.compile(rb"(?:\xef\xbb\xbf)?[A-Za-z0-9+/_\s-]+={0,2}")
_FIELDS: Final = re.compile(rb"\s*(?:[A-Za-z][\w-]*:[^\r\n]*(?:\r?\n|\r))+(?:\r?\n|\r)")
PEM_LABELS: Final = ("CMS", "PKCS7", "PKCS #7 SIGNED DATA", "SIGNED MESSAGE")


class Pem(NamedTuple):
    """A PEM block. label: "PKCS7"; content: None when it is not base64; whole: False when it is cut."""

    label: str
    content: bytes | None
    whole: bool


def plain_text(data: bytes) -> bytes:
    """Text saved as UTF-16 brought back to one byte a character; anything else as it is."""
    head = data[:4]
    name = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}.get(head[:2])
    if name is None and len(head) == 4 and 0 in head:
        name = "utf-16-le" if head[1] == head[3] == 0 else "utf-16-be" if head[0] == head[2] == 0 else None
    if name is None:
        return data
    try:
        return data.decode(name).encode("ascii")
    except UnicodeError:
        return data


def looks_like_base64(text: bytes) -> bool:
    """True when the first characters are all of the alphabet."""
    head = text[:_LOOK].strip(_LEADING).translate(None, _BLANKS)
    return len(head) >= _SHORTEST and _ALPHABET.issuperset(head)


def decode(text: bytes) -> tuple[bytes, bool] | None:
    """The bytes in base64 ``text`` and whether its end is there; None for what is not base64.

    Line ends, blanks, a byte order mark, missing or superfluous padding, pieces padded each for itself and the URL-safe
    alphabet are accepted; a character that belongs to no alphabet never is: leaving it out would give wrong bytes.
    """
    clean = text.removeprefix(b"\xef\xbb\xbf").translate(None, _BLANKS)
    plain = _exactly(clean)
    return (plain, True) if plain is not None else _loosely(clean)


def _loosely(clean: bytes) -> tuple[bytes, bool] | None:
    """Base64 without blanks that is not quite as it should be."""
    if b"-" in clean or b"_" in clean:
        if b"+" in clean or b"/" in clean:
            return None
        clean = clean.translate(_URL_SAFE)
    if clean.endswith(b"===") or (len(clean) % 4 and clean.endswith(b"=")):
        clean = clean.rstrip(b"=")
    missing = -len(clean) % 4
    if missing == 3 and clean[-1] not in _ALPHABET:
        return None
    if missing:
        clean = clean[:-1] if missing == 3 else clean + b"=" * missing
    decoded = _exactly(clean)
    if decoded is None and b"=" in clean[:-2]:
        decoded = _in_pieces(clean)
    return None if decoded is None else (decoded, missing != 3)


def leading(text: bytes) -> bytes | None:
    """The bytes in the base64 ``text`` begins with, whatever is written after it; None when there is none."""
    run = _RUN.match(text)
    found = decode(run[0]) if run else None
    return found and found[0]


def _exactly(clean: bytes) -> bytes | None:
    """Padded base64 without blanks, decoded; None when a character of it is none.

    The decoder skips what it does not know (its strict mode is slower), but then there is less than the length says.
    """
    try:
        decoded = binascii.a2b_base64(clean)
    except binascii.Error:
        return None
    whole = len(clean) % 4 == 0 and len(decoded) == len(clean) // 4 * 3 - clean[-2:].count(b"=")
    return decoded if whole else None


def _in_pieces(clean: bytes) -> bytes | None:
    """What was encoded piece by piece, as programs do that fill one buffer after the other."""
    pieces = _PIECE.findall(clean)
    decoded = [_exactly(piece) for piece in pieces]
    whole = sum(map(len, pieces)) == len(clean) and None not in decoded
    return b"".join(each for each in decoded if each) if whole else None


def is_pem(text: bytes, within: int = 4096) -> bool:
    """True when a PEM block begins within the first few kilobytes, whatever is written before it."""
    return text.find(_BEGIN, 0, within) >= 0


def pem(text: bytes) -> Pem:
    """The first PEM block of ``text`` that may hold an envelope, else the first of all."""
    found = [_block(text, at) for at in _beginnings(text)]
    return next((block for block in found if block.label in PEM_LABELS), found[0])


def _beginnings(text: bytes) -> list[int]:
    places: list[int] = []
    at = text.find(_BEGIN)
    while at >= 0 and len(places) < 8:
        places.append(at)
        at = text.find(_BEGIN, at + 1)
    return places


def _block(text: bytes, at: int) -> Pem:
    start = text.find(b"-----", at + len(_BEGIN))
    if start < 0:
        return Pem("", None, whole=False)
    label = text[at + len(_BEGIN) : start].decode("ascii", "replace")[:60]
    stop = text.find(b"-----END", start)
    fields = _FIELDS.match(text, start + 5)  # as RFC 1421 has them
    inside = text[fields.end() if fields else start + 5 : stop if stop >= 0 else len(text)]
    decoded = decode(inside) if label in PEM_LABELS else None
    return Pem(label, decoded and decoded[0], bool(decoded and decoded[1]) and stop >= 0)
