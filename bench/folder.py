"""The folder benchmark: the program itself over many files, with one process and with two."""

from __future__ import annotations

import tempfile
from pathlib import Path

from clock import Run, peak_memory, process


def rates(program: str, home: Path, rounds: int) -> tuple[list[Run], list[Run]] | None:
    """The runs with two jobs and with one, in turns; None when the program fails or answers short."""
    count = len(list(home.glob("*.xml")))
    taken: dict[int, list[Run]] = {2: [], 1: []}
    for turn in range(rounds):
        for jobs in (1, 2) if turn % 2 else (2, 1):
            run = _run(program, home, jobs, count)
            if run is None:
                return None
            taken[jobs].append(run)
    return taken[2], taken[1]


def peak(program: str, home: Path, jobs: int) -> int | None:
    """The peak memory of the program and its workers over a folder, in bytes."""
    with tempfile.TemporaryDirectory() as scratch:
        return peak_memory(command(program, home, jobs, Path(scratch) / "out.jsonl"))


def command(program: str, home: Path, jobs: int, out: Path) -> list[str]:
    """The command line that is measured."""
    return [program, "validate", str(home), "--format", "jsonl", "-o", str(out), "-j", str(jobs)]


def _run(program: str, home: Path, jobs: int, count: int) -> Run | None:
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "out.jsonl"
        run = process(command(program, home, jobs, out))
        return run if run.code <= 1 and _complete(out, count) else None


def _complete(out: Path, count: int) -> bool:
    """One line a file at least: a fast answer that leaves files out does not count."""
    return out.is_file() and out.read_bytes().count(b"\n") >= count
