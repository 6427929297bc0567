"""Judge many documents: one process or several, results always in the order of the inputs.

Inputs travel to the workers as names, not bytes; a window of chunks keeps memory constant; a worker that dies takes
only the document that killed it with it.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from dataclasses import replace
from itertools import chain, islice
from typing import Final

from ..document import from_bytes
from ..errors import InputError
from ..findings import Report, Severity, Verdict
from ..rules.engine import archive_report, judge, unreadable
from ..rules.options import Options
from ..rules.sdi import e00002_nome_ripetuto as repeated
from ..rules.transmission import Transmission
from ..texts import Text
from .inputs import Input

CHUNK: Final = 50
ONE_PROCESS_UP_TO: Final = 20
_WINDOW: Final = 4
_NOTICES: Final = frozenset(["RC", "NS", "MC", "NE", "DT", "AT", "EC", "SE", "MT", "SAFT-PT"])


def reports(inputs: Iterable[Input], options: Options, jobs: int | None = None) -> Generator[Report]:
    """The reports, in order. jobs: processes; 0 all processors; None one for up to 20 inputs, else all."""
    iterator = iter(inputs)
    first = list(islice(iterator, ONE_PROCESS_UP_TO + 1))
    jobs = _processes(jobs, few=len(first) <= ONE_PROCESS_UP_TO)
    everything = chain(first, iterator)
    found = _serial(everything, options) if jobs == 1 else _parallel(everything, options, jobs)
    return _compared(found, options)


def _processes(jobs: int | None, *, few: bool) -> int:
    if jobs is None:
        jobs = 1 if few else 0
    return jobs or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else jobs or os.cpu_count() or 1


def one(item: Input, options: Options) -> Report | None:
    """The report on one input; None for a sound archive, whose members speak for themselves."""
    if item.archive is not None:
        return archive_report(item.shown, item.size, options, item.archive or None)
    try:
        data = item.read(options.limits)
        document = from_bytes(data, item.name, layers=item.layers, limits=options.limits)
        return judge(document, item.shown, options)
    except InputError as error:
        return unreadable(error, item.shown, options, item.layers[:-1])
    except Exception as error:
        return unreadable(_crash(f"{type(error).__name__}: {error}"), item.shown, options)


def _serial(inputs: Iterable[Input], options: Options) -> Iterator[Report]:
    return (report for item in inputs if (report := one(item, options)) is not None)


def _parallel(inputs: Iterable[Input], options: Options, jobs: int) -> Iterator[Report]:
    iterator = iter(inputs)
    waiting: deque[tuple[list[Input], Future[list[Report]]]] = deque()
    pool = ProcessPoolExecutor(jobs, initializer=_leave_interrupts_to_the_parent)
    try:
        while True:
            while len(waiting) < jobs * _WINDOW and (chunk := list(islice(iterator, CHUNK))):
                waiting.append((chunk, _submit(pool, chunk, options)))
            if not waiting:
                return
            chunk, future = waiting.popleft()
            try:
                yield from future.result()
            except BrokenExecutor:
                yield from _one_by_one(chunk, options)
                pool.shutdown(wait=False, cancel_futures=True)
                pool = ProcessPoolExecutor(jobs, initializer=_leave_interrupts_to_the_parent)
                waiting = deque((again, _submit(pool, again, options)) for again, _ in waiting)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _submit(pool: ProcessPoolExecutor, chunk: list[Input], options: Options) -> Future[list[Report]]:
    try:
        return pool.submit(_chunk, chunk, options)
    except BrokenExecutor as error:
        failed: Future[list[Report]] = Future()
        failed.set_exception(error)
        return failed


def _chunk(items: list[Input], options: Options) -> list[Report]:
    return list(_serial(items, options))


def _one_by_one(items: list[Input], options: Options) -> Iterator[Report]:
    """A chunk whose worker died: every document in a process of its own, so that only the guilty one is lost."""
    for item in items:
        with ProcessPoolExecutor(1, initializer=_leave_interrupts_to_the_parent) as alone:
            try:
                yield from alone.submit(_chunk, [item], options).result()
            except BrokenExecutor:
                yield unreadable(_crash("process died"), item.shown, options)


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _compared(found: Iterable[Report], options: Options) -> Generator[Report]:
    """The reports with what only shows between files: equal names (00002)."""
    seen: dict[str, tuple[str, str]] = {}
    wanted = options.wants("00002")
    for report in found:
        yield _with_repeated_name(report, seen, options) if wanted else report


def _with_repeated_name(report: Report, seen: dict[str, tuple[str, str]], options: Options) -> Report:
    if report.kind in _NOTICES or report.layers[-1:] == ("zip",) or report.path == "-":
        return report
    name = report.path.replace("!", "/").rpartition("/")[2]
    finding = repeated.check(Transmission(name, 0, report.kind, preflight=options.preflight), seen, report.path)
    if finding is None:
        return report
    error = finding.severity is Severity.ERROR and report.verdict is not Verdict.UNREADABLE
    return replace(report, findings=(finding, *report.findings), verdict=Verdict.INVALID if error else report.verdict)


def _crash(what: str) -> InputError:
    return InputError(_CRASH, what=what)


def is_crash(report: Report) -> bool:
    """True when the report stands for a document that fatturakit itself failed on."""
    return any(finding.message is _CRASH or finding.message == _CRASH for finding in report.findings)


_CRASH: Final = Text(
    "Errore interno di fatturakit su questo documento ({what}): è stato saltato. Segnalalo, per favore.",
    "Internal error of fatturakit on this document ({what}): it was skipped. Please report it.",
)
