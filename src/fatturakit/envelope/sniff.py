"""What bytes that are not an XML document look like, so that the error can say it in plain words."""

from typing import Final

from ..texts import Text

_BOMS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_LOOK: Final = 1024
_GLANCE: Final = 128
_INVOICE: Final = b"FatturaElettronica"
PROGRAM_NAMES: Final = (
    *(".exe", ".bat", ".cmd", ".scr", ".pif", ".msi", ".lnk", ".hta", ".jar"),
    *(".js", ".jse", ".vbs", ".vbe", ".wsf", ".ps1"),
)
"""Endings a double click runs (not .com: addresses of companies end like that)."""
PROGRAM_BYTES: Final = (b"MZ", b"\x7fELF", b"#!")
"""How Windows and Unix programs and scripts begin."""
_XML_STARTS: Final = (b"<", b"<\x00", b"\x00<")


def looks_like_xml(data: bytes) -> bool:
    """True when the first thing after a byte order mark and blanks is ``<`` (and it is not an HTML page)."""
    if data.startswith(b"<?xml ") and (_INVOICE in data[:_GLANCE] or b"html" not in data[:_LOOK]):
        return True
    head = _head(data)
    return head.startswith(_XML_STARTS) and not _is_html(head)


def is_zip(head: bytes) -> bool:
    """True for the first bytes of a ZIP archive, also an empty one."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def is_program(name: str, content: bytes) -> bool:
    """True for a program or a script, by its name or by its first bytes."""
    return name.lower().endswith(PROGRAM_NAMES) or content.startswith(PROGRAM_BYTES)


def describe(data: bytes) -> Text:
    """A noun phrase for bytes that are not XML: "una pagina HTML" / "an HTML page"."""
    head = _head(data)
    for test, words in _SHAPES:
        if test(head):
            return words
    return _TEXT if _is_text(data[:4096]) else _BINARY


def _head(data: bytes) -> bytes:
    head = data[:_LOOK]
    for bom in _BOMS:
        head = head.removeprefix(bom)
    return head.lstrip(b" \t\r\n\x00\xef\xbb\xbf")


def _is_html(head: bytes) -> bool:
    lowered = head[:512].lower()
    return lowered.startswith((b"<!doctype html", b"<html")) or (b"<html" in lowered and b"xhtml" in lowered)


def _is_text(sample: bytes) -> bool:
    return not any(byte < 9 or 13 < byte < 32 for byte in sample)


def _is_der(head: bytes) -> bool:
    return len(head) > 2 and head[0] == 0x30 and (head[1] & 0x80 == 0x80)


_TEXT: Final = Text("un testo che non è XML", "text that is not XML")
_BINARY: Final = Text("un file binario", "a binary file")
_SHAPES: Final = (
    (_is_html, Text("una pagina HTML", "an HTML page")),
    (lambda head: head.startswith(b"%PDF"), Text("un PDF", "a PDF")),
    (is_zip, Text("un archivio ZIP", "a ZIP archive")),
    (lambda head: head.startswith((b"{", b"[")), Text("un file JSON", "a JSON file")),
    (_is_der, Text("una busta firmata (P7M)", "a signed envelope (P7M)")),
    (lambda head: head.startswith(b"-----BEGIN"), Text("un testo PEM", "PEM text")),
    (lambda head: head.startswith(b"MI"), Text("una busta firmata in base64", "a signed envelope in base64")),
    (lambda head: head.startswith((b"\x89PNG", b"\xff\xd8")), Text("un'immagine", "a picture")),
)
