"""Many documents converted: each on its own, on one processor or several, in the order they were given."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future
from itertools import chain, islice
from typing import Final, NamedTuple

from ..convert.reading import ConversionError
from ..convert.targets import TARGETS, How, Made
from ..errors import FatturakitError
from ..findings import Finding
from ..limits import Limits
from ..texts import Text
from .inputs import Input, expand
from .opening import cautions, opened, refuse_audit_file
from .run import ONE_PROCESS_UP_TO, crash, processes

JSON_SUFFIX: Final = ".json"
_CHUNK: Final = 20
_WINDOW: Final = 4


class Converted(NamedTuple):
    """What became of one input: its output, or why there is none; target: the name of what it was converted to.

    cautions: what its signature makes one careful about.
    """

    shown: str
    target: str = ""
    made: Made | None = None
    error: FatturakitError | None = None
    crashed: bool = False
    cautions: tuple[Text, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything there is to say about the conversion."""
        if self.made is not None:
            return self.made.findings
        return self.error.findings if isinstance(self.error, ConversionError) else ()


def inputs(names: Iterable[str], limits: Limits, *, stdin_name: str = "") -> Iterator[Input]:
    """Every document in what the user named; in folders the JSON files too."""
    for name in names:
        for each in _in_folder(name) if os.path.isdir(name) else (name,):  # noqa: PTH112 - shown as it was named
            yield from expand((each,), limits, stdin_name=stdin_name)


def results(
    items: Iterable[Input], target: str | None, how: How, limits: Limits, jobs: int | None = None
) -> Iterator[Converted]:
    """What became of every input, in order. target: a name of ``TARGETS`` with ``each``, None for the other side."""
    iterator = (item for item in items if item.archive != "")
    first = list(islice(iterator, ONE_PROCESS_UP_TO + 1))
    count = processes(jobs, few=len(first) <= ONE_PROCESS_UP_TO)
    everything = chain(first, iterator)
    if count == 1:
        return (_converted(item, target, how, limits) for item in everything)
    return _parallel(everything, lambda chunk: (chunk, target, how, limits), count)


def _converted(item: Input, target: str | None, how: How, limits: Limits) -> Converted:
    name = target or ""
    try:
        document = opened(item, limits, None if target == "json" else how.dialect)
        refuse_audit_file(document)
        name = target or ("xml" if "json" in document.layers else "json")
        return Converted(item.shown, name, TARGETS[name].writer()(document, how), cautions=cautions(document))
    except FatturakitError as error:
        return Converted(item.shown, name, error=error)
    except Exception as error:
        return Converted(item.shown, name, error=crash(f"{type(error).__name__}: {error}"), crashed=True)


Job = tuple[list[Input], str | None, How, Limits]


def _chunk(job: Job) -> list[Converted]:
    items, target, how, limits = job
    return [_converted(item, target, how, limits) for item in items]


def _parallel(items: Iterator[Input], job: Callable[[list[Input]], Job], jobs: int) -> Iterator[Converted]:
    from .parallel import pool

    waiting: deque[tuple[Job, Future[list[Converted]]]] = deque()
    workers = pool(jobs)
    try:
        while True:
            while len(waiting) < jobs * _WINDOW and (chunk := list(islice(items, _CHUNK))):
                waiting.append((job(chunk), workers.submit(_chunk, job(chunk))))
            if not waiting:
                return
            task, future = waiting.popleft()
            try:
                yield from future.result()
            except BrokenExecutor:
                workers.shutdown(wait=True, cancel_futures=True)
                yield from (_alone(item, job) for item in task[0])
                workers = pool(jobs)
                waiting = deque((again, workers.submit(_chunk, again)) for again, _ in waiting)
    finally:
        workers.shutdown(wait=True, cancel_futures=True)


def _alone(item: Input, job: Callable[[list[Input]], Job]) -> Converted:
    """Once more in a process of its own, so that only the file that kills its worker is lost."""
    from .parallel import pool

    with pool(1) as worker:
        try:
            return worker.submit(_chunk, job([item])).result()[0]
        except BrokenExecutor:
            return Converted(item.shown, error=crash("process died"), crashed=True)


def _in_folder(folder: str) -> Iterator[str]:
    """The folder as one name when it has no JSON; else every file by name, in the order of a folder."""
    from .inputs import SUFFIXES

    found = []
    for home, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__MACOSX")))
        wanted = (name for name in sorted(files) if name.lower().endswith((*SUFFIXES, JSON_SUFFIX)))
        found += [os.path.join(home, name) for name in wanted if not name.startswith(".")]  # noqa: PTH118
    return iter(found or [folder])
