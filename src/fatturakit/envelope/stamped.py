"""Documents kept with the proof of when they existed: TimeStampedData (RFC 5544, .tsd), and what .m7m letters carry."""

from __future__ import annotations

from typing import Final, NamedTuple

from .der import CONSTRUCTED_OCTETS, EXPLICIT_0, INTEGER, OCTETS, OID, SEQUENCE, Damaged, header, octets, skip

MARK: Final = b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x1f"
"""The content type id-ct-timestampedData, which every .tsd has near its beginning."""
_LOOK: Final = 32
_TIME_STAMPS: Final = 0xA0
_END: Final = b"\x00\x00"
_HASHED: Final = b"\x01\x01\xff"
_MOST: Final = 64
"""Time stamps around one document."""


class Stamped(NamedTuple):
    """A document and its time stamps. content: the document; covered: what the first stamp is over; tokens: each over
    the one before it, the first over ``covered``."""

    content: bytes
    covered: bytes
    tokens: tuple[bytes, ...]


def looks_like(data: bytes, start: int = 0) -> bool:
    """True for the beginning of a TimeStampedData."""
    return MARK in data[start : start + _LOOK]


def read(data: bytes, start: int = 0) -> Stamped | None:
    """The document and the stamps in a TimeStampedData; None when it carries no document. Raises ``Damaged``."""
    at, end = _into(data, start, len(data), SEQUENCE)
    at, end = _into(data, skip(data, at, end), end, EXPLICIT_0)
    at, end = _into(data, at, end, SEQUENCE)
    if data[at] != INTEGER:
        raise Damaged
    at = skip(data, at, end)
    hashed = b""
    while at < end and data[at] not in {OCTETS, CONSTRUCTED_OCTETS, _TIME_STAMPS}:
        tag, inside, stop = header(data, at, end)
        if tag == SEQUENCE and data[inside : inside + 3] == _HASHED:  # the name of the file is stamped with it
            hashed = data[at:stop]
        at = skip(data, at, end)
    if at >= end or data[at] == _TIME_STAMPS:
        return None
    content, at = octets(data, at, end)
    return Stamped(content, hashed + content, tuple(_tokens(data, at, end)))


def token(data: bytes) -> bytes | None:
    """The time stamp in an answer of a time-stamping authority, or the bare one; None when it is neither."""
    try:
        at, end = _into(data, 0, len(data), SEQUENCE)
        if data[at] == OID:
            return data[: skip(data, 0, len(data))]
        at = skip(data, at, end)
        return data[at : skip(data, at, end)] if at < end else None
    except (Damaged, IndexError):
        return None


def _tokens(data: bytes, at: int, end: int) -> list[bytes]:
    """The time stamps; revocation lists beside them are passed over."""
    if at >= end or data[at] != _TIME_STAMPS:
        return []
    at, end = _into(data, at, end, _TIME_STAMPS)
    found: list[bytes] = []
    while at < end and data[at : at + 2] != _END and len(found) < _MOST:
        inside, _ = _into(data, at, end, SEQUENCE)
        found.append(data[inside : skip(data, inside, end)])
        at = skip(data, at, end)
    return found


def _into(data: bytes, at: int, end: int, wanted: int) -> tuple[int, int]:
    tag, inside, stop = header(data, at, end)
    if tag != wanted:
        raise Damaged
    return inside, end if stop < 0 else stop
