"""The XML in an envelope whose ASN.1 is damaged, when it is there whole; never a byte that is not certain.

What comes out of here is marked: its signature can no longer be verified.
"""

from __future__ import annotations

import re
from typing import Final

from ..errors import InputError
from ..limits import Limits
from ..xmlio import parse
from . import cms
from .der import Damaged

_START: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?<\?xml[ \t\r\n][^<>]{1,200}\?>|<(?:[A-Za-z_][\w.-]{0,40}:)?FatturaElettronica(?:Semplificata)?[ \t\r\n]"
)
_ROOT: Final = re.compile(rb"<([A-Za-z_][\w.-]{0,80}(?::[A-Za-z_][\w.-]{0,80})?)[ \t\r\n>]")
_AFTER_DECLARATION: Final = 65_536
_LOST: Final = b"\xef\xbf\xbd"
_NEAR_THE_BEGINNING: Final = 80


def is_remains(data: bytes) -> bool:
    """True when the bytes once were a signed envelope: they begin like one, or its mark stands near the beginning."""
    return cms.looks_like(data) or cms.MARK in data[:_NEAR_THE_BEGINNING] or data.startswith(b"0\xc2")


def recovered(data: bytes, limits: Limits) -> bytes | None:
    """The XML inside, None when it is not whole.

    A piece of ASN.1 between two pieces of XML (a string cut in chunks) begins with the byte 4, which XML forbids: what
    parses is one contiguous run of the content. UTF-16 and characters an editor replaced are given up.
    """
    narrowed = _narrowed(data)
    if narrowed is not None:
        return narrowed
    begin = _START.search(data)
    return None if begin is None else _whole(data, begin.start(), limits)


def _narrowed(data: bytes) -> bytes | None:
    """The content of an envelope whose every byte was taken for a Latin-1 character and saved as UTF-8."""
    try:
        original = data.decode("utf-8").encode("latin-1")
        found = cms.read(original) if original != data else None
    except (UnicodeError, Damaged):
        return None
    return found.content if found and found.whole else None


def _whole(data: bytes, start: int, limits: Limits) -> bytes | None:
    root = _ROOT.search(data, start, start + _AFTER_DECLARATION)
    if root is None:
        return None
    closing = b"</" + root[1]
    last = data.rfind(closing)
    stop = data.find(b">", last) + 1 if last >= 0 else 0
    content = data[start:stop]
    if not stop or data[last + len(closing) : stop - 1].strip(b" \t\r\n") or _LOST in content:
        return None
    try:
        parse(content, limits)
    except InputError:
        return None
    return content
