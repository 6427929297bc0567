"""Work on many inputs in several processes, a chunk at a time: the answers come in the order of the inputs.

A window of chunks keeps memory constant; a worker that dies takes only the input that killed it with it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future
from itertools import islice
from typing import Final, TypeVar

from .inputs import Input
from .parallel import pool

Answer = TypeVar("Answer")
Work = Callable[[list[Input]], list[Answer]]
CHUNK: Final = 20
_WINDOW: Final = 4


def ordered(items: Iterator[Input], work: Work[Answer], lost: Callable[[Input], Answer], jobs: int) -> Iterator[Answer]:
    """``work`` on every chunk (it travels to the workers, so it must pickle); ``lost`` answers for a dead worker."""
    waiting: deque[tuple[list[Input], Future[list[Answer]]]] = deque()
    workers = pool(jobs)
    try:
        while True:
            while len(waiting) < jobs * _WINDOW and (chunk := list(islice(items, CHUNK))):
                waiting.append((chunk, workers.submit(work, chunk)))
            if not waiting:
                return
            chunk, future = waiting.popleft()
            try:
                yield from future.result()
            except BrokenExecutor:
                workers.shutdown(wait=True, cancel_futures=True)
                yield from (_alone(item, work, lost) for item in chunk)
                workers = pool(jobs)
                waiting = deque((again, workers.submit(work, again)) for again, _ in waiting)
    finally:
        workers.shutdown(wait=True, cancel_futures=True)


def _alone(item: Input, work: Work[Answer], lost: Callable[[Input], Answer]) -> Answer:
    """Once more in a process of its own, so that only the file that kills its worker is lost."""
    with pool(1) as worker:
        try:
            return worker.submit(work, [item]).result()[0]
        except BrokenExecutor:
            return lost(item)
