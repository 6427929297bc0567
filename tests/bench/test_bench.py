"""The benchmarks run and say something about every case. How fast they are is read, never tested."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache

import pytest

from fatturakit import Verdict, validate
from tests.shared import ROOT

BENCH = ROOT / "bench"
sys.path.insert(0, str(BENCH))  # the modules of the benchmarks are siblings, as when bench/run.py is run

import cases  # noqa: E402
import inputs  # noqa: E402
import run  # noqa: E402


@cache
def quick() -> list[str]:
    """The lines of one quick run of what needs no other process."""
    command = [sys.executable, str(BENCH / "run.py"), "--quick", "bare", "peers", "unwrap"]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("name", "against"),
    [
        (f"{case.group}: {case.name}", case.against)
        for case in cases.table(quick=True)
        if case.group in {"bare", "peers", "unwrap"}
    ],
)
def test_every_case_has_a_row(name: str, against: str) -> None:
    rows = [line for line in quick() if line.startswith(name) and against in line]
    assert len(rows) == 1
    assert "OK" in rows[0] or "OVER" in rows[0] or "not installed" in rows[0]


@pytest.mark.parametrize("lines", [1, inputs.SMALL_LINES, 300])
@pytest.mark.parametrize("serial", [0, 1, 4711])
def test_inputs_are_valid(lines: int, serial: int) -> None:
    sent = "2026-05-12"
    report = validate(inputs.invoice(lines, serial), name=inputs.file_name(serial), preflight=True, received_on=sent)
    assert (report.verdict, report.findings) == (Verdict.VALID, ())


def test_inputs_are_distinct_and_repeatable() -> None:
    assert len({inputs.file_name(serial) for serial in range(10_000)}) == 10_000
    assert inputs.invoice(3, 7) == inputs.invoice(3, 7) != inputs.invoice(3, 8)


def test_the_small_invoice_has_about_8_kb() -> None:
    assert abs(len(inputs.invoice(inputs.SMALL_LINES)) - 8192) < 200


@pytest.mark.parametrize(
    ("limit", "ratio", "verdict"),
    [
        (cases.at_most(1.5), 1.5, True),
        (cases.at_most(1.5), 1.51, False),
        (cases.at_least(75), 75, True),
        (cases.at_least(75), 74, False),
        (cases.Limit(), 3, None),
    ],
)
def test_limits(limit: cases.Limit, ratio: float, verdict: bool | None) -> None:
    assert limit.holds(ratio) is verdict


def test_a_missing_peer_is_a_row(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "a38.codec", None)
    assert run.main(["--quick", "peers"]) == 0
    rows = [line for line in capsys.readouterr().out.splitlines() if line.startswith("peers")]
    assert [("not installed" in row) for row in rows] == ["a38" in row for row in rows]
    assert any("a38" in row for row in rows)
