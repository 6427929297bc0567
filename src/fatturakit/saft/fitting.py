"""Which encoding to read a file in when rows are handed out at once and there is no second try."""

from __future__ import annotations

from typing import Final

from ..limits import Limits
from .encoding import FALLBACK, UTF8, Watch
from .head import BadEncoding, head_of
from .source import Source, chunks

_STRICT: Final = ("windows-1252", "cp1252")
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")


def fitting(source: Source, limits: Limits) -> str | None:
    """None when the declared encoding fits, else Windows-1252. Only UTF-8 and Windows-1252 have bytes that do not fit."""
    try:
        head = head_of(source, limits)
    except BadEncoding:
        return FALLBACK
    said = head.declared.lower()
    utf8 = head.bom or said in UTF8
    watch = Watch(mend=True)
    with source.open(limits) as stream:
        for piece in chunks(stream, limits) if utf8 or said in _STRICT else ():
            if piece.startswith(_WIDE):
                return None
            watch.seen(piece)
            if (watch.bad if utf8 else watch.undefined) is not None:
                return FALLBACK
    return None
