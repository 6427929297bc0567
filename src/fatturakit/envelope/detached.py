"""A signature in a file of its own (.p7s), and the document it is beside."""

from __future__ import annotations

from ..limits import DEFAULT, Limits
from . import armor, cms
from .der import Damaged
from .pieces import Envelope, Step
from .unwrap import Unwrapped, refused, unwrap

_ROUNDS = 4


def is_detached(data: bytes) -> bool:
    """Whether ``data`` (DER, BER, PEM or base64) is a signature without its content."""
    return _read(data) is not None


def beside(signature: bytes, content: bytes, name: str = "", *, limits: Limits = DEFAULT) -> Unwrapped:
    """``content`` unwrapped, with ``signature`` around it as its outermost envelope.

    ``InputError`` when the signature is none, or the content cannot be opened.
    """
    found = _read(signature)
    if found is None:
        raise refused("not_detached")
    inner = unwrap(content, name, limits=limits)
    return inner._replace(
        layers=("p7s", *inner.layers),
        steps=(Step("p7s", len(signature)), *inner.steps),
        envelopes=(Envelope(found, content, detached=True), *inner.envelopes),
        stamps=tuple([stamp._replace(level=stamp.level + 1) for stamp in inner.stamps]),
    )


def _read(data: bytes) -> bytes | None:
    """The envelope in ``data``; None when it is none, or has its content in it."""
    for _ in range(_ROUNDS):
        if cms.looks_like(data):
            break
        text = armor.plain_text(data)
        decoded = armor.pem(text).content if armor.is_pem(text) else (armor.decode(text) or (None,))[0]
        if not decoded:
            return None
        data = decoded
    try:
        found = cms.read(data)
    except Damaged:
        return None
    sound = found.kind == cms.SIGNED and found.content is None and found.whole
    return data[: found.stop] if sound else None
