"""Audit files: one among many documents, or many of them; each is streamed, whatever its size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from ..findings import Report
from ..rules.options import Options
from .audit_source import HEAD, is_one

if TYPE_CHECKING:
    from ..saft.source import Source
    from ..saft.validating import Options as AuditOptions
    from .inputs import Input


def is_large_one(item: Input) -> bool:
    """Whether a file on disk that is too large to be read at once is an audit file."""
    if item.members or item.data is not None or item.trouble is not None or "://" in item.path:
        return False
    try:
        with open(item.path, "rb") as stream:  # noqa: PTH123 - a Path costs more than the opening
            return is_one(stream.read(HEAD))
    except OSError:
        return False


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
