"""Many inputs read and understood by other processes, for the one that writes them down."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from ..batch.inputs import Input
from ..batch.run import crash
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

    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if jobs is None:
        return min(processors, _ENOUGH) if start_method() == "fork" else 1
    return jobs or processors


def taken(items: list[Input], limits: Limits) -> list[Outcome]:
    """The inputs, read and understood, or why not."""
    return [(item.shown, _taken(item, limits)) for item in items]


def _taken(item: Input, limits: Limits) -> Prepared | FatturakitError:
    try:
        return prepare(receive(item, limits), limits)
    except FatturakitError as error:
        return error


def lost(item: Input) -> list[Outcome]:
    """What stands for an input whose process died."""
    return [(item.shown, crash("process died"))]


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
