"""What the kernels cost is kept and compared, and drawn."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from tests.bench.test_bench import BENCH

import cases  # isort: skip  # test_bench puts their folder on the path
import history  # isort: skip
import kernels  # isort: skip
import plots  # isort: skip
import record  # isort: skip
import show  # isort: skip

HERE = "Python 3.11.7, lxml 6.1.3, x86_64"


def count(kernel: str, instructions: int, setting: str = HERE) -> history.Count:
    return history.Count("2026-11-21", "0.1.0", setting, kernel, instructions)


@pytest.mark.parametrize(
    ("was", "now", "change", "verdict"),
    [
        (1_000_000, 1_000_000, "+0.0 %", ""),
        (1_000_000, 1_049_000, "+4.9 %", ""),
        (1_000_000, 1_051_000, "+5.1 %", "DEARER"),
        (1_000_000, 500_000, "-50.0 %", ""),
        (None, 500_000, "new", ""),
    ],
)
def test_changes(was: int | None, now: int, change: str, verdict: str) -> None:
    before = [] if was is None else [count("a", 1), count("a", was), count("a", 9, "another interpreter")]
    assert [*history.compared([count("a", now)], before)] == [("a", f"{now / 1000:,.0f}k", change, verdict)]


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "HISTORY.csv"
    assert history.kept(path) == []
    first, second = [count("a, b", 12), count("c", 34)], [count("c", 35)]
    history.keep(first, path)
    history.keep(second, path)
    assert history.kept(path) == first + second


def test_every_kernel_runs() -> None:
    for name in kernels.KERNELS:
        command = [sys.executable, str(BENCH / "kernels.py"), name, "1"]
        subprocess.run(command, check=True, timeout=120)


def test_pictures_are_svg() -> None:
    limits = [cases.at_most(2), cases.at_least(10), cases.Limit()]
    rows = [cases.Case("bare", f"<case> & {limit}", "lxml", limit, lambda _: cases.Result(None)) for limit in limits]
    measured = [(row, cases.Result(ratio)) for row, ratio in zip(rows, (3.0, 20.0, 1.0), strict=True)]
    picture = etree.fromstring(plots.ratios([*measured, (rows[0], cases.Result(None))]).encode())
    words = "".join(picture.itertext())
    assert ("3.00x" in words, "20.00x" in words, "1.00x" in words) == (True, True, False)
    colours = [bar.get("fill") for bar in picture.iter("{*}rect")][1:]
    assert colours == ["#b3261e", "#1a7f5a"]
    lines = etree.fromstring(plots.kernels([count("a", 8), count("b", 4), count("a", 16)]).encode())
    assert len(list(lines.iter("{*}polyline"))) == 2


def test_the_record_is_read_back() -> None:
    """Every row that has a ratio, with its limit; the picture beside it is of this record."""
    rows = list(record.rows())
    case, result = next(row for row in rows if row[0].group == "bare")
    assert (case.against, case.limit) == ("lxml + schema alone", cases.at_most(1.5))
    assert result.ratio
    table = record.RESULTS.read_text(encoding="utf-8").splitlines()
    assert len(rows) == sum(bool(re.search(r"\| [\d.]+x \|", line)) for line in table)
    assert (plots.PLOTS / "ratios.svg").read_text(encoding="utf-8") == plots.ratios(rows)


def test_a_run_of_one_group_keeps_the_others(tmp_path: Path) -> None:
    earlier = [row for row in record.lines() if row[0] != "cold"]
    case = cases.Case("cold", "a case", "somebody", cases.at_most(2), lambda _: cases.Result(None))
    path = show.write([(case, cases.Result(1.5))], tmp_path / "RESULTS.md", earlier)
    assert sorted(row for row in record.lines(path) if row[0] != "cold") == sorted(earlier)
    found = [(row.name, result.ratio) for row, result in record.rows(path) if row.group == "cold"]
    assert found == [("a case", 1.5)]
    assert "- from an earlier run: saft, bare, " in path.read_text(encoding="utf-8")
