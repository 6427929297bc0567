"""Audit files: one among many documents, or many of them; each is streamed, whatever its size."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from functools import partial
from typing import TYPE_CHECKING, Final

from ..errors import FatturakitError
from ..findings import Report
from ..rules.engine import unreadable
from ..rules.options import Options
from . import many
from .audit_source import HEAD, is_one
from .crashes import crash, is_unsettled_text
from .folders import is_pipe
from .inputs import Input
from .many import How
from .tasks import Task

if TYPE_CHECKING:
    from ..saft.source import Source
    from ..saft.validating import Options as AuditOptions


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


def reports(items: Iterable[Input], options: AuditOptions, how: How, engine: str = "stream") -> Generator[Report]:
    """The reports on many audit files, in order."""
    return many.results(items, task(options, engine), how)


def task(options: AuditOptions, engine: str) -> Task[Report]:
    """The judging of audit files, as it travels; each is large enough to be alone."""
    return Task(partial(_judged, options, engine), _lost, settled=_is_settled, chunk=1, few=1)


def _judged(options: AuditOptions, engine: str, item: Input) -> Report:
    from ..saft.second import judge as second
    from ..saft.source import Source
    from ..saft.validating import validate

    try:
        return (validate if engine == "stream" else second)(Source(item.shown, item.path), options)
    except FatturakitError:
        raise  # what is wrong with the call is wrong for all
    except Exception as error:
        return unreadable(crash(f"{type(error).__name__}: {error}"), item.shown, Options())


def _lost(item: Input) -> Report:
    return unreadable(crash("process died"), item.shown, Options())


def _is_settled(report: Report) -> bool:
    return not any(finding.code == _UNREACHABLE or is_unsettled_text(finding.message) for finding in report.findings)


@contextmanager
def files(names: Iterable[str]) -> Iterator[list[Input]]:
    """The files named; what comes through "-" or a pipe is put into one: an audit file may have to be read twice."""
    with ExitStack() as kept:
        yield [Input(name, kept.enter_context(_spooled(name)) if _flows(name) else name) for name in names]


def _flows(name: str) -> bool:
    """Whether something can be read only once."""
    return name == "-" or ("://" not in name and is_pipe(name))


@contextmanager
def _spooled(name: str) -> Iterator[str]:
    import os
    import shutil
    import sys
    import tempfile

    with tempfile.TemporaryDirectory(prefix="fatturakit-") as home:
        spool = os.path.join(home, "stdin.xml")  # noqa: PTH118
        source = nullcontext(sys.stdin.buffer) if name == "-" else open(name, "rb")  # noqa: PTH123, SIM115
        with source as stream, open(spool, "wb") as kept:  # noqa: PTH123
            shutil.copyfileobj(stream, kept)  # closed before it is read: not every system opens a file twice
        yield spool


@contextmanager
def standard_input(names: Iterable[str]) -> Iterator[list[Source]]:
    """The same as sources."""
    from ..saft.source import Source

    with files(names) as found:
        yield [Source(item.shown, item.path) for item in found]


_UNREACHABLE: Final = "PT1012"
