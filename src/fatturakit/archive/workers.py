"""Work on handfuls of things by several processes, answers in the order of the questions."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from typing import Final, TypeVar

from ..batch.parallel import pool

_WINDOW: Final = 4
Item = TypeVar("Item")
Done = TypeVar("Done")


def ordered(
    work: Callable[[list[Item]], Done], chunks: Iterable[list[Item]], jobs: int, lost: Callable[[Item], Done]
) -> Iterator[Done]:
    """What ``work`` makes of every chunk, in order, by ``jobs`` processes.

    A chunk whose worker dies is done again item by item; lost: stands for the item that kills its worker.
    """
    rest = iter(chunks)
    waiting: deque[tuple[list[Item], Future[Done]]] = deque()
    workers = pool(jobs)
    try:
        while True:
            while len(waiting) < jobs * _WINDOW and (chunk := next(rest, None)):
                waiting.append((chunk, _submit(workers, work, chunk)))
            if not waiting:
                return
            chunk, future = waiting.popleft()
            try:
                yield future.result()
            except BrokenExecutor:
                workers.shutdown(wait=True, cancel_futures=True)  # its threads too: the next workers are forked
                yield from _one_by_one(work, chunk, lost)
                workers = pool(jobs)
                waiting = deque((again, _submit(workers, work, again)) for again, _ in waiting)
    finally:
        workers.shutdown(wait=True, cancel_futures=True)


def _submit(workers: ProcessPoolExecutor, work: Callable[[list[Item]], Done], chunk: list[Item]) -> Future[Done]:
    try:
        return workers.submit(work, chunk)
    except BrokenExecutor as error:
        failed: Future[Done] = Future()
        failed.set_exception(error)
        return failed


def _one_by_one(work: Callable[[list[Item]], Done], items: list[Item], lost: Callable[[Item], Done]) -> Iterator[Done]:
    """A chunk whose worker died: every item in a process of its own, so that only the guilty one is lost."""
    for item in items:
        with pool(1) as alone:
            try:
                yield alone.submit(work, [item]).result()
            except BrokenExecutor:
                yield lost(item)
