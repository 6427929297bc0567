"""A real cluster of four worker processes: the output of one machine, whatever dies; refusals in a sentence."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from ..cli.run import environment
from ..shared import ROOT

SENTENCES = {
    "stdin": (2, "standard input has none"),
    "no_address": (2, "is not the address of a scheduler"),
    "unreachable": (5, "does not answer"),
    "no_workers": (5, "has no workers"),
    "other_version": (5, "fatturakit is 0.0.1, here it is"),
}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    pytest.importorskip("distributed")
    home = tmp_path_factory.mktemp("cluster")
    command = [sys.executable, "-W", "ignore", "-m", "tests.batch.cluster_session", str(home)]
    with (home / "said").open("wb") as said:  # no pipe: a worker that outlives the session would hold it open
        done = subprocess.run(command, cwd=ROOT, env=environment(), stdout=said, stderr=said, timeout=180, check=False)
    assert done.returncode == 0, (home / "said").read_text()
    found: dict[str, Any] = json.loads((home / "answers.json").read_text())
    return found


def test_the_output_is_that_of_one_machine(answers: dict[str, Any]) -> None:
    """Byte for byte, also when made again from the state here; one result file a chunk."""
    assert answers["same_output"] == [True, 1]


def test_so_is_that_of_other_verbs(answers: dict[str, Any]) -> None:
    assert answers["other_verbs"] == [True, [0, 3]]


def test_a_killed_worker_costs_nothing(answers: dict[str, Any]) -> None:
    assert answers["worker_killed"] is True


def test_a_document_that_kills_its_workers_is_lost_alone(answers: dict[str, Any]) -> None:
    names = [f"{number}.xml" for number in range(8)]
    names.insert(5, "poison.xml")
    assert answers["poison"] == [f"{'lost' if name[0] == 'p' else 'done'} {name}" for name in names]


def test_inputs_are_not_read_far_ahead(answers: dict[str, Any]) -> None:
    """Four workers: two chunks of five each, and one more."""
    assert answers["backpressure"] <= 10 * 5


def test_what_was_done_is_not_done_again(answers: dict[str, Any]) -> None:
    assert answers["resumed"] == [True, True]


@pytest.mark.parametrize("name", SENTENCES)
def test_a_cluster_that_cannot_be_used(answers: dict[str, Any], name: str) -> None:
    code, words = SENTENCES[name]
    assert answers[name][0] == code
    assert words in answers[name][1]
