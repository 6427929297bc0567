"""Audit files: one among many documents, or many of them; each is streamed, whatever its size."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Final

from ..findings import Report
from ..rules.options import Options

if TYPE_CHECKING:
    from ..saft.source import Source
    from ..saft.validate import Options as AuditOptions
    from .inputs import Input

_MARK: Final = b"StandardAuditFile"
_HEAD: Final = 4096


def report(item: Input, options: Options) -> Report | None:
    """The report on an input that is an audit file; None for any other. Invoices pay one look at their first bytes."""
    if item.trouble is not None or item.archive is not None or not _is_audit_file(item, options):
        return None
    from ..saft.source import Source
    from ..saft.validate import Options as AuditOptions
    from ..saft.validate import validate

    plain = item.path and not item.members and item.data is None
    source = Source(item.shown, item.path) if plain else Source(item.shown, data=item.read(options.limits))
    chosen = AuditOptions(select=options.select, ignore=options.ignore, limits=options.limits)
    return validate(source, chosen)._replace(layers=item.layers)


def _is_audit_file(item: Input, options: Options) -> bool:
    if item.members or item.data is not None:
        return _MARK in item.read(options.limits)[:_HEAD].replace(b"\x00", b"")
    try:
        with open(item.path, "rb") as stream:  # noqa: PTH123 - a Path costs more than the opening
            return _MARK in stream.read(_HEAD).replace(b"\x00", b"")
    except OSError:
        return False  # reading it will say why


def reports(
    sources: Iterable[Source], options: AuditOptions, jobs: int = 1, engine: str = "stream"
) -> Iterator[Report]:
    """The reports on many audit files, in order."""
    from ..saft.second import judge as second
    from ..saft.validate import validate

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
    from ..saft.source import Source

    wanted = list(names)
    if "-" not in wanted:
        yield [Source(name, name) for name in wanted]
        return
    with tempfile.NamedTemporaryFile(prefix="stdin-", suffix=".xml") as spool:
        shutil.copyfileobj(sys.stdin.buffer, spool)
        spool.flush()
        yield [Source(name, spool.name if name == "-" else name) for name in wanted]
