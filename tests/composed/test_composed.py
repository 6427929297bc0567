"""A consistent document raises nothing, whatever it is made of; breaking one fact raises exactly its code."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fatturakit as fk
from fatturakit.rules.declare import catalogue

from .breakers import BARE, LINE, ROW, Breaker, at
from .invoice import RECEIVED, codes, compose
from .table import BREAKERS
from .tree import xml

UNSIGNED = ("00102",)
"""What composed documents to an administration cannot help: they are not signed."""
SEEDS = st.integers(0, 2**32).map(random.Random)
"""A seed draws the document: Hypothesis drawing every number itself takes fifty times as long."""


def said(data: bytes, ignore: tuple[str, ...] = UNSIGNED, **options: Any) -> set[tuple[str, str]]:
    """Code and severity of every finding."""
    report = fk.validate(data, ignore=ignore, **{"received_on": RECEIVED.isoformat(), **options})
    return {(finding.code, finding.severity.value) for finding in report.findings}


@settings(max_examples=400, deadline=None, derandomize=True)
@given(SEEDS)
def test_a_consistent_document_raises_nothing(rng: random.Random) -> None:
    """No error, no warning, no advice."""
    assert said(xml(compose(rng))) == set()


def test_composed_documents_are_of_every_sort() -> None:
    """A composer that always draws the same would prove little."""
    trees = [compose(random.Random(seed)) for seed in range(600)]
    data = [xml(tree).decode() for tree in trees]
    kinds = Counter(tree["@versione"] for tree in trees)
    assert min(kinds[kind] for kind in ("FPR12", "FPA12", "FSM10")) > 50
    for code in (*codes("TipoDocumento"), "TD07", "TD08", "TD09", *(f"N2.{each}" for each in (1, 2)), "N3.5"):
        assert sum(f">{code}<" in each for each in data) >= 3, code
    for name in (
        "DatiCassaPrevidenziale",
        "DatiRitenuta",
        "ScontoMaggiorazione",
        "DatiBollo",
        "IBAN",
        "Arrotondamento",
    ):
        assert sum(f"<{name}>" in each for each in data) > 20, name
    assert sum(each.count("<FatturaElettronicaBody>") > 1 for each in data) > 50


@pytest.mark.parametrize("breaker", BREAKERS, ids=str)
def test_breaking_one_fact_raises_exactly_its_code(breaker: Breaker) -> None:
    """Before the change nothing, after it the one finding."""

    @settings(max_examples=8, deadline=None, derandomize=True, database=None)
    @given(SEEDS)
    def judge(rng: random.Random) -> None:
        tree = compose(rng, **breaker.wish)
        before = said(xml(tree), **breaker.options)
        breaker.change(tree)
        after = said(xml(tree), ignore=(), **breaker.options)
        unsigned = {("00102", "warning")} if breaker.wish["kind"] == "FPA12" else set()
        assert (before, after - unsigned) == (set(), {(breaker.code, breaker.severity), *breaker.also})

    judge()


WRONG = (
    ("00423", LINE, "PrezzoTotale", "0.9"),
    ("00421", ROW, "Imposta", "0.9"),
    ("00422", ROW, "Arrotondamento", "9e3"),
)


@pytest.mark.parametrize(("code", "path", "name", "most"), WRONG, ids=[case[0] for case in WRONG])
def test_any_amount_beyond_its_tolerance_raises_its_code(code: str, path: str, name: str, most: str) -> None:
    """By however much, up or down; a line stays near enough for its summary."""
    least = "1.02" if code == "00422" else "0.02"

    @settings(max_examples=40, deadline=None, derandomize=True, database=None)
    @given(SEEDS, st.decimals(least, most, places=2), st.sampled_from((1, -1)))
    def judge(rng: random.Random, step: Decimal, sign: int) -> None:
        tree = compose(rng, **BARE, kind="FPR12", sign=1, bodies=1)
        node = at(tree, path)
        node[name] = f"{Decimal(node.get(name) or '0') + step * sign:f}"
        assert said(xml(tree)) == {(code, "error")}

    judge()


@pytest.mark.parametrize("breaker", [each for each in BREAKERS if each.since], ids=str)
def test_a_control_begins_on_its_day(breaker: Breaker) -> None:
    """With --as-of the day before, it is silent; on its first day it speaks."""
    first = date.fromisoformat(breaker.since)
    for seed in range(3):
        tree = compose(random.Random(seed), **breaker.wish)
        breaker.change(tree)
        spoken = [{code for code, _ in said(xml(tree), as_of=day)} for day in (first - timedelta(1), first)]
        assert [breaker.code in each for each in spoken] == [False, True]


ELSEWHERE = {
    *("00001", "00002", "00003", "00102", "00106", "00200", "00201", "EN00"),  # about files: tests/cli, tests/schema
    *("00100", "00103", "00104", "00105", "00107"),  # about signatures: tests/signature
    *("00404", "FK020"),  # about several files, and about the moment of sending: tests/rules
}


def test_every_control_has_a_breaker() -> None:
    """Nothing that a document alone decides is left out."""
    assert {breaker.code for breaker in BREAKERS} == set(catalogue()) - ELSEWHERE
