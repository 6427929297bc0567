"""The loop behind the verbs: order, a window that holds memory down, processes that die."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from fatturakit.batch import many, parallel
from fatturakit.batch.inputs import Input
from fatturakit.batch.state import State

from . import deadly


class Drawn:
    """Inputs that count how far they were read."""

    def __init__(self, count: int) -> None:
        self.count, self.drawn = count, 0

    def __iter__(self) -> Iterator[Input]:
        for number in range(self.count):
            self.drawn += 1
            yield Input(f"folder/of/many/IT01879020517_{number:05}.xml")


@pytest.mark.parametrize("jobs", [1, 2])
def test_inputs_are_drawn_as_results_are_taken(jobs: int) -> None:
    """Whoever reads slowly holds back the reading of the inputs."""
    inputs = Drawn(5_000)
    results = many.results(inputs, deadly.TASK._replace(one=deadly.lost), many.How(jobs))
    for _ in range(100):
        next(results)
    assert inputs.drawn <= 100 + deadly.TASK.few + (jobs * 4 + 2) * deadly.TASK.chunk
    results.close()


def peak(count: int, how: many.How) -> int:
    tracemalloc.start()
    try:
        assert (
            sum(1 for _ in many.results(Drawn(count), deadly.TASK._replace(one=deadly.lost, chunk=100), how)) == count
        )
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_number_of_inputs() -> None:
    """Ten times as many inputs in the same memory."""
    few = [peak(count, many.How(2)) for count in (600, 2_000)][-1]  # the first loads what is loaded once
    assert peak(20_000, many.How(2)) < 1.3 * few + 100_000


def test_a_state_does_not_grow_in_memory(tmp_path: Path) -> None:
    """Not while it is filled, nor when everything comes from it."""
    with State(str(tmp_path / "state"), {}) as state:
        few = [peak(count, many.How(1, state)) for count in (300, 500)][-1]
        assert peak(3_000, many.How(1, state)) < 1.3 * few + 200_000
        assert peak(3_000, many.How(1, state)) < 1.3 * few + 1_500_000  # a segment of old results is 4000 names


def test_a_worker_that_dies_takes_its_document_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "start_method", lambda: "fork")
    names = [*map(str, range(60)), deadly.POISON, *map(str, range(60, 130))]
    found = list(many.results((Input(name) for name in names), deadly.TASK._replace(chunk=5), many.How(2)))
    assert found == [f"{'lost' if name == deadly.POISON else 'done'} {name}" for name in names]
