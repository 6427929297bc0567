"""BER written again as DER, for signers that signed attributes in DER and sent them in BER (RFC 5652, 5.4).

By tags and lengths alone: a library that rebuilds the values takes minutes over certificates nested in attributes.
"""

from __future__ import annotations

from typing import Final

from ..envelope.der import END, SET, Damaged, header

_CONSTRUCTED: Final = 0x20
_CONSTRUCTED_OCTETS: Final = 0x24
_OCTETS: Final = 0x04
_DEEPEST: Final = 32


def in_der(data: bytes) -> bytes:
    """The element ``data`` begins with, in DER: definite lengths, strings in one piece, sets in order."""
    return _element(data, 0, len(data), 0)[0]


def _element(data: bytes, at: int, end: int, depth: int) -> tuple[bytes, int]:
    """The element at ``at`` in DER, and the offset after it."""
    tag, at, stop = header(data, at, end)
    if not tag & _CONSTRUCTED:
        return _made(tag, data[at:stop]), stop
    if depth > _DEEPEST:
        raise Damaged
    limit = end if stop < 0 else stop
    inner: list[bytes] = []
    while at < limit and not (stop < 0 and data[at : at + 2] == END):
        child, at = _element(data, at, limit, depth + 1)
        inner.append(child)
    if stop < 0:
        at += 2
    if tag == _CONSTRUCTED_OCTETS:
        return _made(_OCTETS, b"".join(_value(each) for each in inner)), at
    return _made(tag, b"".join(sorted(inner) if tag == SET else inner)), at


def _value(element: bytes) -> bytes:
    _, start, stop = header(element, 0, len(element))
    return element[start:stop]


def _made(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 128:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content
