"""Many inputs read and understood by other processes, for the one that writes them down."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import Final

from ..batch.crashes import crash
from ..batch.inputs import Input
from ..batch.many import processes
from ..batch.tasks import Task
from ..errors import FatturakitError, InputError
from ..limits import Limits
from .prepared import Prepared, prepare, receive

_MOST: Final = 50
_BYTES: Final = 2 * 1024 * 1024
_ENOUGH: Final = 4  # one process writes; more than this read faster than it can
Outcome = tuple[str, Prepared | FatturakitError]


def crew(jobs: int | None) -> int:
    """How many processes are to read. None: those there are processors for, where starting them is safe and cheap (a
    fork of a process with one thread); 0: one a processor; 1: this one."""
    from ..batch.parallel import start_method

    if jobs is not None:
        return processes(jobs, few=False)
    return min(processes(0, few=False), _ENOUGH) if start_method() == "fork" else 1


def reading(limits: Limits) -> Task[Outcome]:
    """Every input with its name, read and understood, or why not."""
    return Task(partial(_taken, limits=limits), _lost)


def _taken(item: Input, limits: Limits) -> Outcome:
    try:
        return item.shown, prepare(receive(item, limits), limits)
    except FatturakitError as error:
        return item.shown, error


def _lost(item: Input) -> Outcome:
    return item.shown, crash("process died")


def chunks(items: Iterator[Input], limits: Limits) -> Iterator[list[Input]]:
    """The inputs in handfuls, small in number and in bytes."""
    chunk: list[Input] = []
    size = 0
    for item in items:
        chunk.append(_alone(item, limits) if item.data is not None and item.members else item)
        size += _size(chunk[-1])
        if len(chunk) >= _MOST or size >= _BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _alone(item: Input, limits: Limits) -> Input:
    """A document out of an archive in memory, which would otherwise travel whole with each of its documents."""
    try:
        return item._replace(data=item.read(limits), members=(), places=())
    except InputError as error:
        return item._replace(data=None, members=(), places=(), trouble=error)


def _size(item: Input) -> int:
    if item.data is not None:
        return len(item.data)
    if not item.members:
        with suppress(OSError):
            return os.stat(item.path).st_size  # noqa: PTH116 - a Path costs more
    return item.size
