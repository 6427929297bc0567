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
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from .inputs import Input
from .tasks import Task

_WINDOW: Final = 4
_MOST: Final = 61 if os.name == "nt" else 1 << 16
"""Processes in a pool; Windows waits for no more."""


@dataclass(eq=False)
class Ticket:
    """A chunk under way."""

    items: list[Input]
    future: Future[bytes]


class Processes:
    """The engine of ``jobs`` processes on this machine."""

    def __init__(self, task: Task[Any], jobs: int) -> None:
        if task.warm is not None:
            task.warm()  # once, before the workers are forked
        self.window, self.chunk = jobs * _WINDOW, task.chunk
        self._task, self._jobs = task, jobs
        self._pool = pool(jobs, task.prepare)
        self._live: list[Ticket] = []

    def submit(self, items: list[Input]) -> Ticket:
        """Begin a chunk."""
        ticket = Ticket(items, self._future(items))
        self._live.append(ticket)
        return ticket

    def answers(self, ticket: Ticket) -> Iterator[Any]:
        """The results of a chunk; when its worker died, the guilty document is found and the rest done again."""
        self._live.remove(ticket)
        try:
            return self._task.unpacked(_loaded(ticket.future.result()))
        except BrokenExecutor:
            self._pool.shutdown(wait=True, cancel_futures=True)  # its threads too: the next workers are forked
            found = [alone(self._task, item) for item in ticket.items]
            self._pool = pool(self._jobs, self._task.prepare)
            for other in self._live:
                other.future = self._future(other.items)
            return iter(found)

    def place(self, ticket: Ticket) -> str:
        """Results come back, not files."""
        return ""

    def close(self) -> None:
        """Stop the workers."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _future(self, items: list[Input]) -> Future[bytes]:
        try:
            return self._pool.submit(self._task.answers, items)
        except BrokenExecutor as error:
            failed: Future[bytes] = Future()
            failed.set_exception(error)
            return failed


def start_method() -> str:
    """fork from a process with one thread on Linux, else forkserver, or spawn where there is none."""
    if sys.platform == "linux" and threading.active_count() == 1:
        return "fork"
    return "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


def pool(jobs: int, prepare: Callable[[], None] | None = None) -> ProcessPoolExecutor:
    """Workers that start as is safe here, and have started. prepare: what each does before its first document."""
    context = multiprocessing.get_context(start_method())
    workers = ProcessPoolExecutor(min(jobs, _MOST), context, initializer=_settle, initargs=(prepare,))
    try:
        with _uninterrupted():
            workers.submit(int)  # what starts them
    except BaseException:  # the interruption that waited for the end of the block
        workers.shutdown(wait=True, cancel_futures=True)
        raise
    return workers


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C waits for the end of the block: a process that is just being made would answer it with a traceback."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def alone(task: Task[Any], item: Input) -> Any:
    """One document in a process of its own, so that only the one that kills its worker is lost."""
    with pool(1, task.prepare) as worker:
        try:
            (value,) = task.unpacked(_loaded(worker.submit(task.answers, [item]).result()))
        except BrokenExecutor:
            return task.lost(item)
        return value


def _loaded(data: bytes) -> Any:
    return pickle.loads(data)  # noqa: S301 - from our own worker


def _settle(prepare: Callable[[], None] | None = None) -> None:
    """In a new worker: interrupts are for the parent; what was inherited is left alone, so that it stays shared."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    if prepare is not None:
        prepare()
    gc.freeze()
    threading.Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    """End with the parent, also when it was killed: nobody else would ever tell a worker."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
