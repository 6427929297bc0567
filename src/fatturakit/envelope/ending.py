"""Whether a document is there to its end: one that was cut inside base64 or a letter looks sound from outside."""

from __future__ import annotations

import re
from typing import Final

from ..errors import InputError
from ..limits import Limits
from ..xmlio import parse

ROOT: Final = re.compile(rb"<([A-Za-z_][\w.-]{0,80}(?::[A-Za-z_][\w.-]{0,80})?)[ \t\r\n>]")
AFTER_DECLARATION: Final = 65_536
"""Where a root begins at the latest."""
_TAIL: Final = 4096


def has_end(content: bytes, limits: Limits) -> bool:
    """True for XML whose root is closed; what is wrong in between is not asked."""
    plain = content.replace(b"\x00", b"") if 0 in content[:4] else content
    root = ROOT.search(plain, 0, AFTER_DECLARATION)
    if root and re.search(rb"</" + re.escape(root[1]) + rb"[ \t\r\n]*>[\s\x00\x1a]*\Z", plain[-_TAIL:]):
        return True
    try:
        parse(content, limits)
    except InputError:
        return False
    return True
