"""Which encoding to read a file in when rows are handed out at once and there is no second try."""

from __future__ import annotations

from ..limits import Limits
from .encoding import FALLBACK, UTF8, Watch
from .head import BadEncoding, head_of
from .source import Source, chunks


def fitting(source: Source, limits: Limits) -> str | None:
    """None when the declared encoding fits, else Windows-1252. Only a file declared UTF-8 is looked through."""
    try:
        declared = head_of(source, limits).declared.lower()
    except BadEncoding:
        return FALLBACK
    watch = Watch()
    with source.open(limits) as stream:
        for piece in chunks(stream, limits) if declared in UTF8 else ():
            if piece.startswith((b"\xff\xfe", b"\xfe\xff")):
                return None
            watch.seen(piece)
            if watch.bad is not None:
                return FALLBACK
    return None
