"""The answer: an aligned table, and the record of a run (RESULTS.md)."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import inputs
import peers
from cases import TARGET_GROUPS, Case, Result
from lxml import etree

RESULTS = Path(__file__).resolve().parent / "RESULTS.md"
HEAD = ("case", "against", "ratio", "limit", "", "ours", "theirs", "note")
_RIGHT = {2, 5, 6}
_VERDICTS = {True: "OK", False: "OVER", None: "-"}


def cells(case: Case, result: Result) -> tuple[str, ...]:
    """A row of the table in words."""
    ratio = "-" if result.ratio is None else f"{result.ratio:.2f}x"
    verdict = "-" if result.ratio is None else _VERDICTS[case.limit.holds(result.ratio)]
    name = f"{case.group}: {case.name}"
    return (name, case.against, ratio, str(case.limit), verdict, result.ours, result.theirs, result.note)


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Rows as columns of equal width, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(_fit(cell, place, widths) for place, cell in enumerate(row)).rstrip() for row in rows)


def machine() -> list[str]:
    """Where it ran, one fact a line."""
    libxml = ".".join(map(str, etree.LIBXML_VERSION))
    names = ("fatturakit", "a38", "xmlschema")
    return [
        f"processor: {_processor()}, {os.cpu_count()} cores",
        f"Python {platform.python_version()} on {platform.system()}",
        f"lxml {peers.version('lxml')} (libxml2 {libxml})",
        ", ".join(f"{name} {peers.version(name)}" for name in names),
        f"load average (1, 5, 15 minutes) {_busy()}",
    ]


def write(rows: Sequence[tuple[Case, Result]], path: Path = RESULTS, kept: Sequence[tuple[str, str]] = ()) -> Path:
    """Rewrite the record. kept: what it says of other groups, each row with its group."""
    head = [*HEAD[:4], "verdict", *HEAD[5:]]
    lines = [_INTRO.format(day=datetime.now(UTC).date()), *(f"- {fact}" for fact in machine())]
    lines += [f"- {fact}" for fact in inputs.sizes([inputs.small(), inputs.long(1000), inputs.long(9999)])]
    lines += [f"- from an earlier run: {', '.join(dict(kept))}"] if kept else []
    lines += ["", _markdown(head), _markdown(["---"] * len(head))]
    made = [(case.group, _markdown(cells(case, result))) for case, result in rows]
    lines += [line for _, line in sorted([*made, *kept], key=lambda row: [*TARGET_GROUPS].index(row[0]))]
    lines += ["", _MEANING, "", *(f"- **{name}**: {text}" for name, text in TARGET_GROUPS.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _fit(cell: str, place: int, widths: list[int]) -> str:
    return cell.rjust(widths[place]) if place in _RIGHT else cell.ljust(widths[place])


def _markdown(row: Sequence[str]) -> str:
    return "| " + " | ".join(row) + " |"


def _busy() -> str:
    """How much else was going on: beyond one, an idle core was not to be had."""
    return ", ".join(f"{load:.1f}" for load in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


_INTRO = """# Benchmarks

The last run of `script/bench --write`. Only the ratios are meant to be compared: both sides of a row were measured
in one process or one after the other, in turns, and a ratio is the median of its rounds.

- date: {day}"""
_MEANING = """What is measured. "<=" limits ours / theirs, ">=" limits theirs / ours (times as fast); for the
folder it is the rate with two processes divided by that with one, for memory many files divided by few."""
