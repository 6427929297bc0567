"""Tags and lengths of ASN.1, walked without decoding: where an element begins and ends, DER and BER alike.

Only offsets are computed, so that five megabytes of content cost one copy and a certificate costs nothing. The decoding
of what is inside (names, times, algorithms) is asn1crypto's business.
"""

from __future__ import annotations

from typing import Final

SEQUENCE: Final = 0x30
SET: Final = 0x31
INTEGER: Final = 0x02
OCTETS: Final = 0x04
OID: Final = 0x06
CONSTRUCTED_OCTETS: Final = 0x24
EXPLICIT_0: Final = 0xA0
INDEFINITE: Final = -1
END: Final = b"\x00\x00"
_DEEPEST: Final = 64
"""Elements of indefinite length in one another; a signed envelope has seven."""
_BLOCK: Final = 65_536
_HIGH_TAG: Final = 0x1F
_LONG: Final = 0x80


class Damaged(Exception):
    """The bytes are not the ASN.1 they begin as: cut, overwritten, or something else."""


def header(data: bytes, at: int, end: int) -> tuple[int, int, int]:
    """(tag, start, stop) of the element at ``at``; stop is INDEFINITE where only an end mark tells.

    Raises ``Damaged`` when the element is no element or reaches beyond ``end``.
    """
    if at + 2 > end:
        raise Damaged
    tag, first = data[at], data[at + 1]
    at += 2
    if first < _LONG:
        stop = at + first
    elif first == _LONG:
        if not tag & 0x20:
            raise Damaged
        return tag, at, INDEFINITE
    else:
        size = first & 0x7F
        stop = at + size + int.from_bytes(data[at : at + size], "big")
        at += size
    if stop > end or tag & _HIGH_TAG == _HIGH_TAG:
        raise Damaged
    return tag, at, stop


def skip(data: bytes, at: int, end: int) -> int:
    """The offset after the element at ``at``."""
    _, at, stop = header(data, at, end)
    if stop >= 0:
        return stop
    depth = 1
    while depth:
        if data[at : at + 2] == END:
            at, depth = at + 2, depth - 1
            continue
        _, at, stop = header(data, at, end)
        if stop >= 0:
            at = stop
        elif (depth := depth + 1) > _DEEPEST:
            raise Damaged
    return at


def octets(data: bytes, at: int, end: int) -> tuple[bytes, int]:
    """The content of the OCTET STRING at ``at``, put together when it comes in pieces, and the offset after it."""
    tag, at, stop = header(data, at, end)
    if tag == OCTETS:
        return data[at:stop], stop
    if tag != CONSTRUCTED_OCTETS:
        raise Damaged
    return _pieces(data, at, [(stop, end if stop < 0 else stop)])


def _pieces(data: bytes, at: int, opened: list[tuple[int, int]]) -> tuple[bytes, int]:
    """``opened``: (stop, farthest byte allowed) of the constructed strings we are in, outermost first."""
    blocks: list[bytes] = []
    while opened:
        stop, most = opened[-1]
        if at == stop:
            opened.pop()
        elif stop < 0 and data[at : at + 2] == END:
            at += 2
            opened.pop()
        else:
            tag, start, inner = header(data, at, most)
            if tag == OCTETS:
                block, at = _run(data, at, most)
                blocks.append(block)
            elif tag == CONSTRUCTED_OCTETS and len(opened) < _DEEPEST:
                at = start
                opened.append((inner, most if inner < 0 else inner))
            else:
                raise Damaged
    return b"".join(blocks), at


def _run(data: bytes, at: int, most: int) -> tuple[bytes, int]:
    """Plain strings one after the other, put together, and the offset after the last.

    At most _BLOCK of them at a time: a string cut into single bytes must not cost forty times its size.
    """
    pieces: list[bytes] = []
    while at < most and data[at] == OCTETS and len(pieces) < _BLOCK:
        start = at + 2
        stop = start + data[at + 1] if start <= most else most + 1
        if stop > most or data[at + 1] >= _LONG:
            _, start, stop = header(data, at, most)
        pieces.append(data[start:stop])
        at = stop
    return b"".join(pieces), at
