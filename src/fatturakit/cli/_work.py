"""How a verb does its work on many inputs: what ``--jobs``, ``--resume``, ``--scheduler`` and ``--results`` come to.

A verb takes the options by ``@_options.resumable`` and opens ``how(given, about)`` around its work.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple, Protocol

from .. import storage
from .._version import __version__
from ..batch.many import How
from ..batch.state import State
from ..errors import UsageError
from ..texts import Text
from . import _io


class Given(Protocol):
    """What the options of ``@_options.resumable`` gave."""

    @property
    def jobs(self) -> int | None: ...
    @property
    def resume(self) -> str | None: ...
    @property
    def scheduler(self) -> str | None: ...
    @property
    def results(self) -> str | None: ...


class Asked(NamedTuple):
    """The same out of the options of a verb, of which it may have some only."""

    jobs: int | None = None
    resume: str | None = None
    scheduler: str | None = None
    results: str | None = None

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Asked:
        """What is among all the options."""
        return cls(**{name: given[name] for name in cls._fields if name in given})


@contextmanager
def how(given: Given, about: Mapping[str, Any]) -> Iterator[How]:
    """Where the work is to be done, with its state open. about: the verb and every option that changes a result."""
    if given.results and not given.scheduler:
        raise UsageError(_RESULTS_ALONE)
    if not given.resume and not given.scheduler:
        yield How(given.jobs)
        return
    if not given.resume:
        with _cluster(given) as found:
            yield How(given.jobs, None, found)
        return
    said = {name: str(value) for name, value in {"fatturakit": __version__, **about}.items()}
    with State(given.resume, said) as state, _cluster(given) as found:
        yield How(given.jobs, state, found)


def same_moment(state: State | None, at: str) -> str:
    """The moment to judge by: what the first run judged by is that of all of it."""
    return at if state is None else state.noted("moment") or state.note("moment", at)


def put(path: str, data: bytes, state: State | None, *, force: bool) -> None:
    """Write a result to a file of its own. Going on from a state, what the run itself left there is no obstacle.

    A result of an earlier run is there already, and no longer has its data.
    """
    if state is not None:
        force = state.wrote(path) or force
        if state.before:
            return
        force = force or _has(path, data)
        if not (force or state.task.repeatable or _is_there(path)):
            state.intend(path)
    _io.write_bytes(path, data, force=force)


def _is_there(path: str) -> bool:
    return storage.exists(path) if storage.is_url(path) else os.path.lexists(path)


def _has(path: str, data: bytes) -> bool:
    """Whether a file is there and is the same: a run that was killed may have written it."""
    try:
        if storage.is_url(path):
            return storage.read(path, len(data)) == data
        if os.path.getsize(path) != len(data):  # noqa: PTH202
            return False
        with open(path, "rb") as stream:  # noqa: PTH123
            return stream.read() == data
    except OSError:
        return False


@contextmanager
def _cluster(given: Given) -> Iterator[Any]:
    """The cluster that was asked for, with a place for its results; None when none was."""
    if not given.scheduler:
        yield None
        return
    from ..batch.cluster import Cluster, place_for

    with place_for(given.results, given.resume) as place:
        yield Cluster(given.scheduler, place)


_RESULTS_ALONE = Text("--results serve solo con --scheduler.", "--results is for --scheduler only.")
