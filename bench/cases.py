"""What is measured: one row a case, declared; the functions that fill a row are below the table they serve."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

import clock
import converting
import folder
import inputs
import peers
from clock import Call, Effort, Pair, Run


@dataclass(frozen=True, slots=True)
class Limit:
    """The ratio to keep: "at most" or "at least" a value; None is shown without judgement."""

    sense: str = ""
    value: float | None = None

    def __str__(self) -> str:
        return f"{self.sense} {self.value:g}x" if self.value else "-"

    def holds(self, ratio: float) -> bool | None:
        """Whether ``ratio`` keeps the limit; None without one."""
        if self.value is None:
            return None
        return ratio <= self.value if self.sense == "<=" else ratio >= self.value


@dataclass(frozen=True, slots=True)
class Result:
    """What a case gave: the ratio, ours and theirs in words, and a remark; no ratio when something is missing."""

    ratio: float | None
    ours: str = ""
    theirs: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One row: group (what --only names), what is measured, against what, the limit and how."""

    group: str
    name: str
    against: str
    limit: Limit
    measure: Callable[[Effort], Result]


MORE = (
    "unwrapping",
    "signing",
    "tabling",
    "rendering",
    "archiving",
    "remoting",
    "sandboxing",
    "saft_writing",
    "saft_reading",
)
"""Modules with a ``table`` of their own, which is made of what stands here."""

Target = Callable[[Path], Call | None]
Ways = tuple[Target, Target]
Source = Callable[[], Path]


_BYTES = (peers.fatturakit_bytes, peers.bare_bytes)


def _both(group: str, name: str, source: Source, ours: Ways, theirs: Ways, limit: Limit) -> tuple[Case, ...]:
    """The same from bytes in memory and from a path."""
    ways = zip(("bytes", "path"), ours, theirs, strict=True)
    return tuple(_calls(group, f"{name}, {way}", source, our, their, limit) for way, our, their in ways)


def _peer(name: str, source: Source) -> tuple[Case, ...]:
    """Against the peers: the schema alone, and every control against one that runs a fraction of them."""
    schema = peers.SCHEMA[0]
    return (
        _calls("peers", f"{name}, schema", source, schema, peers.a38, at_least(75)),
        _calls("peers", f"{name}, schema", source, schema, peers.xmlschema, at_least(17)),
        _calls("peers", f"{name}, all controls", source, peers.fatturakit_bytes, peers.a38, at_least(60)),
    )


def _converting(name: str, source: Source) -> tuple[Case, ...]:
    """To JSON and back, against the bare way and the peers."""
    rows = converting.ROWS
    return tuple(_calls("convert", f"{name}, {what}", source, *ways, Limit(*limit)) for what, *ways, limit in rows)


def table(*, quick: bool = False) -> tuple[Case, ...]:
    """Every case in the order it is shown; ``quick`` takes small inputs, whose ratios mean little."""
    small = inputs.small
    some, most = (40, 80) if quick else (1000, 9999)
    files = 40 if quick else 10_000
    return (
        *_both("bare", "8 KB, schema", small, peers.SCHEMA, peers.BARE, at_most(1.5)),
        *_both("bare", f"{some:,} lines, schema", partial(inputs.long, some), peers.SCHEMA, peers.BARE, at_most(1.4)),
        *_both("bare", f"{most:,} lines, schema", partial(inputs.long, most), peers.SCHEMA, peers.BARE, at_most(1.4)),
        _calls("bare", "8 KB, all controls", small, *_BYTES, at_most(2.5)),
        _calls("bare", f"{some:,} lines, all controls", partial(inputs.long, some), *_BYTES, at_most(2.0)),
        _calls("bare", f"{most:,} lines, all controls", partial(inputs.long, most), *_BYTES, at_most(2.0)),
        *_peer("8 KB", small),
        *_peer(f"{some:,} lines", partial(inputs.long, some)),
        *_converting("8 KB", small),
        *_converting(f"{some:,} lines", partial(inputs.long, some)),
        _starts("validate FILE", small, at_most(0.5)),
        _starts("validate FILE with one error", inputs.wrong, Limit()),
        Case("cold", "import fatturakit", "python -c pass", Limit(), _import),
        Case("folder", f"{files:,} files, -j 2", "-j 1", at_least(1.8), partial(folder_rate, files)),
        Case("memory", f"{files:,} files", f"{files // 10:,} files", at_most(1.1), partial(folder_memory, files)),
        *[case for name in MORE for case in importlib.import_module(name).table(quick=quick)],
    )


def at_most(value: float) -> Limit:
    """Ours divided by theirs stays at or below ``value``."""
    return Limit("<=", value)


def at_least(value: float) -> Limit:
    """Theirs divided by ours reaches ``value``: that many times as fast."""
    return Limit(">=", value)


_TITLES = {
    "bare_bytes": "lxml + schema alone",
    "bare_path": "lxml + schema alone",
    "a38": "a38",
    "xmlschema": "xmlschema",
    **converting.TITLES,
}


def _calls(group: str, name: str, source: Callable[[], Path], ours: Target, theirs: Target, limit: Limit) -> Case:
    title = _TITLES[theirs.__name__]
    return Case(group, name, title, limit, partial(_in_process, source, ours, theirs, limit))


def _in_process(source: Callable[[], Path], ours: Target, theirs: Target, limit: Limit, effort: Effort) -> Result:
    path = source()
    mine, other = ours(path), theirs(path)
    if mine is None or other is None:
        return Result(None, note="not installed")
    note = "" if other() else "the peer objects to this file"
    return compared(clock.pair(mine, other, effort), limit, note)


