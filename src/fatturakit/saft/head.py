"""The beginning of an audit file: root, variant, encoding and header date, before anything is judged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any, Final, NamedTuple

from lxml import etree

from ..errors import InputError
from ..limits import Limits
from ..xmlio import has_doctype, local, pull_parser, text
from .encoding import Watch
from .formats import FORMATS, PT, Format, format_of
from .source import Source, chunks, refused

_MOST: Final = 1024 * 1024
_BOMS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_DECLARED: Final = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_TOLD: Final = ("DateCreated", "StartDate", "TaxRegistrationNumber")
_NEW_REVISION: Final = "2022-05-17"


class Head(NamedTuple):
    """What the first bytes say. declared: the encoding of the XML declaration, ""; bom: a byte order mark stands first.

    created, start, company: DateCreated, StartDate and TaxRegistrationNumber of the header, "" when they are not told.
    """

    variant: Format
    declared: str
    bom: bool
    created: str
    start: str = ""
    company: str = ""

    def revision(self, asked: str | None) -> str:
        """The revision of the schema to judge by: as asked, else the one in force when the file was made."""
        known = [name for name, _ in self.variant.schemas]
        if asked in known:
            return str(asked)
        old = self.variant is PT and "2000" < self.created < _NEW_REVISION
        return known[-1] if old else known[0]


def head_of(source: Source, limits: Limits, encoding: str | None = None) -> Head:
    """The head of a source; ``InputError`` for what is no audit file, has a DOCTYPE, or cannot be read."""
    with source.open(limits) as stream:
        pieces = chunks(stream, limits)
        first = next(pieces, b"")
        root, told = _begun(first, pieces, encoding)
    _check(root)
    variant = format_of(etree.QName(root).namespace or "")
    declared = _DECLARED.search(first[:400].replace(b"\x00", b""))
    encoded = declared[1].decode("ascii") if declared else ""
    created, start, company = (told.get(name, "") for name in _TOLD)
    return Head(variant or PT, encoded, first.startswith(_BOMS), created[:10], start[:10], company)


def _begun(first: bytes, pieces: Iterator[bytes], encoding: str | None) -> tuple[etree._Element, dict[str, str]]:
    """The root, as far as it has been read, and what the header tells."""
    told: dict[str, str] = {}
    parser = pull_parser(("start", "end"), encoding=encoding)
    watch, read = Watch(mend=encoding is not None), 0
    root: Any = None
    for piece in chain([first], pieces):
        trouble = _fed(parser, watch.seen(piece))
        read += len(piece)
        root, done = _told(parser, root, told)
        if done or trouble is not None or read > _MOST:
            break
    ending = _closed(parser) if trouble is None and root is None else None
    root, _ = _told(parser, root, told)
    if root is not None:
        return root, told
    if b"<!DOCTYPE" in first:
        raise refused("PT1003")
    raise ending or (syntax("", 0, 0, code=0) if trouble is None else _syntax(trouble))


def _told(parser: Any, root: Any, told: dict[str, str]) -> tuple[Any, bool]:
    """The root once it is known, and whether the header is over."""
    for event, element in parser.read_events():
        root = element if root is None else root
        name = local(element) if event == "end" else ""
        if name in _TOLD:
            told[name] = text(element).strip()
        elif name == "Header":
            return root, True
    return root, False


def _fed(parser: Any, piece: bytes) -> etree.XMLSyntaxError | None:
    try:
        parser.feed(piece)
    except etree.XMLSyntaxError as error:
        return error
    return None


def _closed(parser: Any) -> InputError | None:
    try:
        parser.close()
    except etree.XMLSyntaxError as error:
        return _syntax(error)
    return None


def _syntax(error: etree.XMLSyntaxError) -> InputError:
    return syntax(error.msg or "", *error.position, code=getattr(error, "code", 0))


def _check(root: etree._Element) -> None:
    if has_doctype(root):
        raise refused("PT1003")
    namespace = etree.QName(root).namespace or ""
    if local(root) != "AuditFile" or format_of(namespace) is None:
        known = ", ".join(f"{variant.name} {variant.version} ({variant.namespace})" for variant in FORMATS)
        raise refused("PT1013", root=local(root)[:60], found=namespace[:200], known=known)


class BadEncoding(InputError):
    """The bytes do not fit the encoding they are read in: worth a second reading."""


_ENCODING: Final = {
    etree.ErrorTypes.ERR_INVALID_ENCODING,
    etree.ErrorTypes.I18N_CONV_FAILED,
    etree.ErrorTypes.ERR_INVALID_CHAR,
}
_CUT: Final = {
    etree.ErrorTypes.ERR_TAG_NOT_FINISHED,
    etree.ErrorTypes.ERR_DOCUMENT_END,
    etree.ErrorTypes.ERR_LTSLASH_REQUIRED,
    etree.ErrorTypes.ERR_GT_REQUIRED,
    etree.ErrorTypes.ERR_DOCUMENT_EMPTY,
}


def syntax(message: str, line: int, column: int, *, code: int, ended: bool = True) -> InputError:
    """The refusal that a fatal error of the parser means. ended: all the bytes had been read when it came."""
    detail = message.rsplit(", line ", 1)[0].strip().rstrip(".")
    if code == etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING:
        return refused("PT1009", declared=detail, line=line)
    cut = ended and code in _CUT and not detail.startswith("Start tag expected")
    error = refused("PT1002" if cut else "PT1001", line=line, column=column, detail=detail)
    if code in _ENCODING and ("ncod" in detail or "conv" in detail or "UTF-8" in detail or "bytes" in detail.lower()):
        return BadEncoding(error.text, error.finding, **error.args_)
    return error
