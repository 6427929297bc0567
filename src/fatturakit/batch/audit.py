"""Audit files: one among many documents, or many of them; each is streamed, whatever its size."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import IO, TYPE_CHECKING, Final

from ..document import Document
from ..document import Source as Given
from ..errors import InputError
from ..findings import Report
from ..limits import Limits
from ..rules.options import Options

if TYPE_CHECKING:
    from ..saft.source import Source
    from ..saft.validating import Options as AuditOptions
    from .inputs import Input

_MARK: Final = b"StandardAuditFile"
_HEAD: Final = 4096
_ZIP: Final = b"PK\x03\x04"


def is_one(data: bytes) -> bool:
    """Whether a document is an audit file of any country, by its first bytes."""
    head = data[:_HEAD]
    return _MARK in head or (b"\x00" in head and _MARK in head.replace(b"\x00", b""))


def is_large_one(item: Input) -> bool:
    """The same for a file on disk that is too large to be read at once."""
    if item.members or item.data is not None or item.trouble is not None:
        return False
    try:
        with open(item.path, "rb") as stream:  # noqa: PTH123 - a Path costs more than the opening
            return is_one(stream.read(_HEAD))
    except OSError:
        return False


def given(source: Document | Given, limits: Limits) -> Source | None:
    """The audit file among what ``fatturakit.validate`` takes; None when it is none."""
    from ..saft.source import Source

    if isinstance(source, Document):
        return Source(source.name or "-", data=source.data) if source.is_audit_file else None
    if isinstance(source, str | os.PathLike):
        return _at(os.fspath(source), limits)
    if isinstance(source, bytes | bytearray | memoryview):
        data = bytes(source) if is_one(bytes(source[:_HEAD])) else b""
        return Source("-", data=data) if data else None
    return _in_stream(source, limits)


def _in_stream(stream: IO[bytes], limits: Limits) -> Source | None:
    """The same for a binary file, which is put back to where it was when it is something else."""
    from ..saft.source import Source

    if not stream.seekable():
        return None
    begin = stream.tell()
    if not is_one(stream.read(_HEAD)):
        stream.seek(begin)
        return None
    stream.seek(begin)
    name = getattr(stream, "name", None)
    return Source(name if isinstance(name, str) else "-", data=stream.read(limits.saft_bytes + 1))


def _at(path: str, limits: Limits) -> Source | None:
    """The same for a path: by its first bytes, or those of the one XML in a ZIP."""
    from ..saft.source import Source

    try:
        with open(path, "rb") as stream:  # noqa: PTH123 - a Path costs more than the opening
            head = stream.read(_HEAD)
    except OSError:
        return None
    if is_one(head):
        return Source(path, path)
    if not head.startswith(_ZIP):
        return None
    inside = Source(path, path)
    try:
        with inside.open(limits) as member:
            return inside if is_one(member.read(_HEAD)) else None
    except InputError:
        return None


def judged(source: Source, options: Options, name: str | None = None) -> Report:
    """The report on what ``given`` found, shown as ``name`` when there is one."""
    from ..saft.validating import validate

    made = validate(source, _chosen(options))
    return made if name is None else made._replace(path=name)


def report(item: Input, options: Options, data: bytes | None = None) -> Report:
    """The report on an audit file among other documents; ``data`` is None for one that is streamed from its path."""
    from ..saft.source import Source

    return judged(Source(item.shown, item.path, data), options)._replace(layers=item.layers)


def _chosen(options: Options) -> AuditOptions:
    from ..saft.validating import Options as AuditOptions

    return AuditOptions(select=options.select, ignore=options.ignore, limits=options.limits)


def reports(
    sources: Iterable[Source], options: AuditOptions, jobs: int = 1, engine: str = "stream"
) -> Iterator[Report]:
    """The reports on many audit files, in order."""
    from ..saft.second import judge as second
    from ..saft.validating import validate

    work = partial(validate, options=options) if engine == "stream" else partial(second, options=options)
    if jobs == 1:
        yield from map(work, sources)
        return
    from .parallel import pool

    with pool(jobs) as workers:
        yield from workers.map(work, sources)


@contextmanager
def standard_input(names: Iterable[str]) -> Iterator[list[Source]]:
    """The sources of the names; what stands on "-" is put into a file: an audit file may have to be read twice."""
    import shutil
    import sys
    import tempfile

    from ..saft.source import Source

    wanted = list(names)
    if "-" not in wanted:
        yield [Source(name, name) for name in wanted]
        return
    with tempfile.NamedTemporaryFile(prefix="stdin-", suffix=".xml") as spool:
        shutil.copyfileobj(sys.stdin.buffer, spool)
        spool.flush()
        yield [Source(name, spool.name if name == "-" else name) for name in wanted]
