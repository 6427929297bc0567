"""Read XML that is almost right: what people and programs do to files that SdI, or somebody, let pass.

Only spelling is mended: byte order marks, encodings, control characters, namespaces. Nothing is ever added, so a file
that is cut stays refused. Lines keep their numbers.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from copy import deepcopy
from typing import Final

from lxml import etree

from ..errors import InputError
from ..findings import Repair
from ..limits import Limits
from ..xmlio import local, parse
from .encodings import declared_name, in_utf8, spelling, unreadable
from .ledger import repair

_BOM: Final = codecs.BOM_UTF8
_LEADING: Final = b" \t\r\n\x00"
_DECLARATION: Final = re.compile(rb"<\?xml[^<>]{0,300}\?>", re.IGNORECASE)
_SOUND: Final = re.compile(
    rb"<\?xml\s+version\s*=\s*(['\"])1\.[0-9]\1(?:\s+encoding\s*=\s*(['\"])[^'\"]*\2)?"
    rb"(?:\s+standalone\s*=\s*(['\"])(?:yes|no)\3)?\s*\?>"
)
_WRONG: Final = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:[0-9]{1,7}|x[0-9A-Fa-f]{1,6});|\xef\xbf[\xbe\xbf]"
    rb"""|(?P<name>\bxmlns(?::[\w.-]{1,60})?[ \t\r\n]*=[ \t\r\n]*)(?P<uri>"""
    rb"""""[^"'<>=\s]{1,300}"+|"[^"<>]{0,300}"+|'[^'<>]{0,300}'+)"""
)
_ONLY_WINDOWS: Final = re.compile(rb"[\x80-\x84\x86-\x9f]")
_ROOT: Final = re.compile(rb"<(?P<prefix>[A-Za-z_][\w-]{0,40}):(?P<name>FatturaElettronica\w{0,40})(?P<rest>[^<>]*)>")
_ALLOWED: Final = ((0x20, 0xD7FF), (0xE000, 0xFFFD), (0x10000, 0x10FFFF))
_STRAY: Final = re.compile(rb"&quot;|&apos;|&#0*3[49];|&#x0*2[27];|\xc2?\xa0|[\"'\s]")


def mended(data: bytes, error: InputError, limits: Limits) -> tuple[etree._Element, tuple[Repair, ...]]:
    """The root of ``data``, which failed with ``error``, and the repairs that let it be read."""
    ledger: list[Repair] = []
    readable = _readable(data, ledger)
    try:
        root = parse(readable, limits)
    except InputError as remaining:
        raise remaining if ledger else error from None
    if not ledger and str(root.tag).startswith("{"):  # all that was done is to leave out the declaration
        ledger.append(_wrong_declaration(data))
    return root, tuple(ledger)


def misdeclared(data: bytes, declared: str, limits: Limits) -> tuple[etree._Element, Repair]:
    """The reading of a document that declares ``declared`` but is UTF-8."""
    entry = repair("R04", _first_beyond_ascii(data), declared=declared)
    return parse(_without_declaration(data), limits), entry


def windows(data: bytes, declared: str, limits: Limits) -> tuple[etree._Element, Repair] | None:
    """The reading of a document that declares Latin-1 but has characters only windows-1252 has; None without any."""
    found = _ONLY_WINDOWS.search(data)
    if found is None:
        return None
    entry = repair("R13", found.start(), declared=declared)
    return parse(_without_declaration(in_utf8(data, "cp1252")), limits), entry


def unqualified(root: etree._Element, namespace: str) -> etree._Element:
    """A copy of ``root`` whose inner elements are in no namespace where they were in the root's."""
    inner = deepcopy(root)
    prefix = f"{{{namespace}}}"
    for node in inner.iterdescendants(prefix + "*"):
        node.tag = local(node)
    return inner


