"""The content of a CMS (PKCS#7) envelope, found by its tags and lengths (RFC 5652)."""

from __future__ import annotations

from typing import Final, NamedTuple

from .der import (
    END,
    EXPLICIT_0,
    INDEFINITE,
    INTEGER,
    OID,
    SEQUENCE,
    SET,
    Damaged,
    header,
    octets,
    skip,
)

_PKCS7: Final = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07"
SIGNED: Final = "signed"
KINDS: Final = {
    _PKCS7 + b"\x01": "data",
    _PKCS7 + b"\x02": SIGNED,
    _PKCS7 + b"\x03": "encrypted",
    _PKCS7 + b"\x04": "encrypted",
    _PKCS7 + b"\x05": "digested",
    _PKCS7 + b"\x06": "encrypted",
    b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x17": "encrypted",
}
"""Content types by the bytes of their object identifier; what is not listed is no envelope of ours."""
MARK: Final = b"\x06\x09" + _PKCS7 + b"\x02"
"""What every signed envelope has near its beginning."""


DATA: Final = b"\x06\x09" + _PKCS7 + b"\x01"
"""The type of a content that is a document."""


class Cms(NamedTuple):
    """What was found. content: None when the envelope has none (detached, certificates only, encrypted).

    start, stop: where the envelope is in the data; whole: False when it is cut or inconsistent after its content.
    """

    kind: str
    content: bytes | None
    start: int
    stop: int
    whole: bool


class _Level(NamedTuple):
    """A constructed element we are inside. stop: its end, INDEFINITE when only a mark tells; most: the last byte."""

    at: int
    stop: int
    most: int


def looks_like(data: bytes, at: int = 0) -> bool:
    """True for a SEQUENCE that is long, of indefinite length, or begins with an object identifier."""
    return data[at : at + 1] == b"\x30" and (data[at + 1 : at + 2] >= b"\x80" or data[at + 2 : at + 3] == b"\x06")


def read(data: bytes, start: int = 0) -> Cms:
    """The envelope at ``start``. Raises ``Damaged`` when its content cannot be reached with certainty."""
    outer = _enter(data, _Level(start, INDEFINITE, len(data)), SEQUENCE)
    kind, at = _kind(data, outer)
    if kind in {"other", "encrypted"}:
        return Cms(kind, None, start, len(data), whole=True)
    wrapper = _enter(data, outer._replace(at=at), EXPLICIT_0)
    levels = [outer, wrapper]
    content: bytes | None
    if kind == "data":
        content, at = octets(data, wrapper.at, wrapper.most)
    else:
        body = _enter(data, wrapper, SEQUENCE)
        levels.append(body)
        content, at = _encapsulated(data, _before_content(data, body))
    stop = _leave(data, at, levels)
    return Cms(kind, content, start, len(data) if stop is None else stop, stop is not None)


def _enter(data: bytes, level: _Level, wanted: int) -> _Level:
    """Into the element at ``level.at``; one that says it reaches beyond the data is cut there, to be told later."""
    at, most = level.at, level.most
    try:
        tag, inside, stop = header(data, at, most)
    except Damaged:
        tag, inside, stop = _cut_header(data, at, most)
    if tag != wanted:
        raise Damaged
    return _Level(inside, stop, most if stop < 0 else min(stop, most))


def _cut_header(data: bytes, at: int, most: int) -> tuple[int, int, int]:
    """The header of an element that ends after ``most``: cut, but what is there may be whole."""
    size = data[at + 1] & 0x7F if most - at >= 2 and data[at + 1] > 0x80 else 0
    if not 0 < size <= 8 or at + 2 + size > most:
        raise Damaged
    inside = at + 2 + size
    return data[at], inside, inside + int.from_bytes(data[at + 2 : inside], "big")


def _kind(data: bytes, outer: _Level) -> tuple[str, int]:
    tag, at, stop = header(data, outer.at, outer.most)
    if tag != OID:
        return "other", at
    return KINDS.get(data[at:stop], "other"), stop


def _before_content(data: bytes, body: _Level) -> _Level:
    """Past the version and the digest algorithms (a SET of them, or one alone in digested data)."""
    tag, _, at = header(data, body.at, body.most)
    if tag != INTEGER or at < 0 or data[at : at + 1] not in {bytes([SET]), bytes([SEQUENCE])}:
        raise Damaged
    return body._replace(at=skip(data, at, body.most))


def _encapsulated(data: bytes, level: _Level) -> tuple[bytes | None, int]:
    """The content in EncapsulatedContentInfo, and the offset after all of it."""
    inner = _enter(data, level, SEQUENCE)
    tag, _, at = header(data, inner.at, inner.most)
    if tag != OID or at < 0:
        raise Damaged
    if at == inner.stop or (inner.stop < 0 and data[at : at + 2] == END):
        return None, at if inner.stop >= 0 else at + 2
    wrapper = _enter(data, inner._replace(at=at), EXPLICIT_0)
    content, at = octets(data, wrapper.at, wrapper.most)
    for each in (wrapper, inner):
        at = _close(data, at, each)
    return content, at


def _close(data: bytes, at: int, level: _Level) -> int:
    """The offset after ``level``, which must end at ``at``."""
    if level.stop >= 0:
        if at != level.stop:
            raise Damaged
        return at
    if data[at : at + 2] != END:
        raise Damaged
    return at + 2


def _leave(data: bytes, at: int, levels: list[_Level]) -> int | None:
    """The end of the outermost level, when everything after the content is there; None when it is not."""
    try:
        for level in reversed(levels):
            while at < level.most and (level.stop >= 0 or data[at : at + 2] != END):
                at = skip(data, at, level.most)
            at = _close(data, at, level)
    except Damaged:
        return None
    return at
