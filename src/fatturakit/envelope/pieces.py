"""What is noted on the way into a document: layers, signed envelopes, time stamps."""

from __future__ import annotations

from typing import NamedTuple

from ..texts import Text


class Step(NamedTuple):
    """One layer of the chain, outermost first, and how many bytes it has."""

    layer: str
    size: int


class Envelope(NamedTuple):
    """One signed envelope (CMS SignedData).

    data: its ContentInfo, DER or BER; content: what it encloses; recovered: True when its ASN.1 is damaged and the
    signature can no longer be verified; detail: why; detached: it encloses nothing, its content was beside it.
    """

    data: bytes
    content: bytes
    recovered: bool = False
    detail: Text | None = None
    detached: bool = False


class Stamp(NamedTuple):
    """A time stamp around documents (.tsd, .m7m). token: RFC 3161; covered: what it must be over; level: how many
    envelopes are around it."""

    token: bytes
    covered: bytes
    level: int
