"""What a file is by its first bytes, and which files are programs."""

from __future__ import annotations

from typing import Final, NamedTuple

from .cms import looks_like
from .sniff import PROGRAM_BYTES, looks_like_xml


class Kind(NamedTuple):
    """A format: its short name, the ending its files have, and whether it is a program."""

    name: str
    ending: str
    executable: bool = False


_ZIP: Final = b"PK\x03\x04"
_PACKED_OFFICE: Final = (
    (b"word/", "DOCX"),
    (b"xl/", "XLSX"),
    (b"ppt/", "PPTX"),
    (b"mimetypeapplication/vnd.oasis", "ODF"),
)
_MAGIC: Final = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPG"),
    (b"GIF8", "GIF"),
    (b"II*\x00", "TIF"),
    (b"MM\x00*", "TIF"),
    (b"BM", "BMP"),
    (b"PK\x05\x06", "ZIP"),
    (b"\x1f\x8b", "GZ"),
    (b"\x1f\x9d", "Z"),
    (b"BZh", "BZ2"),
    (b"\xfd7zXZ\x00", "XZ"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7Z"),
    (b"\xd0\xcf\x11\xe0", "OLE"),
    (b"{\\rtf", "RTF"),
)
_EMPTY: Final = Kind("", "")
_BINARY: Final = Kind("BIN", ".bin")
_LOOK: Final = 4096


def kind_of(content: bytes) -> Kind:
    """The format of ``content``; "" for an empty one, "TXT" or "BIN" for what nothing is known about."""
    head = content[:_LOOK]
    if not head:
        return _EMPTY
    if head.startswith(PROGRAM_BYTES):
        return Kind("EXE" if head.startswith(b"MZ") else "PROGRAM", ".bin", executable=True)
    if head.startswith(_ZIP):
        name = next((name for mark, name in _PACKED_OFFICE if mark in head), "ZIP")
        return Kind(name, "." + name.lower())
    name = next((name for mark, name in _MAGIC if head.startswith(mark)), "") or _written(head)
    return Kind(name, "." + name.lower()) if name else _BINARY


def _written(head: bytes) -> str:
    if head[257:262] == b"ustar":
        return "TAR"
    if b"%PDF" in head[:1024]:
        return "PDF"
    if looks_like(head):
        return "P7M"
    if looks_like_xml(head):
        return "XML"
    if b"<html" in head[:512].lower():
        return "HTML"
    return "" if any(byte < 9 or 13 < byte < 32 for byte in head) else "TXT"