def _readable(data: bytes, ledger: list[Repair]) -> bytes:
    """``data`` in UTF-8, without what XML forbids; every change noted."""
    body, start = _begin(data, ledger)
    form = spelling(body, declared_name(body))
    for code, offset, args in filter(None, (form.repair, unreadable(body, form))):
        ledger.append(repair(code, start + offset, **args))
    if form.is_wide:
        text = in_utf8(body, form.codec)
        mark = 2 if text.startswith(_BOM) else 0
        return _without_declaration(_clean(text.removeprefix(_BOM), start + mark, ledger, form.codec))
    _judge_declaration(body, start, ledger)
    return _bound(_without_declaration(in_utf8(_clean(body, start, ledger), form.codec)))


def _begin(data: bytes, ledger: list[Repair]) -> tuple[bytes, int]:
    """Past byte order marks and whatever stands before the declaration; line ends are kept, for the counting."""
    marks = 0
    at = 0
    while data.startswith(_BOM, at):
        at, marks = at + 3, marks + 1
    if marks > 1:
        ledger.append(repair("R01", 3, count=str(marks)))
    begin = at + len(data[at : at + 4096]) - len(data[at : at + 4096].lstrip(_LEADING + _BOM))
    if begin > at and _DECLARATION.match(data, begin):
        ledger.append(repair("R02", at, count=str(begin - at)))
        lines = b"\n" * data.count(b"\n", at, begin)
        return lines + data[begin:], begin - len(lines)
    return data[at:], at


def _judge_declaration(text: bytes, start: int, ledger: list[Repair]) -> None:
    """Note a declaration that is wrong in itself. What it says is known by now, and it is left out."""
    found = _DECLARATION.search(text, 0, 4096)
    if found and not _SOUND.fullmatch(found[0]):
        ledger.append(_wrong_declaration(found[0], start + found.start()))


def _wrong_declaration(text: bytes, place: int = 0) -> Repair:
    return repair("R11", place, found=text[:60].replace(b"\x00", b"").decode("ascii", "replace"))


def _bound(text: bytes) -> bytes:
    """The root without a prefix that nothing declares: then it is in no namespace, which is told of later."""
    found = _ROOT.search(text, 0, 65_536)
    if found is None or re.search(rb"\bxmlns:" + found["prefix"] + rb"\s*=", found["rest"]):
        return text
    return re.sub(rb"(</?)" + found["prefix"] + rb":(?=" + found["name"] + rb"\b)", rb"\1", text)


def _without_declaration(text: bytes) -> bytes:
    text = text.removeprefix(_BOM)
    found = _DECLARATION.search(text, 0, 4096)
    return text if found is None else text[: found.start()] + b"\n" * found[0].count(b"\n") + text[found.end() :]


def _clean(text: bytes, start: int, ledger: list[Repair], codec: str = "") -> bytes:
    """Without control characters and with namespaces spelt right. codec: of the received file, when it was wide."""
    removed: list[int] = []

    def place(at: int) -> int:
        return start + (len(text[:at].decode().encode(codec)) if codec else at)

    def better(found: re.Match[bytes]) -> bytes:
        if found["name"]:
            return _namespace(found, place, ledger)
        if not _is_forbidden(found[0]):
            return found[0]
        removed.append(found.start())
        return b""

    clean = _WRONG.sub(better, text)
    if removed:
        ledger.append(repair("R06", place(removed[0]), count=str(len(removed))))
    return clean


def _namespace(found: re.Match[bytes], place: Callable[[int], int], ledger: list[Repair]) -> bytes:
    quote = found["uri"][:1]
    inner = found["uri"].strip(quote)
    clean = _STRAY.sub(b"", inner)
    if not clean or quote + clean + quote == found["uri"]:
        return found[0]
    ledger.append(repair("R07", place(found.start("uri")), found=inner.decode("utf-8", "replace")))
    return found["name"] + quote + clean + quote


def _is_forbidden(found: bytes) -> bool:
    if not found.startswith(b"&#"):
        return True
    digits = found[2:-1]
    number = int(digits[1:], 16) if digits[:1] in b"xX" else int(digits)
    return number not in {9, 10, 13} and not any(first <= number <= last for first, last in _ALLOWED)


def _first_beyond_ascii(data: bytes) -> int:
    found = re.search(rb"[\x80-\xff]", data)
    return found.start() if found else 0
