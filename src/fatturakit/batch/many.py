"""The same work on many inputs: one process or several, answers in the order of the inputs, one bad file stops nothing.

A window of chunks keeps memory constant; a worker that dies takes only the document that killed it with it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from itertools import chain, islice
from typing import Final, Generic, NamedTuple, TypeVar

from .inputs import Input
from .run import ONE_PROCESS_UP_TO, processes

Answer = TypeVar("Answer")
_CHUNK: Final = 20
_WINDOW: Final = 4


class Work(NamedTuple, Generic[Answer]):
    """What to do with an input. do: raises nothing; lost: the answer for an input that killed its worker.

    Both travel to other processes, so they are functions of a module (with ``partial``). prepare: what every worker
    does first; before: what is done once, here, before there are workers, which then share it.
    """

    do: Callable[[Input], Answer]
    lost: Callable[[Input], Answer]
    prepare: Callable[[], None] | None = None
    before: Callable[[], None] | None = None


def answers(
    inputs: Iterable[Input],
    work: Work[Answer],
    jobs: int | None = None,
    *,
    few: int = ONE_PROCESS_UP_TO,
    chunk: int = _CHUNK,
) -> Generator[Answer]:
    """The answers, in order. jobs: processes; 0 all processors; None one for up to ``few`` inputs, else all."""
    iterator = iter(inputs)
    first = list(islice(iterator, few + 1))
    count = processes(jobs, few=len(first) <= few)
    everything = chain(first, iterator)
    if count == 1:
        return (work.do(item) for item in everything)
    return _parallel(everything, work, count, chunk)


def _parallel(items: Iterator[Input], work: Work[Answer], jobs: int, chunk: int) -> Generator[Answer]:
    from .parallel import pool

    if work.before is not None:
        work.before()
    waiting: deque[tuple[list[Input], Future[list[Answer]]]] = deque()
    workers = pool(jobs, work.prepare)
    try:
        while True:
            while len(waiting) < jobs * _WINDOW and (some := list(islice(items, chunk))):
                waiting.append((some, _submit(workers, some, work)))
            if not waiting:
                return
            some, future = waiting.popleft()
            try:
                yield from future.result()
            except BrokenExecutor:
                workers.shutdown(wait=True, cancel_futures=True)  # its threads too: the next workers are forked
                yield from (_alone(item, work) for item in some)
                workers = pool(jobs, work.prepare)
                waiting = deque((again, _submit(workers, again, work)) for again, _ in waiting)
    finally:
        workers.shutdown(wait=True, cancel_futures=True)


def _submit(workers: ProcessPoolExecutor, items: list[Input], work: Work[Answer]) -> Future[list[Answer]]:
    try:
        return workers.submit(_chunk, items, work.do)
    except BrokenExecutor as error:
        failed: Future[list[Answer]] = Future()
        failed.set_exception(error)
        return failed


def _chunk(items: list[Input], do: Callable[[Input], Answer]) -> list[Answer]:
    return [do(item) for item in items]


def _alone(item: Input, work: Work[Answer]) -> Answer:
    """Once more in a process of its own, so that only the file that kills its worker is lost."""
    from .parallel import pool

    with pool(1, work.prepare) as worker:
        try:
            return worker.submit(_chunk, [item], work.do).result()[0]
        except BrokenExecutor:
            return work.lost(item)
