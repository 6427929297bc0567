"""Making text from hostile files safe to show.

A file name or a value inside an invoice may hold terminal escapes, line breaks or direction overrides. Whatever is
shown to a person goes through ``visible`` first.
"""

from __future__ import annotations

import re
from typing import Final

# C0, DEL and C1 controls; Arabic letter mark; zero width, direction and line separators; invisible operators and
# isolates; byte order mark; interlinear marks; non-characters; tags; halves of a surrogate pair (undecodable bytes).
_UNSAFE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)
_NAMED: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ASCII: Final = (
    *zip("àèéìòùÀÈÉÌÒÙ", ("a'", "e'", "e'", "i'", "o'", "u'", "A'", "E'", "E'", "I'", "O'", "U'"), strict=True),
    *zip("‘’“”«»…–—→·×€\xa0", ("'", "'", '"', '"', '"', '"', "...", "-", "-", "->", "-", "x", "EUR", " "), strict=True),
)
_FOLD: Final = str.maketrans(dict(_ASCII))


def visible(value: str) -> str:
    r"""``value`` on one line, with every control, invisible or undecodable character written as an escape.

    >>> print(visible("a\nb\x1b[31m\u202e\udce8"))
    a\nb\x1b[31m\u202e\xe8
    """
    return value if value.isprintable() else _UNSAFE.sub(_escape, value)


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    number = ord(char)
    if 0xDC80 <= number <= 0xDCFF:  # a byte of a file name that is not UTF-8 (PEP 383)
        return f"\\x{number - 0xDC00:02x}"
    if number < 0x100:
        return _NAMED.get(char) or f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


class Screen:
    """What the output can show: everything, or ASCII only."""

    def __init__(self, ascii_only: bool) -> None:
        self._ascii_only = ascii_only

    def value(self, text: str) -> str:
        """Something that must stay recognisable, such as a file name: escaped, never spelt differently."""
        text = visible(text)
        return text.encode("ascii", "backslashreplace").decode() if self._ascii_only else text

    def words(self, text: str) -> str:
        """A sentence: on an ASCII terminal accents become apostrophes, as Italians type them.

        >>> Screen(ascii_only=True).words("perché… «sì»")
        'perche\\'... "si\\'"'
        """
        return self.value(text.translate(_FOLD) if self._ascii_only else text)
