"""Draw many documents: one process or several, pages in the order of the inputs; one bad file stops nothing."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future
from dataclasses import replace
from itertools import chain, islice
from typing import Any, Final, NamedTuple

from ..document import Document
from ..errors import FatturakitError, InputError
from ..limits import Limits
from ..render.api import drawn
from ..render.api import render as plain_render
from ..render.naming import Names, names_of
from ..render.options import Look
from ..rules.engine import judge
from ..rules.options import Options
from .inputs import Input
from .judge import verifier
from .opening import cautions, opened, refuse_audit_file
from .run import crash, is_crash_text

ONE_PROCESS_UP_TO: Final = 8
_AHEAD: Final = 4


class Job(NamedTuple):
    """How every page is wanted; stylesheet: an XSL in place of a theme; findings: add the validation report;
    named: say what a file name can be made of."""

    theme: str
    shape: str
    look: Look
    limits: Limits
    stylesheet: str | None = None
    findings: bool = False
    named: bool = False


class Drawn(NamedTuple):
    """One page, or the error in its place. names: what a file name can be made of."""

    item: Input
    page: str | bytes | None = None
    names: Names | None = None
    error: FatturakitError | None = None

    @property
    def crashed(self) -> bool:
        """The error is one of ours."""
        return self.error is not None and is_crash_text(self.error.text)


def pages(inputs: Iterable[Input], job: Job, jobs: int | None = None) -> Iterator[Drawn]:
    """The pages, in order. jobs: processes; 0 all processors; None one for a few inputs, else all."""
    wanted = (item for item in inputs if item.archive != "")
    first = list(islice(wanted, ONE_PROCESS_UP_TO + 1))
    everything = chain(first, wanted)
    count = 1 if jobs is None and len(first) <= ONE_PROCESS_UP_TO else jobs or _processors()
    return (one(item, job) for item in everything) if count == 1 else _several(everything, job, count)


def one(item: Input, job: Job) -> Drawn:
    """The page of one input."""
    try:
        document = opened(item, job.limits)
    except FatturakitError as error:
        return Drawn(item, error=error)
    except Exception as error:
        return Drawn(item, error=_crash(error))
    try:
        if not job.stylesheet:
            refuse_audit_file(document)
        page = drawn(document, job.theme, job.shape, look_at(document, item, job), job.stylesheet)
        return Drawn(item, page, names_of(document) if job.named else None)
    except InputError as error:
        return Drawn(item, error=error)
    except FatturakitError:
        raise  # what is wrong with the call is wrong for all
    except Exception as error:
        return Drawn(item, error=_crash(error))


def _crash(error: Exception) -> InputError:
    if os.environ.get("FATTURAKIT_DEBUG"):
        raise error
    return crash(f"{type(error).__name__}: {error}")


def look_at(document: Document, item: Input, job: Job) -> Look:
    """What is wanted, with what is to be said about this document."""
    options = Options(limits=job.limits, signatures=verifier())
    report = judge(document, item.shown, options) if job.findings else None
    return replace(job.look, report=report, warnings=(*job.look.warnings, *cautions(document)))


def render(document: Document, **asked: Any) -> str | bytes | None:
    """``render.api.render``, with a banner where the signature of the document makes one careful."""
    if not asked.get("stylesheet"):
        refuse_audit_file(document)
    given = tuple(asked.pop("warnings", ()))
    return plain_render(document, warnings=(*given, *cautions(document)), **asked)


def _several(inputs: Iterator[Input], job: Job, count: int) -> Iterator[Drawn]:
    from .parallel import pool

    if job.shape == "pdf" and job.stylesheet is None:
        from ..render.pdf import warm

        warm()  # once, before the workers are forked
    waiting: deque[tuple[Input, Future[Drawn]]] = deque()
    workers = pool(count)
    try:
        while True:
            while len(waiting) < count * _AHEAD and (item := next(inputs, None)):
                waiting.append((item, workers.submit(one, item, job)))
            if not waiting:
                return
            item, future = waiting.popleft()
            try:
                yield future.result()
            except BrokenExecutor:
                workers.shutdown(wait=True, cancel_futures=True)
                yield _alone(item, job)
                workers = pool(count)
                waiting = deque((again, workers.submit(one, again, job)) for again, _ in waiting)
    finally:
        workers.shutdown(wait=True, cancel_futures=True)


def _alone(item: Input, job: Job) -> Drawn:
    """Once more in a process of its own, so that only the file that kills its worker is lost."""
    from .parallel import pool

    with pool(1) as worker:
        try:
            return worker.submit(one, item, job).result()
        except BrokenExecutor:
            return Drawn(item, error=crash("process died"))


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
