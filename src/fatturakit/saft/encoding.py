"""Does the text fit the encoding it declares? Watched while the bytes pass, at next to no cost for plain ASCII."""

from __future__ import annotations

import codecs
import re
from typing import Final

_UNDEFINED: Final = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))
_OTHERS: Final = bytes(byte for byte in range(256) if byte not in _UNDEFINED)
_TO_QUESTION: Final = bytes.maketrans(_UNDEFINED, b"?" * len(_UNDEFINED))
WINDOWS: Final = ("windows-1252", "cp1252", "iso-8859-1", "iso-8859-15", "latin1", "latin-1")
UTF8: Final = ("utf-8", "utf8", "")
FALLBACK: Final = "windows-1252"
_BOM: Final = codecs.BOM_UTF8
_MIXED: Final = re.compile(rb"[a-z]\xc3[\x80-\xbf]|\xc3[\x80-\xbf][a-z]")
"""An accented letter of UTF-8 beside a small one: in Windows-1252 it would be a capital Ã and a sign inside a word."""


class Watch:
    """What the bytes seen so far tell. mend: they are read as Windows-1252, so drop a byte order mark that says UTF-8
    and replace the five bytes without a meaning by "?".

    foreign: some byte is not ASCII; bad: the offset of the first byte that is not UTF-8, None while everything is;
    utf8: the offset of the first accented letter that is UTF-8; undefined: the first of the five and its offset.
    """

    def __init__(self, *, mend: bool = False) -> None:
        self._mend, self._offset = mend, 0
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._pending = False
        self.foreign = False
        self.bad: int | None = None
        self.utf8: int | None = None
        self.undefined: tuple[int, int] | None = None

    def seen(self, piece: bytes) -> bytes:
        """Look at a piece; what to read in its stead."""
        if self._pending or not piece.isascii():
            self.foreign = True
            if self.bad is None:
                self._decode(piece)
            if self.utf8 is None and b"\xc3" in piece and (found := _MIXED.search(piece)):
                self.utf8 = self._offset + piece.index(b"\xc3", found.start())
            if self._mend:
                return self._mended(piece)
        self._offset += len(piece)
        return piece

    def _decode(self, piece: bytes) -> None:
        kept = len(self._decoder.getstate()[0])
        try:
            self._decoder.decode(piece)
            self._pending = bool(self._decoder.getstate()[0])
        except UnicodeDecodeError as error:
            self.bad, self._pending = self._offset - kept + error.start, False

    def _mended(self, piece: bytes) -> bytes:
        start, self._offset = self._offset, self._offset + len(piece)
        if start == 0:
            piece = piece.removeprefix(_BOM)
        found = piece.translate(None, _OTHERS)
        if found and self.undefined is None:
            self.undefined = (found[0], self._offset - len(piece) + piece.index(found[:1]))
        return piece.translate(_TO_QUESTION) if found else piece

    @property
    def total(self) -> int:
        """How many bytes have passed."""
        return self._offset

    @property
    def looks_like_utf8(self) -> bool:
        """The text has letters beyond ASCII, and every one of them is UTF-8."""
        return self.foreign and self.bad is None
