"""Measuring: calls and processes taken in turns (A B A B …), so that a busy machine slows all of them alike."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

Call = Callable[[], Any]
CACHE = Path(__file__).resolve().parent / ".cache"
# Every measured program finds its modules compiled, as after an installation, and the tree stays clean.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
ENVIRONMENT["PYTHONPYCACHEPREFIX"] = str(CACHE / "pycache")
_BATCH_SECONDS = 0.01
_POLL_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to measure: rounds at most, seconds at most for a pair (three rounds are always made)."""

    rounds: int = 60
    seconds: float = 12.0


FULL = Effort()
QUICK = Effort(rounds=2, seconds=0.2)


@dataclass(frozen=True, slots=True)
class Pair:
    """Seconds of ours and theirs, round by round."""

    ours: tuple[float, ...]
    theirs: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """The median over the rounds of ours / theirs."""
        return median(mine / other for mine, other in zip(self.ours, self.theirs, strict=True))


def pair(ours: Call, theirs: Call, effort: Effort = FULL) -> Pair:
    """Two calls in turns; short calls are repeated within a round so that the clock can see them."""
    calls = (ours, theirs)
    batches = [_batch(call) for call in calls]
    samples: tuple[list[float], list[float]] = ([], [])
    end = time.perf_counter() + effort.seconds
    while len(samples[0]) < effort.rounds and (time.perf_counter() < end or len(samples[0]) < min(3, effort.rounds)):
        for place in _order(len(samples[0])):
            samples[place].append(_seconds(calls[place], batches[place]))
    return Pair(tuple(samples[0]), tuple(samples[1]))


@dataclass(frozen=True, slots=True)
class Run:
    """One process: exit code, seconds by the clock, and processor seconds of it and its children."""

    code: int
    seconds: float
    processor: float


def process(command: Sequence[str | Path]) -> Run:
    """Run a program quietly to its end, in a folder that is nobody's project (no configuration to find or read)."""
    quiet = subprocess.DEVNULL
    streams = {"stdin": quiet, "stdout": quiet, "stderr": quiet}
    before, start = _processor(), time.perf_counter()
    code = subprocess.run(command, **streams, env=ENVIRONMENT, cwd=tempfile.gettempdir(), check=False).returncode
    return Run(code, time.perf_counter() - start, _processor() - before)


def peak_memory(command: Sequence[str | Path]) -> int | None:
    """The sum of the peak resident sizes of a program and its children, in bytes; None without a /proc to ask.

    Memory that processes share is counted in each, so the sum is an upper bound.
    """
    if sys.platform != "linux":
        return None
    quiet = subprocess.DEVNULL
    peaks: dict[int, int] = {}
    streams = {"stdin": quiet, "stdout": quiet, "stderr": quiet}
    with subprocess.Popen(command, **streams, env=ENVIRONMENT, start_new_session=True) as running:
        while running.poll() is None:
            _note_peaks(running.pid, peaks)
            time.sleep(_POLL_SECONDS)
    return sum(peaks.values())


def _processor() -> float:
    """Processor seconds of all the children that have ended."""
    times = os.times()
    return times.children_user + times.children_system


def _order(turn: int) -> tuple[int, int]:
    """Who goes first changes every round."""
    return (1, 0) if turn % 2 else (0, 1)


def _batch(call: Call) -> int:
    call()  # compiles what is compiled once
    return max(1, int(_BATCH_SECONDS / max(_seconds(call, 1), 1e-7)))


def _seconds(call: Call, times: int) -> float:
    start = time.perf_counter()
    for _ in range(times):
        call()
    return (time.perf_counter() - start) / times


def _note_peaks(session: int, peaks: dict[int, int]) -> None:
    for entry in os.scandir("/proc"):
        if entry.name.isdigit() and _session(entry.name) == session:
            pid = int(entry.name)
            peaks[pid] = max(peaks.get(pid, 0), _high_water(entry.name))


def _session(pid: str) -> int | None:
    stat = _read(f"/proc/{pid}/stat")
    return int(stat.rpartition(")")[2].split()[3]) if stat else None


def _high_water(pid: str) -> int:
    _, found, rest = _read(f"/proc/{pid}/status").partition("VmHWM:")
    return int(rest.split()[0]) * 1024 if found else 0


def _read(path: str) -> str:
    """The text of a file of /proc; "" when the process has just ended."""
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
