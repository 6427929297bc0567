"""Several processes at once, answers in the order of the questions.

Inputs travel to the workers as names, not bytes; a window of chunks keeps memory constant; a worker that dies takes
only the document that killed it with it.

How a worker starts is chosen here. On Linux it is a fork of a process with one thread, as the command line is: it
shares everything that is loaded, where a fork server or a fresh interpreter must import it again. With other threads
about (a lock one of them holds would stay locked for ever in the child; Python 3.12 warns, 3.14 no longer forks by
itself) and on other systems it is what Python can do safely there.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from functools import partial
from itertools import islice
from typing import Final, TypeVar

from ..rules.engine import unreadable
from ..rules.options import Options
from ._wire import Parcel, pack, unpack
from .inputs import Input
from .run import Judged, crash, serial

CHUNK: Final = 50
_WINDOW: Final = 4
Item = TypeVar("Item")
Done = TypeVar("Done")


def parallel(inputs: Iterable[Input], options: Options, jobs: int) -> Iterator[Judged]:
    """The reports made by ``jobs`` processes."""
    iterator = iter(inputs)
    chunks = iter(lambda: list(islice(iterator, CHUNK)), [])

    def lost(item: Input) -> Parcel:
        return pack([(unreadable(crash("process died"), item.shown, options), ())])

    for parcel in ordered(partial(_chunk, options=options), chunks, jobs, lost):
        yield from unpack(parcel)


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


def start_method() -> str:
    """fork from a process with one thread on Linux, else forkserver, or spawn where there is none."""
    if sys.platform == "linux" and threading.active_count() == 1:
        return "fork"
    return "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


def pool(jobs: int) -> ProcessPoolExecutor:
    """Workers that start as is safe here."""
    return ProcessPoolExecutor(jobs, multiprocessing.get_context(start_method()), initializer=_settle)


def _submit(workers: ProcessPoolExecutor, work: Callable[[list[Item]], Done], chunk: list[Item]) -> Future[Done]:
    try:
        return workers.submit(work, chunk)
    except BrokenExecutor as error:
        failed: Future[Done] = Future()
        failed.set_exception(error)
        return failed


def _chunk(items: list[Input], options: Options) -> Parcel:
    return pack(serial(items, options))


def _one_by_one(work: Callable[[list[Item]], Done], items: list[Item], lost: Callable[[Item], Done]) -> Iterator[Done]:
    """A chunk whose worker died: every item in a process of its own, so that only the guilty one is lost."""
    for item in items:
        with pool(1) as alone:
            try:
                yield alone.submit(work, [item]).result()
            except BrokenExecutor:
                yield lost(item)


def _settle() -> None:
    """In a new worker: interrupts are for the parent; what was inherited is left alone, so that it stays shared."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    threading.Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    """End with the parent, also when it was killed: nobody else would ever tell a worker."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
