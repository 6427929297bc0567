"""The encoding a file is really written in, whatever it declares."""

from __future__ import annotations

import codecs
import re
from typing import Final, NamedTuple

from ..errors import InputError
from ..xmlio import parse

_NAME: Final = re.compile(rb"""encoding\s*=\s*["']?\s*([A-Za-z0-9._: -]{1,40}?)\s*["'?]""", re.IGNORECASE)
_UTF8: Final = ("utf-8", "utf8", "us-ascii", "ascii")
_WIDE: Final = ("utf-16", "utf-32", "ucs-2", "ucs-4", "iso-10646")
_LATIN: Final = ("latin", "8859-1", "1252", "ansi")
"""Names people write for Windows' western encoding, of which Latin-1 is a part."""


class Spelling(NamedTuple):
    """How a file is written. codec: Python's name; repair: (code, offset, arguments) where it declares otherwise."""

    codec: str
    repair: tuple[str, int, dict[str, str]] | None = None

    @property
    def is_wide(self) -> bool:
        """True for two bytes a character: to be decoded before anything is looked for."""
        return self.codec.startswith("utf-16")


def declared_name(data: bytes) -> str:
    """The encoding a file declares, also in a declaration that is slightly wrong; "" when it declares none."""
    head = data[:600].replace(b"\x00", b"")
    declaration, closed, _ = head.partition(b"?>")
    found = _NAME.search(declaration + b"?") if closed and b"<?xml" in declaration.lower() else None
    return found[1].decode("ascii") if found else ""


def is_latin1(declared: str) -> bool:
    """True for the names of ISO-8859-1 the XML parser knows."""
    return _codec(declared.lower()) == "iso8859-1"


def is_utf8_beyond_ascii(data: bytes) -> bool:
    """True when there are characters beyond ASCII and all are written in UTF-8."""
    if data.isascii():
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def spelling(data: bytes, declared: str) -> Spelling:
    """How ``data`` is written, by what it is rather than by what it says."""
    wide = _wide(data)
    if wide:
        return Spelling(wide)
    name = declared.lower()
    if not name or name in _UTF8:
        return _utf8(data, declared or "UTF-8")
    if is_utf8_beyond_ascii(data) or (data.isascii() and name.startswith(_WIDE)):
        return _misnamed("utf-8", declared)
    codec = "" if name.startswith(_WIDE) else _codec(name)
    return Spelling(codec) if codec and is_known(declared) else _misnamed(codec or "cp1252", declared)


def unreadable(data: bytes, form: Spelling) -> tuple[str, int, dict[str, str]] | None:
    """The repair for bytes that are none in the encoding of ``data``; those of UTF-8 are in ``form`` already."""
    if form.codec == "utf-8":
        return None
    try:
        data.decode(form.codec)
    except UnicodeDecodeError as error:
        return "R03", error.start, {"declared": form.codec.upper().replace("CP1252", "windows-1252")}
    return None


def in_utf8(data: bytes, codec: str) -> bytes:
    """``data`` in UTF-8; bytes its encoding does not have are read as Windows' western one has them."""
    return data.decode(codec, _REGISTERED).encode()


def _utf8(data: bytes, declared: str) -> Spelling:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Spelling("utf-8", ("R03", error.start, {"declared": declared}))
    fits = is_known(declared) and (data.isascii() or "ascii" not in declared.lower())
    return Spelling("utf-8") if fits else _misnamed("utf-8", declared)


def _misnamed(codec: str, declared: str) -> Spelling:
    shown = "windows-1252" if codec == "cp1252" else codec.upper()
    return Spelling(codec, ("R05", 0, {"declared": declared, "found": shown}))


def is_known(name: str) -> bool:
    """True when the XML parser knows an encoding by this name."""
    try:
        parse(b'<?xml version="1.0" encoding="' + name.encode() + b'"?><a/>')
    except InputError:
        return False
    return True


def _codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        return "cp1252" if any(part in name for part in _LATIN) else ""


def _wide(data: bytes) -> str:
    """UTF-16 by its mark or by the zeros of its first characters, "" for other files."""
    if data[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        return "utf-16-le" if data[:2] == codecs.BOM_UTF16_LE else "utf-16-be"
    return {b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}.get(data[:2], "")


def _byte_by_byte(error: UnicodeError) -> tuple[str, int]:
    """Each wrong byte as Windows' western encoding has it, or Latin-1 where that has nothing."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(_western(byte) for byte in wrong), error.end


def _western(byte: int) -> str:
    one = bytes([byte])
    try:
        return one.decode("cp1252")
    except UnicodeDecodeError:
        return one.decode("latin-1")


_REGISTERED: Final = "fatturakit.western"
codecs.register_error(_REGISTERED, _byte_by_byte)
