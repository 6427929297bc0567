"""The folder benchmark: the program itself over many files, with one process and with two."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from clock import peak_memory, process


def rates(program: str, home: Path, rounds: int) -> tuple[list[float], list[float]] | None:
    """Files a second with two jobs and with one, in turns; None when the program fails or answers short."""
    count = len(list(home.glob("*.xml")))
    taken: dict[int, list[float]] = {2: [], 1: []}
    for turn in range(rounds):
        for jobs in (1, 2) if turn % 2 else (2, 1):
            seconds = _run(program, home, jobs, count)
            if seconds is None:
                return None
            taken[jobs].append(count / seconds)
    return taken[2], taken[1]


def peak(program: str, home: Path, jobs: int) -> int | None:
    """The peak memory of the program and its workers over a folder, in bytes."""
    with tempfile.TemporaryDirectory() as scratch:
        return peak_memory(command(program, home, jobs, Path(scratch) / "out.jsonl"))


def command(program: str, home: Path, jobs: int, out: Path) -> list[str]:
    """The command line that is measured."""
    return [program, "validate", str(home), "--format", "jsonl", "-o", str(out), "-j", str(jobs)]


def _run(program: str, home: Path, jobs: int, count: int) -> float | None:
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "out.jsonl"
        start = time.perf_counter()
        code = process(command(program, home, jobs, out))
        seconds = time.perf_counter() - start
        return seconds if code <= 1 and _complete(out, count) else None


def _complete(out: Path, count: int) -> bool:
    """One line a file at least: a fast answer that leaves files out does not count."""
    return out.is_file() and out.read_bytes().count(b"\n") >= count