def compared(pair: Pair, limit: Limit, note: str = "") -> Result:
    """The median ratio; the ratio of the two fastest rounds stands in the note, as a check on a busy machine."""
    ratio, fastest = pair.ratio, min(pair.ours) / min(pair.theirs)
    if limit.sense == ">=":
        ratio, fastest = 1 / ratio, 1 / fastest
    notes = filter(None, (f"fastest {fastest:.2f}x", note))
    return Result(ratio, seconds(median(pair.ours)), seconds(median(pair.theirs)), "; ".join(notes))


def seconds(value: float) -> str:
    """A duration in the unit people would choose.

    >>> seconds(0.000299), seconds(0.0144), seconds(12.34)
    ('299 us', '14.4 ms', '12.3 s')
    """
    for unit, factor in (("us", 1e6), ("ms", 1e3)):
        if value * factor < 1000:
            return f"{value * factor:.{0 if unit == 'us' else 1}f} {unit}"
    return f"{value:.1f} s"


def _starts(name: str, source: Callable[[], Path], limit: Limit) -> Case:
    return Case("cold", name, "a38tool validate", limit, partial(_cold, source, limit))


def _cold(source: Callable[[], Path], limit: Limit, effort: Effort) -> Result:
    """Whole processes; the shortest run of each stands in the note."""
    ours, theirs = peers.program("fatturakit"), peers.program("a38tool")
    if ours is None:
        return Result(None, note="fatturakit: not installed")
    path = source()
    mine, my_runs = _recorded((ours, "validate", path))
    code = mine().code
    if code > 1:
        return Result(None, note=f"fatturakit validate ends with {code}")
    if theirs is None:
        alone = clock.pair(mine, mine, effort)
        return Result(None, seconds(median(alone.ours)), note="not installed")
    other, their_runs = _recorded((theirs, "validate", path))
    pair = clock.pair(mine, other, effort)
    spent = median(run.processor for run in my_runs) / median(run.processor for run in their_runs)
    shortest = f"shortest {seconds(min(pair.ours))}, {seconds(min(pair.theirs))}"
    return compared(pair, limit, f"{shortest}; processor time {spent:.2f}x")


def _recorded(command: tuple[str | Path, ...]) -> tuple[Callable[[], Run], list[Run]]:
    """A call that runs ``command``, and the list its runs are put into."""
    runs: list[Run] = []

    def call() -> Run:
        runs.append(clock.process(command))
        return runs[-1]

    return call, runs


def _import(effort: Effort) -> Result:
    mine = partial(clock.process, (sys.executable, "-c", "import fatturakit"))
    return compared(clock.pair(mine, partial(clock.process, (sys.executable, "-c", "pass")), effort), Limit())


def folder_rate(files: int, effort: Effort) -> Result:
    """Files a second with two processes, divided by those with one."""
    program = peers.program("fatturakit")
    if program is None:
        return Result(None, note="fatturakit: not installed")
    runs = folder.rates(program, inputs.many(files), rounds=1 if effort is clock.QUICK else 3)
    if runs is None:
        return Result(None, note="fatturakit validate does not take the folder")
    two, one = runs
    ratio = median(other.seconds / mine.seconds for mine, other in zip(two, one, strict=True))
    rates = [f"{files / median(run.seconds for run in side):,.0f}/s" for side in runs]
    return Result(ratio, *rates, load(two, one))


def folder_memory(files: int, effort: Effort) -> Result:
    """Peak memory for many files, divided by that for a tenth of them: constant is 1.0."""
    program = peers.program("fatturakit")
    if program is None:
        return Result(None, note="fatturakit: not installed")
    jobs = 1 if effort is clock.QUICK else 2
    peaks = [folder.peak(program, inputs.many(count), jobs) for count in (files, files // 10)]
    if not all(peaks):
        return Result(None, note="not measured on this system")
    many, few = (peak or 0 for peak in peaks)
    return Result(many / few, f"{many / 1e6:.1f} MB", f"{few / 1e6:.1f} MB", f"-j {jobs}, all processes")


def load(two: list[Run], one: list[Run]) -> str:
    """Processor time tells, also on a busy machine, how far two free cores could carry it."""
    spent = [median(run.processor for run in side) for side in (two, one)]
    idle = 2 * spent[1] / spent[0]
    words = f"processor time {seconds(spent[0])} and {seconds(spent[1])}"
    return f"{os.cpu_count()} cores; {words}: {idle:.2f}x at most on two idle ones"


TARGET_GROUPS: Mapping[str, str] = {
    "saft": "SAF-T audit files: writing beside lxml.etree.xmlfile, reading beside the schema alone and xmlschema",
    "bare": "fatturakit.validate against lxml parsing and validating with the same schema",
    "peers": "fatturakit.validate against other Python packages",
    "convert": "to_json and from_json against a bare walk with orjson, a bare join of strings, and other packages",
    "unwrap": "fatturakit.unwrap against asn1crypto decoding the same envelope to its content",
    "sign": "checking a signature against SHA-256 and RSA alone",
    "cold": "whole processes, started afresh",
    "folder": "a folder of invoices: files a second",
    "memory": "a folder of invoices: peak memory",
    "table": "a folder of invoices to Parquet: files a second and peak memory",
    "pages": "invoices as HTML and PDF pages",
    "archive": "an archive: taking in, finding, and the ZIP for the accountant",
    "remote": "fatturakit.connect against the bare HTTP client, on the same sandbox",
    "sandbox": "validating through the sandbox over HTTP against validating in this process",
}
