"""E-mail as it is saved from a certified mailbox (PEC): the documents attached to it.

Only headers go through Python's e-mail parser. Bodies are cut at their boundaries here, so that the bytes of an
attachment stay what they are, the work stays linear, and the nesting stops where the limits say.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from typing import Final, NamedTuple

from ..limits import Limits
from .armor import decode, looks_like_base64

SMIME: Final = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_FIELD: Final = re.compile(rb"[!-9;-~]{2,76}:|From ")
_TELLING: Final = (b"mime-version:", b"content-type:", b"content-transfer-encoding:", b"message-id:", b"received:")
_LEADING: Final = b" \t\r\n\xef\xbb\xbf"
_BLANK_LINE: Final = re.compile(rb"\r?\n[ \t]*\r?\n|\r[ \t]*\r(?!\n)")
_LOOK: Final = 32_768
_NOT_DOCUMENTS: Final = ("application/pkcs7-signature", "application/x-pkcs7-signature")


class Part(NamedTuple):
    """A leaf of a message: its file name ("" without one), type, and content (None when its base64 is broken)."""

    name: str
    type: str
    content: bytes | None


class TooMany(Exception):
    """The message nests or holds more parts than the limits allow."""


def is_mail(data: bytes) -> bool:
    """True when the bytes begin with a header field and some field only messages have follows."""
    head = data[:_LOOK].lstrip(_LEADING)
    if not _FIELD.match(head):
        return False
    fields, _, _ = _split(head)
    lowered = b"\n" + fields.lower().replace(b"\r", b"\n")
    return any(b"\n" + name in lowered for name in _TELLING)


def is_smime(data: bytes) -> bool:
    """True when the message as a whole is one signed (or time-stamped, .m7m) object, and no letter somebody sent."""
    headers = _headers(data.lstrip(_LEADING)[:_LOOK])
    one = headers.get_content_type() in (*SMIME, "multipart/signed", "multipart/mixed")
    return one and not any(name in headers for name in ("Received", "From", "Message-ID"))


def is_clear_signed(data: bytes) -> bool:
    """True when the message says that its first part is signed by its second."""
    return _headers(data.lstrip(_LEADING)[:_LOOK]).get_content_type() == "multipart/signed"


def signed(data: bytes) -> tuple[bytes, bytes] | None:
    """(what is signed, the signature) of a multipart/signed message: the first part with its headers; else None."""
    fields, body, _ = _split(data.lstrip(_LEADING))
    headers = _headers(fields)
    boundary = headers.get_boundary() if headers.get_content_type() == "multipart/signed" else None
    pieces = _between(body, boundary.encode("utf-8", "surrogateescape")) if boundary else []
    if len(pieces) != 2:
        return None
    fields, body, _ = _split(pieces[1])
    headers = _headers(fields)
    signature = _content(headers, body) if headers.get_content_type() in _NOT_DOCUMENTS else None
    return None if signature is None else (pieces[0], signature)


def parts(data: bytes, limits: Limits) -> Iterator[Part]:
    """The leaves of a message, in order; an attached message is a leaf too. Raises ``TooMany``."""
    waiting = [(data.lstrip(_LEADING), 0)]
    met = 0
    while waiting:
        entity, depth = waiting.pop()
        met += 1
        if depth > limits.mail_depth or met > limits.mail_parts:
            raise TooMany
        fields, body, _ = _split(entity)
        headers = _headers(fields)
        boundary = headers.get_boundary() if headers.get_content_maintype() == "multipart" else None
        if boundary:
            inner = _between(body, boundary.encode("utf-8", "surrogateescape"))
            waiting.extend((piece, depth + 1) for piece in reversed(inner))
        elif headers.get_content_type() not in _NOT_DOCUMENTS:
            yield Part(_name(headers), headers.get_content_type(), _content(headers, body))


def _split(entity: bytes) -> tuple[bytes, bytes, bool]:
    """(header block, body, True when there is a header); an entity may begin with its body at once."""
    first = entity.lstrip(b"\r\n")
    if entity[:1] in {b"\r", b"\n"} or not _FIELD.match(first):
        return b"", first if entity[:1] in {b"\r", b"\n"} else entity, False
    cut = _BLANK_LINE.search(entity)
    return (entity, b"", True) if cut is None else (entity[: cut.start()], entity[cut.end() :], True)


def _headers(fields: bytes) -> Message:
    cut = _BLANK_LINE.search(fields)
    return BytesHeaderParser().parsebytes(fields if cut is None else fields[: cut.start()])


def _between(body: bytes, boundary: bytes) -> list[bytes]:
    """What stands between the boundary lines; what follows the last one is kept when the closing line is missing."""
    line = re.compile(rb"(?:\A|\r?\n|\r)--" + re.escape(boundary) + rb"(--)?[ \t]*(?:\r?\n|\r|\Z)")
    pieces: list[bytes] = []
    start = -1
    at = 0
    while found := line.search(body, at):
        if start >= 0:
            pieces.append(body[start : found.start()])
        if found[1]:
            return pieces
        start = found.end()
        at = max(start - 1, found.start() + 1)  # the line end may belong to the next boundary too
    if start >= 0:
        pieces.append(body[start:])
    return pieces


def _name(headers: Message) -> str:
    raw = headers.get_filename() or ""
    try:
        name = str(make_header(decode_header(raw)))
    except (HeaderParseError, LookupError, ValueError):
        name = raw
    return name.replace("\\", "/").rpartition("/")[2]


def _content(headers: Message, body: bytes) -> bytes | None:
    how = str(headers.get("Content-Transfer-Encoding", "")).strip().lower()
    if how == "base64":
        if not body.strip():
            return b""
        decoded = decode(body) if looks_like_base64(body) or len(body) < 64 else None
        return decoded[0] if decoded else None
    return binascii.a2b_qp(body) if how == "quoted-printable" else body
