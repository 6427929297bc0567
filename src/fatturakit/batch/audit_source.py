"""Which of the things ``fatturakit.validate`` takes is an audit file, and where the bytes of each are."""

from __future__ import annotations

import os
from typing import IO, TYPE_CHECKING, Final

from ..document import Document
from ..errors import InputError
from ..limits import Limits
from ..sources import Source as Given
from ..sources import check_source
from .folders import flows

if TYPE_CHECKING:
    from ..saft.source import Source

HEAD: Final = 4096
_MARK: Final = b"StandardAuditFile"
_INVOICE: Final = b":FatturaElettronica"
_INVOICE_WITHIN: Final = 128
_ZIP: Final = b"PK\x03\x04"
_AT_ONCE: Final = 1 << 20
"""What is larger is only looked into: audit files are read as a stream."""


def is_one(data: bytes) -> bool:
    """Whether a document is an audit file of any country, by its first bytes."""
    if _INVOICE in data[:_INVOICE_WITHIN]:
        return False  # what nearly all are, known at a glance
    head = data[:HEAD]
    return _MARK in head or (b"\x00" in head and _MARK in head.replace(b"\x00", b""))


def given(source: Document | Given, limits: Limits) -> Source | bytes | None:
    """The audit file among what ``fatturakit.validate`` takes.

    None when it is none; its bytes, when it is none and they had to be read to know it.
    """
    if isinstance(source, bytes):
        return _source("", data=source) if is_one(source) else None
    if isinstance(source, Document):
        return _source(source.name, data=source.data) if source.is_audit_file else None
    check_source(source)
    if isinstance(source, str | os.PathLike):
        return _at(os.fspath(source), limits)
    if isinstance(source, bytearray | memoryview):
        return _source("", data=bytes(source)) if is_one(bytes(source[:HEAD])) else None
    return _in_stream(source, limits)


def _source(shown: str, path: str = "", data: bytes | None = None) -> Source:
    from ..saft.source import Source

    return Source(shown or "-", path, data)


def _at(path: str, limits: Limits) -> Source | bytes | None:
    """A path: judged by its first bytes, or those of the one XML in a ZIP. What is small is read at once."""
    try:
        with open(path, "rb") as stream:  # noqa: PTH123 - a Path costs more than the opening
            facts = os.fstat(stream.fileno())
            if flows(facts.st_mode):
                return _in_pipe(stream, path, limits)
            size = facts.st_size
            data = stream.read(size + 1 if size <= _AT_ONCE else HEAD)
    except OSError:
        return None
    if data.startswith(_ZIP):
        return _in_zip(path, limits)
    if is_one(data):
        return _source(path, path)
    return data if len(data) == size else None


def _in_pipe(stream: IO[bytes], path: str, limits: Limits) -> Source | bytes:
    head = stream.read(HEAD)
    if is_one(head):
        return _source(path, data=head + stream.read(limits.saft_bytes + 1 - len(head)))
    return head + stream.read(limits.document_bytes + 1 - len(head))


def _in_zip(path: str, limits: Limits) -> Source | None:
    found = _source(path, path)
    try:
        with found.open(limits) as member:
            return found if is_one(member.read(HEAD)) else None
    except InputError:
        return None


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
