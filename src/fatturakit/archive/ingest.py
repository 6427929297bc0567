"""Adding to an archive: read and understand outside the lock, write in one transaction a portion, match, go on.

Much is read by several processes; one writes. Whatever stops the work leaves whole portions behind; adding the same
again skips them by their bytes. Several writers take turns: what another one added in the meantime is found under its
identity and not added twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, TypeVar

from ..batch.inputs import Input
from ..batch.many import of_chunks
from ..errors import FatturakitError
from ..limits import Limits
from .crowd import Outcome, chunks, crew, reading
from .matching import settle
from .prepared import Prepared, Received, prepare, receive
from .store import Store, among
from .writing import Writing

_PORTION: Final = 200
_BYTES: Final = 16 * 1024 * 1024
Step = Callable[[str], None]
Item = TypeVar("Item")


@dataclass(slots=True)
class Added:
    """What became of the inputs. documents, messages: new ones; known: those that were there already; refused: what
    could not be taken, with the reason; ids: documents new or met again; mended: damaged ones whose bytes were put
    back."""

    documents: int = 0
    messages: int = 0
    known: int = 0
    refused: list[tuple[str, FatturakitError]] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    mended: int = 0


class Ingest:
    """One call of ``add``. ``added`` is what became of it so far."""

    def __init__(self, store: Store, limits: Limits, now: Callable[[], str], step: Step | None, jobs: int) -> None:
        self.added = Added()
        self._store, self._limits, self._now, self._jobs = store, limits, now, jobs
        self._step = step or (lambda shown: None)

    def work(self, items: Iterable[Input]) -> None:
        """Add every input: here, and by several processes once it shows that there is much that is new."""
        rest = (item for item in items if item.archive != "")
        for portion in _portions(self._received(rest), _size):
            fresh = self._fresh(portion)
            self._write(list(self._prepared(fresh)))
            if self._jobs > 1 and len(portion) >= _PORTION and len(fresh) * 2 > len(portion):
                self._crowd(rest)

    def _crowd(self, rest: Iterator[Input]) -> None:
        """The rest, read and understood by other processes and written by this one."""
        outcomes = of_chunks(chunks(rest, self._limits), reading(self._limits), self._jobs)
        with closing(outcomes):
            for portion in _portions(self._understood(outcomes), _own_size):
                self._write_new(portion)

    def _understood(self, outcomes: Iterable[Outcome]) -> Iterator[Prepared]:
        for shown, outcome in outcomes:
            self._step(shown)
            if isinstance(outcome, Prepared):
                yield outcome
            else:
                self.added.refused.append((shown, outcome))

    def _write_new(self, prepared: list[Prepared]) -> None:
        known = self._known([each.received for each in prepared])
        self._write([each for each in prepared if each.received[1:3] not in known])

    def _received(self, items: Iterator[Input]) -> Iterator[Received]:
        for item in items:
            self._step(item.shown)
            try:
                yield receive(item, self._limits)
            except FatturakitError as error:
                self.added.refused.append((item.shown, error))

    def _known(self, portion: list[Received]) -> set[tuple[bytes, str]]:
        """What is there already, by its bytes and its name."""
        there = "SELECT b.sha256, f.name, b.data FROM files f JOIN blobs b ON b.id = f.blob WHERE b.sha256 IN {keys}"
        by_digest = {each.sha256: each.data for each in portion}
        known, damaged = set(), {}
        for digest, name, data in among(self._store, there, by_digest):
            key = bytes(digest)
            known.add((key, name))
            if data != by_digest[key]:
                damaged[key] = by_digest[key]
        self._mend(damaged)
        self.added.known += sum(each[1:3] in known for each in portion)
        return known

    def _mend(self, damaged: dict[bytes, bytes]) -> None:
        """Put back the bytes that are no longer what their digest says."""
        if damaged:
            with self._store.writing():
                rows = [{"sha256": key, "data": data, "size": len(data)} for key, data in damaged.items()]
                self._store.run_many("UPDATE blobs SET data = :data, size = :size WHERE sha256 = :sha256", rows)
            self.added.mended += len(damaged)

    def _fresh(self, portion: list[Received]) -> list[Received]:
        known = self._known(portion)
        return [each for each in portion if each[1:3] not in known]

    def _prepared(self, fresh: list[Received]) -> Iterator[Prepared]:
        for each in fresh:
            try:
                yield prepare(each, self._limits)
            except FatturakitError as error:
                self.added.refused.append((each.source, error))

    def _write(self, prepared: list[Prepared]) -> None:
        """One portion, whole or not at all."""
        if not prepared:
            return
        with self._store.writing():
            writing = Writing(self._store, self._now())
            writing.add(prepared)
            settle(self._store, writing.messages, writing.stems, writing.digests)
        added = self.added
        added.documents += len(writing.documents)
        added.messages += len(writing.messages)
        added.known += len(prepared) - len(writing.documents) - len(writing.messages)
        added.ids += writing.touched


def add(
    store: Store,
    items: Iterable[Input],
    limits: Limits,
    now: Callable[[], str],
    step: Step | None = None,
    jobs: int | None = None,
) -> Added:
    """Add every input; what cannot be taken is listed and stops nothing. jobs: processes that read (see ``crew``)."""
    ingest = Ingest(store, limits, now, step, crew(jobs))
    ingest.work(items)
    return ingest.added


def _portions(found: Iterator[Item], size_of: Callable[[Item], int]) -> Iterator[list[Item]]:
    while portion := list(islice(found, 1)):
        size = size_of(portion[0])
        while len(portion) < _PORTION and size < _BYTES and (more := next(found, None)):
            portion.append(more)
            size += size_of(more)
        yield portion


def _size(received: Received) -> int:
    return len(received.data)


def _own_size(prepared: Prepared) -> int:
    return len(prepared.received.data)
