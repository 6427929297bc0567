"""The engine and the second opinion judge the same spoiled documents and must agree, code by code and body by body."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date

import pytest
from lxml import etree

import fatturakit as fk

from ..rules.second_opinion import Opinion, opinions
from .invoice import RECEIVED, compose
from .spoil import spoil
from .tree import xml

DAYS = tuple(map(date.fromisoformat, ("2019-05-19", "2019-07-30", "2020-05-03", "2020-05-04", "2020-12-31"))) + tuple(
    map(date.fromisoformat, ("2021-07-02", "2022-01-01", "2022-09-30", "2022-10-01", "2024-01-31", "2025-04-01"))
)


def loudest(report: fk.Report) -> set[Opinion]:
    """The loudest finding of each content control on each body."""
    found: dict[tuple[str, int | None], str] = {}
    for finding in sorted(report.findings, key=lambda each: each.severity.rank):
        if finding.layer is fk.Layer.SDI:
            found[finding.code, finding.body] = finding.severity.value
    return {Opinion(code, body, severity) for (code, body), severity in found.items()}


def compare(run: int, amount: int) -> tuple[list[str], Counter[tuple[str, str]], int]:
    """Disagreements, how often each code was raised, and how many documents were compared."""
    rng, met, wrong, compared = random.Random(run), Counter[tuple[str, str]](), [], 0
    for number in range(amount):
        tree = compose(rng, filling=0.01)
        ways = spoil(tree, rng)
        data = xml(tree)
        day = rng.choice(DAYS) if number % 3 == 0 else RECEIVED
        report = fk.validate(data, received_on=RECEIVED.isoformat(), as_of=day)
        if any(finding.code == "00200" for finding in report.findings):
            continue
        compared += 1
        ours, theirs = loudest(report), opinions(etree.fromstring(data), day, RECEIVED)
        met.update((each.code, each.severity) for each in theirs)
        if ours != theirs:
            wrong.append(f"{number} {day} {ways}: engine only {ours - theirs}, text only {theirs - ours}")
    return wrong, met, compared


def test_the_engine_and_the_second_opinion_agree() -> None:
    """The sample of every run; every code that spoiling can raise is met, and the edges of the tolerances too."""
    wrong, met, compared = compare(20261121, 1_500)
    assert wrong == []
    assert compared > 1_200
    spoken = "00301 00305 00313 00330 00400 00401 00403 00409 00411 00418 00419 00420 00421 00422 00423 00424 00425"
    spoken += " 00427 00428 00429 00430 00437 00438 00443 00444 00445 00460 00471 00472 00473 00474 00475 00476"
    assert [code for code in spoken.split() if not met[code, "error"]] == []
    assert all(met[code, "warning"] > 2 for code in ("00418", "00421", "00422", "00423", "00443", "00444"))


@pytest.mark.slow
@pytest.mark.parametrize("run", range(8))
def test_the_engine_and_the_second_opinion_agree_on_many(run: int) -> None:
    """The whole."""
    assert compare(run, 10_000)[0] == []
