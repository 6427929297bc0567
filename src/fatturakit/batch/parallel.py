"""Several processes at once, answers in the order of the questions.

Inputs travel to the workers as names, not bytes; a window of chunks keeps memory constant; a worker that dies takes
only the document that killed it with it.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from itertools import islice
from typing import Final

from ..findings import Report
from ..rules.engine import unreadable
from ..rules.options import Options
from .inputs import Input
from .run import crash, serial

CHUNK: Final = 50
_WINDOW: Final = 4


def parallel(inputs: Iterable[Input], options: Options, jobs: int) -> Iterator[Report]:
    """The reports made by ``jobs`` processes."""
    iterator = iter(inputs)
    waiting: deque[tuple[list[Input], Future[list[Report]]]] = deque()
    pool = ProcessPoolExecutor(jobs, initializer=_leave_interrupts_to_the_parent)
    try:
        while True:
            while len(waiting) < jobs * _WINDOW and (chunk := list(islice(iterator, CHUNK))):
                waiting.append((chunk, _submit(pool, chunk, options)))
            if not waiting:
                return
            chunk, future = waiting.popleft()
            try:
                yield from future.result()
            except BrokenExecutor:
                yield from _one_by_one(chunk, options)
                pool.shutdown(wait=False, cancel_futures=True)
                pool = ProcessPoolExecutor(jobs, initializer=_leave_interrupts_to_the_parent)
                waiting = deque((again, _submit(pool, again, options)) for again, _ in waiting)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _submit(pool: ProcessPoolExecutor, chunk: list[Input], options: Options) -> Future[list[Report]]:
    try:
        return pool.submit(_chunk, chunk, options)
    except BrokenExecutor as error:
        failed: Future[list[Report]] = Future()
        failed.set_exception(error)
        return failed


def _chunk(items: list[Input], options: Options) -> list[Report]:
    return list(serial(items, options))


def _one_by_one(items: list[Input], options: Options) -> Iterator[Report]:
    """A chunk whose worker died: every document in a process of its own, so that only the guilty one is lost."""
    for item in items:
        with ProcessPoolExecutor(1, initializer=_leave_interrupts_to_the_parent) as alone:
            try:
                yield from alone.submit(_chunk, [item], options).result()
            except BrokenExecutor:
                yield unreadable(crash("process died"), item.shown, options)


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
