"""The same work on many inputs, in several processes: order, workers that die, what every worker does first."""

from __future__ import annotations

import copyreg
import multiprocessing
import os
from collections.abc import Iterator

import pytest

from fatturakit.batch import safe
from fatturakit.batch.inputs import Input
from fatturakit.batch.many import How, results
from fatturakit.batch.tasks import Task
from fatturakit.errors import InputError
from fatturakit.texts import Text

_PREPARED: list[str] = []


def _size(item: Input) -> tuple[str, str]:
    if item.shown == "deadly" and multiprocessing.parent_process() is not None:
        os._exit(1)
    return item.shown, "".join(_PREPARED)


def _lost(item: Input) -> tuple[str, str]:
    return item.shown, "lost"


def _prepare() -> None:
    _PREPARED.append("ready")


def _inputs(count: int, deadly: int = -1) -> Iterator[Input]:
    for number in range(count):
        yield Input("deadly" if number == deadly else str(number))


@pytest.mark.parametrize(("jobs", "chunk"), [(1, 20), (2, 1), (2, 7)])
def test_order_and_preparation(jobs: int, chunk: int) -> None:
    """Answers come in the order of the inputs; every worker was prepared, this process was not."""
    found = list(results(_inputs(60), Task(_size, _lost, prepare=_prepare, chunk=chunk), How(jobs)))
    assert found == [(str(number), "ready" if jobs > 1 else "") for number in range(60)]


def test_a_worker_that_dies_takes_one_input_with_it() -> None:
    """Its neighbours in the chunk, and every later chunk, are answered."""
    found = list(results(_inputs(60, deadly=30), Task(_size, _lost, chunk=8), How(2)))
    assert [each for each in found if each[1]] == [("deadly", "lost")]
    assert [name for name, _ in found] == [str(number) if number != 30 else "deadly" for number in range(60)]


def test_few_inputs_need_no_process() -> None:
    """The default: this process for a few, workers for more."""
    assert {each[1] for each in results(_inputs(5), Task(_size, _lost, prepare=_prepare), How())} == {""}
    task = Task(_size, _lost, prepare=_prepare, few=3)
    assert {each[1] for each in results(_inputs(5), task, How())} <= {"", "ready"}


def test_stopping_early_ends_the_workers() -> None:
    """A caller who closes the answers (Ctrl-C does) leaves no process behind."""
    found = results(_inputs(200), Task(_size, _lost, chunk=5), How(2))
    next(found)
    found.close()
    assert not multiprocessing.active_children()


def test_what_others_do_to_exceptions_changes_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    """Packages that come with a cluster register other ways of pickling them, which a state would not take back."""
    monkeypatch.setitem(copyreg.dispatch_table, InputError, lambda error: (str, ("other",)))
    error = InputError(Text("no", "no"), None, name="x")
    task = Task(lambda item: error, lambda item: error)
    (back,) = task.unpacked(safe.loads(task.answers([Input("a.xml")])))
    assert (type(back), back.args_) == (InputError, {"name": "x"})
