"""Which of the things ``fatturakit.validate`` takes is an audit file, and where its bytes are."""

from __future__ import annotations

import os
from typing import IO, TYPE_CHECKING, Final

from ..document import Document, check_source
from ..document import Source as Given
from ..errors import InputError
from ..limits import Limits
from .folders import is_pipe

if TYPE_CHECKING:
    from ..saft.source import Source

HEAD: Final = 4096
_MARK: Final = b"StandardAuditFile"
_INVOICE: Final = b":FatturaElettronica"
_INVOICE_WITHIN: Final = 128
_ZIP: Final = b"PK\x03\x04"


def is_one(data: bytes) -> bool:
    """Whether a document is an audit file of any country, by its first bytes."""
    if _INVOICE in data[:_INVOICE_WITHIN]:
        return False  # what nearly all are, known at a glance
    head = data[:HEAD]
    return _MARK in head or (b"\x00" in head and _MARK in head.replace(b"\x00", b""))


def given(source: Document | Given, limits: Limits) -> Source | None:
    """The audit file among what ``fatturakit.validate`` takes; None when it is none."""
    if isinstance(source, Document):
        return _source(source.name, data=source.data) if source.is_audit_file else None
    check_source(source)
    if isinstance(source, str | os.PathLike):
        return _at(os.fspath(source), limits)
    if isinstance(source, bytes | bytearray | memoryview):
        return _source("", data=bytes(source)) if is_one(bytes(source[:HEAD])) else None
    return _in_stream(source, limits)


def _source(shown: str, path: str = "", data: bytes | None = None) -> Source:
    from ..saft.source import Source

    return Source(shown or "-", path, data)


def _at(path: str, limits: Limits) -> Source | None:
    """A path: judged by its first bytes, or those of the one XML in a ZIP."""
    if is_pipe(path):
        return None
    try:
        with open(path, "rb") as stream:  # noqa: PTH123 - a Path costs more than the opening
            head = stream.read(HEAD)
    except OSError:
        return None
    if not is_one(head) and not head.startswith(_ZIP):
        return None
    found = _source(path, path)
    if head.startswith(_ZIP):
        try:
            with found.open(limits) as member:
                return found if is_one(member.read(HEAD)) else None
        except InputError:
            return None
    return found


def _in_stream(stream: IO[bytes], limits: Limits) -> Source | None:
    """A binary file, which is put back to where it was."""
    if not stream.seekable():
        return None
    begin = stream.tell()
    head = stream.read(HEAD)
    stream.seek(begin)
    if not is_one(head):
        return None
    name = getattr(stream, "name", None)
    return _source(name if isinstance(name, str) else "", data=stream.read(limits.saft_bytes + 1))
