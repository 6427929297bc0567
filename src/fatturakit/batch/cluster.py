"""Many documents on many machines: an engine on Dask, for inputs that every machine can reach.

What travels is names, never documents: a chunk of 500 to 2000 names goes to a worker, which reads the documents itself
and leaves one file with their results in a place that all machines see; the file's name comes back. The results are
read and written by the machine that asked, in the order of the inputs, so the output is that of one machine.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import tempfile
import time
import uuid
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from .._version import __version__
from ..errors import FatturakitError, MissingExtra, RemoteError, UsageError
from ..writing import write_whole
from . import clusterwords as words
from . import safe
from .clusterchecks import PIP, checked
from .inputs import Input
from .tasks import Task

INSTALL: Final = "pip install 'fatturakit[distributed]'"
SECONDS: Final = 15
PATIENCE: Final = 120
CHUNK: Final = 1000
_LOOK: Final = 5
_AHEAD: Final = 2
_ADDRESS: Final = re.compile(r"(tcp|tls|ws|wss|ucx)://[^/\s]+:\d{1,5}")
_LOUD: Final = ("distributed", "distributed.client", "distributed.core", "distributed.comm", "tornado.application")


class Cluster(NamedTuple):
    """A cluster to work on. place: the folder or address for result files; chunk: documents in one task;
    seconds: to wait for an answer; patience: to wait for a first worker, or a new one when all have died."""

    address: str
    place: str
    chunk: int = CHUNK
    seconds: float = SECONDS
    patience: float = PATIENCE


class Ticket(NamedTuple):
    """A chunk under way."""

    items: list[Input]
    future: Any


class Workers:
    """The engine of a cluster."""

    def __init__(self, task: Task[Any], cluster: Cluster) -> None:
        self._task, self._cluster, self.chunk = task, cluster, cluster.chunk
        self._client = _connected(cluster)
        try:
            threads = checked(self._client, cluster.address, cluster.seconds)
        except BaseException:
            self._client.close(timeout=1)
            raise
        self.window = _AHEAD * threads + 1
        self._live: set[Any] = set()

    def submit(self, items: list[Input]) -> Ticket:
        """Begin a chunk."""
        return Ticket(items, self._sent([_shared(item) for item in items]))

    def answers(self, ticket: Ticket) -> Iterator[Any]:
        """The results of a chunk; when it kills its workers, the guilty document is found and the rest done again."""
        place = self._outcome(ticket.future)
        if place is None:
            return (value for item in ticket.items for value in self._alone(item))
        return self._read(place)

    def place(self, ticket: Ticket) -> str:
        """The file with the results, "" when they were made one by one."""
        return self._outcome(ticket.future) or ""

    def close(self) -> None:
        """Call off what is under way and leave the cluster as it was."""
        with suppress(Exception):
            self._client.cancel(list(self._live))
        with suppress(Exception):
            self._client.close(timeout=5)

    def _sent(self, items: list[Input]) -> Any:
        name = f"{uuid.uuid4().hex}.part"
        future = self._client.submit(
            answered, self._task, items, _joined(self._cluster.place, name), __version__, key=name, pure=False
        )
        self._live.add(future)
        return future

    def _outcome(self, future: Any) -> str | None:
        """Where a chunk's results are; None when it killed every worker it was given to."""
        from distributed import KilledWorker

        try:
            return str(self._waited(future))
        except KilledWorker:
            return None
        except FatturakitError:
            raise
        except ImportError as error:  # a worker that came later
            raise RemoteError(words.MISSING, where="-", there=_said(error), here=__version__, line=PIP) from error
        except Exception as error:
            text = words.GONE if _is_lost(error) else words.FAILED
            raise RemoteError(text, address=self._cluster.address, reason=_said(error)) from error
        finally:
            self._live.discard(future)

    def _waited(self, future: Any) -> Any:
        """The result of a task, however long it takes, as long as there is somebody to do it."""
        alive = time.monotonic()
        while True:
            try:
                return future.result(timeout=_LOOK)
            except TimeoutError:
                if future.done():  # in the moment between, or an error of its own
                    return future.result()
                now = time.monotonic()
                alive = now if self._client.ncores() else alive
                if now - alive > self._cluster.patience:
                    raise RemoteError(words.NO_WORKERS, address=self._cluster.address) from None

    def _alone(self, item: Input) -> Iterator[Any]:
        place = self._outcome(self._sent([_shared(item)]))
        return iter([self._task.lost(item)]) if place is None else self._read(place)

    def _read(self, place: str) -> Iterator[Any]:
        from .state import content

        try:
            return self._task.unpacked(safe.loads(zlib.decompress(content(place))))
        except OSError as error:
            raise UsageError(words.NOT_SEEN, path=place) from error


def answered(task: Task[Any], items: list[Input], place: str, version: str) -> str:
    """In a worker: the results of a chunk, written to ``place``; the place."""
    if version != __version__:
        raise RemoteError(words.MISSING, where="-", there=__version__, here=version, line=PIP)
    if "://" not in place:
        Path(place).parent.mkdir(parents=True, exist_ok=True)
    write_whole(place, zlib.compress(task.answers(items), 1), force=True)
    return place


@contextmanager
def place_for(results: str | None, state: str | None) -> Iterator[str]:
    """The place for result files: as named, beside the state, or a folder that goes with the run."""
    if results or state:
        place = results or f"{state}.results"
        yield place if "://" in place else os.path.abspath(place)  # noqa: PTH100 - workers run elsewhere
        return
    home = tempfile.mkdtemp(prefix="fatturakit-results-")
    try:
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _connected(cluster: Cluster) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise MissingExtra(words.EXTRA, line=INSTALL) from error
    if not _ADDRESS.fullmatch(cluster.address):
        raise UsageError(words.ADDRESS, address=cluster.address)
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what there is to say is said by us
    try:
        connect: Any = Client
        return connect(cluster.address, timeout=cluster.seconds, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise RemoteError(words.UNREACHABLE, address=cluster.address, reason=_said(error)) from error


def _shared(item: Input) -> Input:
    """The input as another machine finds it."""
    if item.data is not None:
        raise UsageError(words.STDIN)
    local = not item.path or "://" in item.path
    return item if local else item._replace(path=os.path.abspath(item.path))  # noqa: PTH100 - as it is spelt


def _joined(folder: str, name: str) -> str:
    return f"{folder.rstrip('/')}/{name}" if "://" in folder else os.path.join(folder, name)  # noqa: PTH118


def _is_lost(error: Exception) -> bool:
    return type(error).__name__ in {"CancelledError", "FutureCancelledError", "CommClosedError", "TimeoutError"}


def _said(error: Exception) -> str:
    return " ".join(f"{error or type(error).__name__}".split())[:300]
