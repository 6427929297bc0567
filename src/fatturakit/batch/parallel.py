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
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from itertools import islice
from typing import Final

from ..rules.engine import unreadable
from ..rules.options import Options
from ._wire import Parcel, pack, unpack
from .inputs import Input
from .run import Judged, crash, serial

CHUNK: Final = 50
_WINDOW: Final = 4


def parallel(inputs: Iterable[Input], options: Options, jobs: int) -> Iterator[Judged]:
    """The reports made by ``jobs`` processes."""
    iterator = iter(inputs)
    waiting: deque[tuple[list[Input], Future[Parcel]]] = deque()
    workers = pool(jobs)
    try:
        while True:
            while len(waiting) < jobs * _WINDOW and (chunk := list(islice(iterator, CHUNK))):
                waiting.append((chunk, _submit(workers, chunk, options)))
            if not waiting:
                return
            chunk, future = waiting.popleft()
            try:
                yield from unpack(future.result())
            except BrokenExecutor:
                workers.shutdown(wait=True, cancel_futures=True)  # its threads too: the next workers are forked
                yield from _one_by_one(chunk, options)
                workers = pool(jobs)
                waiting = deque((again, _submit(workers, again, options)) for again, _ in waiting)
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


def _submit(workers: ProcessPoolExecutor, chunk: list[Input], options: Options) -> Future[Parcel]:
    try:
        return workers.submit(_chunk, chunk, options)
    except BrokenExecutor as error:
        failed: Future[Parcel] = Future()
        failed.set_exception(error)
        return failed


def _chunk(items: list[Input], options: Options) -> Parcel:
    return pack(serial(items, options))


def _one_by_one(items: list[Input], options: Options) -> Iterator[Judged]:
    """A chunk whose worker died: every document in a process of its own, so that only the guilty one is lost."""
    for item in items:
        with pool(1) as alone:
            try:
                yield from unpack(alone.submit(_chunk, [item], options).result())
            except BrokenExecutor:
                yield unreadable(crash("process died"), item.shown, options), ()


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
