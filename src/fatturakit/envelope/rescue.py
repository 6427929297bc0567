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
from .der import OCTETS, Damaged
from .ending import AFTER_DECLARATION, ROOT

_START: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?<\?xml[ \t\r\n][^<>]{1,200}\?>"
    rb"|<(?:[A-Za-z_][\w.-]{0,40}:)?FatturaElettronica(?:Semplificata)?[ \t\r\n]"
)
_BLANKS: Final = re.compile(rb"[ \t\r\n]*")
_LOST: Final = b"\xef\xbf\xbd"


def is_whole(content: bytes, limits: Limits) -> bool:
    """True when the content of a cut envelope is an XML document with its end, or another envelope."""
    if cms.looks_like(content):
        return True
    try:
        parse(content, limits)
    except InputError as error:
        return _reads(content, error, limits)
    return True


def _reads(content: bytes, error: InputError, limits: Limits) -> bool:
    from .mend import mended

    try:
        mended(content, error, limits)
    except InputError:
        return False
    return True


def recovered(data: bytes, limits: Limits) -> bytes | None:
    """The XML inside, None when it is not whole.

    A piece of ASN.1 between two pieces of XML (a string cut in chunks) begins with the byte 4, which XML forbids: what
    parses is one contiguous run of the content. UTF-16 and characters an editor replaced are given up.
    """
    narrowed = _narrowed(data)
    if narrowed is not None:
        return narrowed
    begin = _START.search(data)
    if begin is None:
        return None
    content = _whole(data, begin.start(), limits)
    return None if content is None else _as_stated(data, begin.start(), content)


def _narrowed(data: bytes) -> bytes | None:
    """The content of an envelope whose every byte was taken for a Latin-1 character and saved as UTF-8."""
    try:
        original = data.decode("utf-8").encode("latin-1")
        found = cms.read(original) if original != data else None
    except (UnicodeError, Damaged):
        return None
    return found.content if found and found.whole else None


def _as_stated(data: bytes, start: int, content: bytes) -> bytes | None:
    """``content`` to the length the string around it states; None when that is another: bytes were lost or added.

    Where no length can be read, the blanks after the last tag are its own: no element of ASN.1 begins like one.
    """
    for size in range(2, 7):
        lead = data[max(start - size, 0) : start]
        if len(lead) == size and lead[0] == OCTETS and lead[1] == (0x80 + size - 2 if size > 2 else len(content)):
            stated = int.from_bytes(lead[2:], "big") if size > 2 else lead[1]
            rest = data[start + len(content) : start + stated]
            whole = len(content) + len(rest) == stated and not rest.strip(b" \t\r\n")
            return content + rest if whole else None
    blanks = _BLANKS.match(data, start + len(content))
    return content + blanks[0] if blanks else content


def _whole(data: bytes, start: int, limits: Limits) -> bytes | None:
    root = ROOT.search(data, start, start + AFTER_DECLARATION)
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
