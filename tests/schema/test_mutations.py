"""Differential tests: the official schemas and ours judge the same mutated documents and must agree on each.

Every run judges 5,000 mutations, `pytest -m slow` 120,000 more.
"""

from __future__ import annotations

import random
from collections import Counter

import pytest
from lxml import etree

from ..shared import needs_shared
from .judges import official, ours
from .mutate import mutate
from .seeds import seeds

SHARES = {
    "ordinary-1.2.3": 40,
    "simplified-1.0.2": 15,
    "ordinary-1.1": 12,
    "ordinary-1.0": 8,
    "messages-pa-1.1": 15,
    "messages-private-1.0": 10,
}


@needs_shared
def test_every_seed_is_valid() -> None:
    """The documents that mutations start from are accepted by both, and there are some of every vocabulary."""
    wrong = [
        (name, seed.origin)
        for name, group in seeds().items()
        for seed in group
        if not (official(name).validate(seed.root) and ours(name).validate(seed.root))
    ]
    assert wrong == []
    assert min(map(len, seeds().values())) >= 4


def disagreements(run: int, amount: int) -> tuple[list[str], Counter[bool]]:
    """Judge that many mutations; a sentence for each disagreement, and how many were valid."""
    rng, verdicts, found = random.Random(run), Counter[bool](), []
    for name in rng.choices([*SHARES], [*SHARES.values()], k=amount):
        seed = rng.choice(seeds()[name])
        root, ways = mutate(rng, seed)
        theirs, our = official(name).validate(root), ours(name).validate(root)
        verdicts[theirs] += 1
        if theirs != our:
            errors = str((official(name) if our else ours(name)).error_log)
            found.append(f"{seed.origin} {ways} official {theirs} ours {our}: {errors}\n{etree.tostring(root)[:300]!r}")
    return found, verdicts


def check(run: int, amount: int) -> None:
    """No disagreement, and neither verdict is rare: a generator that only breaks documents would prove little."""
    found, verdicts = disagreements(run, amount)
    assert not found, f"{len(found)} disagreements:\n" + "\n".join(found[:10])
    assert min(verdicts[True], verdicts[False]) > amount / 5, verdicts


@needs_shared
def test_same_verdict_on_mutations() -> None:
    """The sample of every run."""
    check(20261121, 5_000)


@needs_shared
@pytest.mark.slow
@pytest.mark.parametrize("run", range(12))
def test_same_verdict_on_many_mutations(run: int) -> None:
    """The whole."""
    check(run, 10_000)
