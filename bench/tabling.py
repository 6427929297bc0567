"""The table benchmark: a folder of invoices to Parquet, documents a second and peak memory."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

import clock
import inputs
import peers
from cases import Case, Limit, Result, at_most
from clock import Effort


def table(*, quick: bool) -> tuple[Case, ...]:
    """The rows of this benchmark. Constant memory is a ratio of 1: ten times the documents need no more."""
    files = 40 if quick else 10_000
    few = files // 10
    rate = partial(_rate, files)
    return (
        Case("table", f"{files:,} files to Parquet", "reading them with lxml alone", Limit(), rate),
        Case("table", f"{files:,} files to Parquet, memory", f"{few:,} files", at_most(1.25), partial(_memory, files)),
    )


def command(program: str, home: Path, out: Path) -> list[str]:
    """The command line that is measured: one process, so that the rate is that of a processor."""
    return [program, "convert", str(home), "-j", "1", "--to", "parquet", "-o", f"{out}/", "--no-progress"]


def _rate(files: int, effort: Effort) -> Result:
    program = peers.program("fatturakit")
    if program is None:
        return Result(None, note="fatturakit: not installed")
    home = inputs.many(files)
    rounds = 1 if effort is clock.QUICK else 3
    mine = [_timed(partial(_write, program, home)) for _ in range(rounds)]
    other = [_timed(partial(_read, home)) for _ in range(rounds)]
    rates = (f"{files / median(side):,.0f}/s" for side in (mine, other))
    return Result(median(mine) / median(other), *rates, "one process, 13 sheets")


def _memory(files: int, effort: Effort) -> Result:
    del effort
    program = peers.program("fatturakit")
    if program is None:
        return Result(None, note="fatturakit: not installed")
    peaks = [_peak(program, count) for count in (files, files // 10)]
    if not all(peaks):
        return Result(None, note="not measured on this system")
    many, few = (peak or 0 for peak in peaks)
    return Result(many / few, f"{many / 1e6:.1f} MB", f"{few / 1e6:.1f} MB", "one process")


def _peak(program: str, count: int) -> int | None:
    with tempfile.TemporaryDirectory() as scratch:
        return clock.peak_memory(command(program, inputs.many(count), Path(scratch) / "out"))


def _write(program: str, home: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        assert clock.process(command(program, home, Path(scratch) / "out")).code == 0


def _read(home: Path) -> None:
    from lxml import etree

    for path in home.iterdir():
        etree.fromstring(path.read_bytes())


def _timed(call: Callable[[], None]) -> float:
    began = perf_counter()
    call()
    return perf_counter() - began
