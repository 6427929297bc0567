"""The pieces of a signed envelope: certificates and signer infos, found beside a content that is not copied again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from ..envelope.der import EXPLICIT_0, INTEGER, OID, SEQUENCE, SET, Damaged, header, skip

_CERTIFICATES: Final = EXPLICIT_0
_REVOCATIONS: Final = 0xA1
_ENDLESS: Final = 0x80
_END: Final = b"\x00\x00"
_MOST: Final = 256
"""Certificates, or signers, of one envelope; real ones have a handful."""


class Pieces(NamedTuple):
    """content_type: the bytes of its object identifier; certificates and signers: their encodings, in order."""

    content_type: bytes
    certificates: tuple[bytes, ...]
    signers: tuple[bytes, ...]


def read(data: bytes) -> Pieces:
    """The pieces of the SignedData in a ContentInfo, DER or BER. Raises ``Damaged`` when it is not one."""
    _, at, stop = _into(data, 0, len(data), SEQUENCE)
    at = skip(data, at, stop)
    _, at, stop = _into(data, at, stop, EXPLICIT_0)
    _, at, stop = _into(data, at, stop, SEQUENCE)
    tag, _, at = header(data, at, stop)
    if tag != INTEGER:
        raise Damaged
    at = skip(data, at, stop)
    content_type = _content_type(data, at, stop)
    certificates: tuple[bytes, ...] = ()
    signers: tuple[bytes, ...] | None = None
    for tag, start, end in _elements(data, skip(data, at, stop), stop):
        if tag == _CERTIFICATES:
            certificates = tuple([_in_der(each) for each in _encodings(data, start, end, SEQUENCE)])
        elif tag == SET:
            signers = tuple(_encodings(data, start, end, SEQUENCE))
        elif tag != _REVOCATIONS:
            raise Damaged
    if signers is None:  # it must be there, if only to say that nobody signed
        raise Damaged
    return Pieces(content_type, certificates, signers)


def _in_der(certificate: bytes) -> bytes:
    """A certificate as its authority signed it, also where whoever made the envelope wrote it in BER."""
    if certificate[1] != _ENDLESS:
        return certificate
    from .reencoding import in_der

    return in_der(certificate)


def _into(data: bytes, at: int, end: int, wanted: int) -> tuple[int, int, int]:
    """Into the element at ``at``; one of indefinite length ends with what is around it, or earlier at its mark."""
    tag, start, stop = header(data, at, end)
    if tag != wanted:
        raise Damaged
    return tag, start, end if stop < 0 else stop


def _content_type(data: bytes, at: int, end: int) -> bytes:
    _, at, stop = _into(data, at, end, SEQUENCE)
    tag, start, stop = header(data, at, stop)
    if tag != OID or stop < 0:
        raise Damaged
    return data[start:stop]


def _elements(data: bytes, at: int, end: int) -> Iterator[tuple[int, int, int]]:
    """(tag, start of the content, end of the element) of every element up to ``end`` or an end mark."""
    for _ in range(_MOST):
        if at >= end or data[at : at + 2] == _END:
            return
        tag, start, _ = header(data, at, end)
        after = skip(data, at, end)
        yield tag, start, after
        at = after
    raise Damaged


def _encodings(data: bytes, at: int, end: int, wanted: int) -> Iterator[bytes]:
    for _ in range(_MOST):
        if at >= end or data[at : at + 2] == _END:
            return
        after = skip(data, at, end)
        if data[at] == wanted:
            yield data[at:after]
        at = after
    raise Damaged
