"""Many inputs, one result each, in the order of the inputs: here, on several processors, on a cluster; resumable.

The one loop behind every verb that takes many inputs. A verb says what it does with one input (``Task``); where that
happens is an ``Engine``; what was done before comes from a ``State``. Only a window of chunks is under way at a time,
so that memory does not grow with the number of inputs.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from .inputs import Input
from .tasks import Done, Task

if TYPE_CHECKING:
    from .cluster import Cluster
    from .state import Place, State

_LEAST: Final = 20
"""Inputs remembered at once when the work can be resumed: every time, the disk is waited for."""
_LONGEST: Final = 4_000
"""Inputs in one segment of known and new ones together."""


class How(NamedTuple):
    """Where the work is done. jobs: processes; 0 all processors; None one for a few inputs, else all."""

    jobs: int | None = None
    state: State | None = None
    cluster: Cluster | None = None


class Engine(Protocol):
    """Where chunks are worked on. window: how many may be under way; chunk: how many inputs make one."""

    window: int
    chunk: int

    def submit(self, items: list[Input]) -> Any:
        """Begin a chunk; a ticket for ``answers``."""

    def answers(self, ticket: Any) -> Iterator[Any]:
        """The results of a chunk, waited for, one for each input."""

    def place(self, ticket: Any) -> str:
        """Where the engine left the results of a chunk as a file, "" when it did not."""

    def close(self) -> None:
        """Stop everything under way."""


class Segment(NamedTuple):
    """Inputs in order, each with the place of its result when it was done before."""

    entries: list[tuple[Input, Place | None]]

    @property
    def new(self) -> list[Input]:
        """The inputs that are to be worked on."""
        return [item for item, place in self.entries if place is None]


def results(items: Iterable[Input], task: Task[Done], how: How) -> Generator[Done]:
    """What became of every input, in order; inputs with nothing to say are left out."""
    iterator = iter(items)
    if how.cluster is not None:
        from .cluster import Workers

        return _run(iterator, task, partial(Workers, task, how.cluster), how.state)
    first = list(islice(iterator, task.few + 1))
    count = processes(how.jobs, few=len(first) <= task.few)
    everything = chain(first, iterator)
    if count > 1:
        from .parallel import Processes

        return _run(everything, task, partial(Processes, task, count), how.state)
    if how.state is None:
        return (value for item in everything if (value := task.one(item)) is not None)
    return _run(everything, task, partial(Here, task), how.state)


def of_chunks(chunks: Iterable[list[Input]], task: Task[Done], jobs: int) -> Generator[Done]:
    """What became of every input of chunks that were made elsewhere, in order, by ``jobs`` processes."""
    from .parallel import Processes

    segments = (Segment([(item, None) for item in chunk]) for chunk in chunks)
    with closing(Processes(task, jobs)) as engine:
        for _, ticket in _in_order(segments, engine):
            yield from (value for value in engine.answers(ticket) if value is not None)


def processes(jobs: int | None, *, few: bool) -> int:
    """How many processes: as asked, 0 for every processor, and when not asked one for few inputs."""
    if jobs is None:
        jobs = 1 if few else 0
    return jobs or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


class Here:
    """The engine that is this process."""

    window = 1

    def __init__(self, task: Task[Any]) -> None:
        self._task = task
        self.chunk = task.chunk

    def submit(self, items: list[Input]) -> list[Input]:
        """Nothing is done before it is asked for."""
        return items

    def answers(self, ticket: list[Input]) -> Iterator[Any]:
        """One after the other."""
        return map(self._task.one, ticket)

    def place(self, ticket: list[Input]) -> str:
        """Results stay in memory."""
        return ""

    def close(self) -> None:
        """Nothing is under way."""


def _run(items: Iterator[Input], task: Task[Done], make: Callable[[], Engine], state: State | None) -> Generator[Done]:
    if state is not None:
        state.task = task
    with closing(make()) as engine:
        for segment, ticket in _in_order(_segments(items, engine.chunk, state), engine):
            fresh = engine.answers(ticket) if ticket is not None else iter(())
            if state is None:
                yield from (value for value in fresh if value is not None)
            else:
                yield from _kept(segment, fresh, state, "" if ticket is None else engine.place(ticket))


def _kept(segment: Segment, fresh: Iterator[Done | None], state: State, place_of: str) -> Iterator[Done]:
    """The results of a segment, old and new; the new ones are remembered once whoever asked has dealt with all."""
    found: list[tuple[Input, Done | None, tuple[str, ...]]] = []
    for item, place in segment.entries:
        value = state.value(place) if place is not None else next(fresh)
        state.turn(item, place)
        if value is not None:
            yield value
        if place is None:
            found.append((item, value, state.written))
    if found:
        state.keep(found, place_of)


def _in_order(segments: Iterator[Segment], engine: Engine) -> Iterator[tuple[Segment, Any]]:
    waiting: deque[tuple[Segment, Any]] = deque()
    while True:
        while len(waiting) < engine.window and (segment := next(segments, None)) is not None:
            new = segment.new
            waiting.append((segment, engine.submit(new) if new else None))
        if not waiting:
            return
        yield waiting.popleft()


def _segments(items: Iterator[Input], chunk: int, state: State | None) -> Iterator[Segment]:
    if state is None:
        while few := [(item, None) for item in islice(items, chunk)]:
            yield Segment([*few])
        return
    from .versions import stamped

    entries: list[tuple[Input, Place | None]] = []
    new = 0
    for item in map(stamped, items):
        place = state.find(item)
        entries.append((item, place))
        new += place is None
        if new == max(chunk, _LEAST) or len(entries) == _LONGEST:
            yield Segment(entries)
            entries, new = [], 0
    if entries:
        yield Segment(entries)
