"""What a report says of a content whose bytes are no longer at hand."""

from __future__ import annotations

from typing import NamedTuple


class Seal(NamedTuple):
    """The size of a content, and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


def sealed(content: bytes) -> Seal:
    """The seal of bytes that are at hand."""
    import hashlib

    return Seal(len(content), hashlib.sha256(content).hexdigest())
