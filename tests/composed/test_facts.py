"""Breaking one fact of any consistent document raises exactly its code, on any day, in the body it belongs to.

``facts.FACTS`` has a row for every control that a document alone decides, with the day since when it counts; the
document around the fact is drawn: kind, types, parties, lines, rates, funds, lots.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Final

import pytest

import fatturakit as fk

from .fact import Fact, Place
from .facts import FACTS, WITHIN
from .invoice import RECEIVED, compose, usable
from .tree import Tree, xml

FIRST: Final = date(2017, 1, 1)
VERSIONS: Final = """
    2019-05-20 2019-07-30 2020-05-04 2020-10-01 2021-01-01 2021-07-02 2022-01-01 2022-10-01 2024-02-01 2025-04-01
    2026-05-15
"""
EDGES: Final = tuple(map(date.fromisoformat, VERSIONS.split()))


def errors(tree: Tree) -> set[Place]:
    """Code and body of every error, by the controls of the day the document is received."""
    report = fk.validate(xml(tree), received_on=tree["@day"])
    found = {(each.code, each.body) for each in report.findings if each.severity is fk.Severity.ERROR}
    assert (report.verdict is fk.Verdict.INVALID) is bool(found)
    return found


def some_day(rng: random.Random) -> date:
    """A day since there is version 1.2; often the first of a version of the controls, or the last of another."""
    if rng.random() < 0.5:
        return rng.choice(EDGES) - timedelta(rng.randint(0, 1))
    return FIRST + timedelta(rng.randint(0, (RECEIVED - FIRST).days))


def broken(fact: Fact, rng: random.Random, *, dated: bool) -> tuple[Tree, set[Place]]:
    """A document in which the fact is broken, and the errors it must have."""
    for _ in range(600):
        day = some_day(rng) if dated else RECEIVED
        tipo = fact.wish.get("tipo", "TD07")
        if tipo in ("TD07", "TD08") or tipo in usable("TipoDocumento", day):
            tree = compose(rng, day=day, **fact.wish)
            expected = fact.broken(tree, rng)
            if expected is not None:
                return tree, expected
    raise AssertionError(f"{fact}: no document has such a fact")


def judge(fact: Fact, seed: int, *, dated: bool) -> None:
    """One document."""
    rng = random.Random(f"{fact} {seed} {dated}")
    tree, expected = broken(fact, rng, dated=dated)
    assert errors(tree) == expected, (seed, tree["@day"])


@pytest.mark.parametrize("fact", FACTS, ids=str)
@pytest.mark.parametrize("dated", [False, True], ids=["today", "any-day"])
def test_breaking_a_fact_raises_exactly_its_code(fact: Fact, dated: bool) -> None:
    """A few documents; before the first day of the control it is silent."""
    for seed in range(1 if dated else 2):
        judge(fact, seed, dated=dated)


def test_a_consistent_document_has_no_error_on_any_day() -> None:
    """By the codes and limits of that day."""
    for seed in range(80):
        rng = random.Random(seed)
        tree = compose(rng, day=some_day(rng))
        assert errors(tree) == set(), (seed, tree["@day"])


def lot(seed: int) -> None:
    """Break other facts in two bodies of a lot, and leave the third alone."""
    rng = random.Random(f"lot {seed}")
    tree, expected = compose(rng, bodies=3), set[Place]()
    for place in rng.sample((1, 2, 3), 2):
        facts = [fact for fact in WITHIN if fact.code not in {"00200", "00409"}]
        body = tree["FatturaElettronicaBody"][place - 1]
        fact = next(fact for fact in rng.sample(facts, len(facts)) if fact.change(tree, body, rng))
        expected |= fact.expected(tree, (place,))
    assert errors(tree) == expected, seed


def test_each_body_of_a_lot_answers_for_itself() -> None:
    """One broken body rejects the file, and only that body is named."""
    for seed in range(40):
        lot(seed)


@pytest.mark.slow
@pytest.mark.parametrize("fact", FACTS, ids=str)
def test_breaking_a_fact_raises_exactly_its_code_in_many(fact: Fact) -> None:
    """The whole: over fifty thousand documents in all."""
    for seed in range(1, 501):
        judge(fact, seed, dated=False)
        judge(fact, seed, dated=True)


@pytest.mark.slow
def test_consistent_documents_and_lots_in_many() -> None:
    """The whole of the other two."""
    for seed in range(80, 6_000):
        rng = random.Random(seed)
        assert errors(compose(rng, day=some_day(rng))) == set(), seed
        lot(seed)


def test_every_decidable_control_is_here() -> None:
    """Beside those on names, sizes, envelopes and signatures, which are no facts of a document's content."""
    decided = {code for code in fk.rules.declare.catalogue() if code >= "00200" and code[0] == "0"}
    assert {fact.code for fact in FACTS} == decided - {"00201", "00404"}
