"""What is done with many documents, as a value that can travel to other processes: one ``Task`` a verb."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, NamedTuple, TypeVar

from .inputs import Input

Done = TypeVar("Done")


def _as_they_are(values: Iterable[Any]) -> list[Any]:
    return list(values)


def _itself(value: Any) -> Any:
    return value


def _always(_: Any) -> bool:
    return True


class Task(NamedTuple, Generic[Done]):
    """The work of a verb. Everything in it must be picklable: functions of a module, ``partial`` of them, values.

    one: what becomes of an input (None: nothing to say), never raising for a bad one; lost: what stands for an input
    whose process died; pack, unpack: the results of a chunk made small and back; settled: False for what another try
    may change (a file that could not be reached), which is done again when the work is resumed; slim: the result
    without what was written to a file of its own; chunk: how many inputs travel together; few: up to how many one
    process does; warm: called before the workers start; prepare: called in every worker before its first input;
    repeatable: done again, it is the same again (a signature is not: it has its moment).
    """

    one: Callable[[Input], Done | None]
    lost: Callable[[Input], Done]
    pack: Callable[[Iterable[Done | None]], Any] = _as_they_are
    unpack: Callable[[Any], Iterable[Done | None]] = _as_they_are
    settled: Callable[[Done], bool] = _always
    slim: Callable[[Done], Done] = _itself
    chunk: int = 50
    few: int = 20
    warm: Callable[[], object] | None = None
    prepare: Callable[[], None] | None = None
    repeatable: bool = True

    def answers(self, items: list[Input]) -> bytes:
        """The results of a chunk, packed and pickled: one for each input, in order."""
        return self.packed(map(self.one, items))

    def packed(self, results: Iterable[Done | None]) -> bytes:
        """Results as bytes."""
        import pickle  # not for those who need one process
        from io import BytesIO

        made = BytesIO()
        pickler = pickle.Pickler(made, pickle.HIGHEST_PROTOCOL)
        pickler.dispatch_table = {}  # as we define it: packages of others (tblib) change how exceptions are pickled
        pickler.dump(self.pack(results))
        return made.getvalue()

    def unpacked(self, parcel: Any) -> Iterator[Done | None]:
        """The results of a parcel, in order."""
        return iter(self.unpack(parcel))
