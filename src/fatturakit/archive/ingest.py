"""Adding to an archive: read and understand outside the lock, write in one transaction a portion, match, go on.

Whatever stops the work leaves whole portions behind; adding the same again skips them by their bytes. Several writers
take turns: what another one added in the meantime is found under its identity and not added twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from ..batch.inputs import Input
from ..errors import FatturakitError
from ..limits import Limits
from .matching import settle
from .prepared import Prepared, Received, prepare, receive
from .store import Store, among
from .writing import Writing

_PORTION: Final = 200
_BYTES: Final = 16 * 1024 * 1024
Step = Callable[[str], None]


@dataclass(slots=True)
class Added:
    """What became of the inputs. documents, messages: new ones; known: those that were there already; refused: what
    could not be taken, with the reason."""

    documents: int = 0
    messages: int = 0
    known: int = 0
    refused: list[tuple[str, FatturakitError]] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)


def add(
    store: Store, items: Iterable[Input], limits: Limits, now: Callable[[], str], step: Step | None = None
) -> Added:
    """Add every input; what cannot be taken is listed and stops nothing."""
    added = Added()
    for portion in _portions(_received(items, limits, added, step)):
        _add_portion(store, portion, limits, now, added)
    return added


def _received(items: Iterable[Input], limits: Limits, added: Added, step: Step | None) -> Iterator[Received]:
    for item in items:
        if item.archive == "":
            continue
        if step:
            step(item.shown)
        try:
            yield receive(item, limits)
        except FatturakitError as error:
            added.refused.append((item.shown, error))


def _portions(found: Iterator[Received]) -> Iterator[list[Received]]:
    while portion := list(islice(found, 1)):
        size = len(portion[0].data)
        while len(portion) < _PORTION and size < _BYTES and (more := next(found, None)):
            portion.append(more)
            size += len(more.data)
        yield portion


def _add_portion(store: Store, portion: list[Received], limits: Limits, now: Callable[[], str], added: Added) -> None:
    there = "SELECT b.sha256, f.name FROM files f JOIN blobs b ON b.id = f.blob WHERE b.sha256 IN {keys}"
    known = set(among(store, there, (each.sha256 for each in portion)))
    fresh = [each for each in portion if (each.sha256, each.name) not in known]
    added.known += len(portion) - len(fresh)
    prepared = list(_prepared(fresh, limits, added))
    if prepared:
        with store.writing():
            writing = Writing(store, now())
            writing.add(prepared)
            settle(store, writing.messages, writing.stems, writing.digests)
        added.documents += len(writing.documents)
        added.messages += len(writing.messages)
        added.known += len(prepared) - len(writing.documents) - len(writing.messages)
        added.ids += writing.touched


def _prepared(fresh: list[Received], limits: Limits, added: Added) -> Iterator[Prepared]:
    for each in fresh:
        try:
            yield prepare(each, limits)
        except FatturakitError as error:
            added.refused.append((each.source, error))
