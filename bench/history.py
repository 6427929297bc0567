"""What the kernels cost over time: ``HISTORY.csv``, a row a kernel and run, and what has become dearer since.

Only runs of the same interpreter, lxml and processor family are compared: another of them executes other instructions.
"""

from __future__ import annotations

import csv
import os
import platform
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import counting
import peers
from kernels import KERNELS

HISTORY = Path(__file__).resolve().parent / "HISTORY.csv"
DEARER = 1.05
"""Beyond this a kernel has become dearer: the count itself varies by far less."""


class Count(NamedTuple):
    """One kernel of one run: day, fatturakit's version, what it ran on, the kernel, instructions of a call."""

    day: str
    version: str
    setting: str
    kernel: str
    instructions: int


def setting() -> str:
    """What a count depends on beside our code."""
    return f"Python {platform.python_version()}, lxml {peers.version('lxml')}, {platform.machine()}"


def counted() -> Iterator[Count]:
    """A count of every kernel that runs here."""
    day, version = str(datetime.now(UTC).date()), peers.version("fatturakit")
    with ThreadPoolExecutor(os.cpu_count()) as several:  # what is counted is not time: they may run side by side
        for name, found in zip(KERNELS, several.map(counting.instructions, KERNELS), strict=True):
            if found is not None:
                yield Count(day, version, setting(), name, found)


def kept(path: Path = HISTORY) -> list[Count]:
    """The history, oldest first; nothing where there is none yet."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return [Count(*row[:4], int(row[4])) for row in list(csv.reader(stream))[1:]]


def keep(counts: Iterable[Count], path: Path = HISTORY) -> None:
    """Append a run."""
    new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerows([Count._fields, *counts] if new else counts)


def latest(counts: Iterable[Count]) -> Mapping[tuple[str, str], int]:
    """The last count of every kernel in every setting."""
    return {(count.setting, count.kernel): count.instructions for count in counts}


def compared(now: Iterable[Count], before: Iterable[Count]) -> Iterator[tuple[str, str, str, str]]:
    """A row a kernel: name, thousands of instructions, change since the last run, and DEARER where it is."""
    known = latest(before)
    for count in now:
        was = known.get((count.setting, count.kernel))
        ratio = count.instructions / was if was else None
        change = "new" if ratio is None else f"{(ratio - 1) * 100:+.1f} %"
        yield count.kernel, f"{count.instructions / 1000:,.0f}k", change, "DEARER" if (ratio or 1) > DEARER else ""
