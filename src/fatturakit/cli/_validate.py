"""The work of ``fatturakit validate``, without click: a plain call must not wait for it (see ``start.py``)."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from .. import limits, report
from ..batch import inputs, judge, many, run
from ..errors import ExitCode
from ..findings import Report, Severity, Verdict
from ..rules.options import Options, day, moment
from ..texts import language
from . import _io, _progress
from ._codes import codes

if TYPE_CHECKING:
    from ..batch.state import State


class Given(NamedTuple):
    """What may be said to ``validate`` beside the files. The defaults stand here, for click and for plain calls."""

    format_name: str = "text"
    preflight: bool = False
    channel: str = "sdicoop"
    received_on: str | None = None
    as_of: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    trust: tuple[str, ...] = ()
    fail_on: str = "error"
    exit_zero: bool = False
    stdin_filename: str = ""
    jobs: int | None = None
    progress: bool | None = None
    resume: str | None = None
    scheduler: str | None = None
    results: str | None = None
    target: str | None = None
    force: bool = False
    quiet: bool = False
    verbose: int = 0
    color: str = "auto"
    lang: str | None = None
    strict: bool = False


class Outcome:
    """The totals so far and the exit code they amount to; ``threshold`` None never fails for findings."""

    def __init__(self, threshold: Severity | None) -> None:
        self.threshold = threshold
        self.tally = report.Tally()
        self.failing = self.unreadable = self.crashed = False

    def add(self, found: Report) -> None:
        """Take one report into account."""
        self.tally.add(found)
        self.failing |= self.threshold is not None and found.reaches(self.threshold)
        if found.verdict is Verdict.UNREADABLE:
            self.unreadable = True
            self.crashed |= run.is_crash(found)

    def exit_code(self, *, exit_zero: bool) -> ExitCode:
        """70 over 3 over 1 over 0."""
        if self.crashed:
            return ExitCode.INTERNAL
        if self.unreadable:
            return ExitCode.INPUT
        return ExitCode.FINDINGS if self.failing and not exit_zero else ExitCode.OK


def validate(names: tuple[str, ...], given: Given) -> int:
    """Judge what ``names`` name and write the report; the exit code."""
    if not given.resume and not given.scheduler and not given.results:
        return _judged(names, given, options(given), many.How(given.jobs))
    from ._work import how, same_moment

    asked = options(given)
    with how(given, about(asked, given)) as where:
        if not given.received_on:
            at = same_moment(where.state, asked.received_on.isoformat())
            asked = options(given._replace(received_on=at))
        return _judged(names, given, asked, where)


def options(given: Given) -> Options:
    """How documents are to be judged."""
    return Options(
        received_on=moment(given.received_on) if given.received_on else Options().received_on,
        as_of_date=day(given.as_of) if given.as_of else None,
        preflight=given.preflight,
        channel=given.channel,
        select=codes(given.select),
        ignore=codes(given.ignore),
        limits=limits.from_environment(),
        strict=given.strict,
        signatures=judge.verifier(),
        trust=judge.trusted(given.trust),
    )


def about(asked: Options, given: Given) -> dict[str, object]:
    """What a state must have been made with to be gone on from."""
    names = ("as_of_date", "preflight", "channel", "select", "ignore", "strict", "trust")
    said = {f"--{name.replace('_date', '').replace('_', '-')}": getattr(asked, name) for name in names}
    return {
        "verb": "validate", **said, "--received-on": given.received_on,
        "sign": asked.signatures is not None, "limits": tuple(asked.limits),
    }  # fmt: skip


def _judged(names: tuple[str, ...], given: Given, asked: Options, where: many.How) -> int:
    documents = inputs.expand(names, asked.limits, stdin_name=given.stdin_filename)
    total = _progress.total(names, asked.limits)
    return report_on(run.reports(documents, asked, how=where), given, where.state, total)


def report_on(
    reports: Generator[Report], given: Given, state: State | None = None, total: _progress.Total | None = None
) -> int:
    """Write the reports as they come, in the format asked for; the exit code they amount to."""
    outcome = Outcome(None if given.fail_on == "never" else Severity(given.fail_on))
    with closing(reports) as found:
        counted = _counted(found, outcome, _progress.Progress(given.progress, quiet=given.quiet, total=total))
        interrupted = _write(counted, outcome.tally, given, state)
    return ExitCode.INTERRUPTED if interrupted else outcome.exit_code(exit_zero=given.exit_zero)


def _counted(found: Iterator[Report], outcome: Outcome, progress: _progress.Progress) -> Iterator[Report]:
    with progress:
        for item in found:
            outcome.add(item)
            progress.step(outcome.tally, item.path)
            yield item


def _renderer(given: Given, target: str | None) -> report.Renderer:
    to_terminal = target in {None, "-"}
    return report.renderer(
        given.format_name,
        lang=language(given.lang),
        verbose=-1 if given.quiet else given.verbose,
        color=to_terminal and _io.use_color(given.color),
        width=min(_columns(), 100) if to_terminal and sys.stdout.isatty() else 100,
        received_on=given.received_on,
    )


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return 100


def _write(found: Iterator[Report], tally: report.Tally, given: Given, state: State | None) -> bool:
    target = given.target
    if target and _io.is_folder(target):
        return _write_each(found, target, given, state)
    with _io.destination(target, force=given.force, state=state) as output:
        return _write_all(found, _renderer(given, target), tally, output, to_file=target not in {None, "-"})


def _write_all(
    found: Iterator[Report], renderer: report.Renderer, tally: report.Tally, output: _io.Output, *, to_file: bool
) -> bool:
    """One report of everything. Interrupted, stdout still gets a well-formed end, and a file is not made at all."""
    began, interrupted, whole = time.perf_counter(), False, _io.WholePieces()
    _put(output, renderer.begin())
    output.flush()  # before workers are forked: each would inherit, and repeat, what is still in the buffer
    try:
        with whole.listening():
            _write_documents(found, renderer, output, whole, flush=not to_file)
    except KeyboardInterrupt:
        if to_file:
            raise
        interrupted = True
    _put(output, renderer.end(tally.summary(interrupted=interrupted, seconds=time.perf_counter() - began)))
    return interrupted


def _write_documents(
    found: Iterator[Report], renderer: report.Renderer, output: _io.Output, whole: _io.WholePieces, *, flush: bool
) -> None:
    for item in found:
        with whole:
            _put(output, renderer.document(item))
            if flush:
                output.flush()


def _put(output: _io.Output, pieces: Iterator[str]) -> None:
    for piece in pieces:
        output.write(piece)


def _write_each(found: Iterator[Report], folder: str, given: Given, state: State | None) -> bool:
    """One report a document: ``<stem>.<ext>`` in ``folder``; a stem met again gets a number."""
    from ..envelope.safenames import SafeNames
    from ..writing import make_folder

    make_folder(folder)
    names, used = SafeNames(), Counter[str]()
    for item in found:
        if not report.says(given.format_name, item):
            continue
        single = report.Tally()
        single.add(item)
        name = names.output(item.path, f".{_EXTENSIONS.get(given.format_name, given.format_name)}")
        if given.format_name == "receipt":
            stem = SafeNames().output(item.path, "")
            used[stem.lower()] += 1
            name = f"{stem}_NS_{used[stem.lower()]:03d}.xml"
        path = os.path.join(folder, name)  # noqa: PTH118
        mine = state is not None and state.wrote(path)
        with _io.destination(path, force=given.force or mine) as output:
            renderer = _renderer(given, path)
            _write_all(iter([item]), renderer, single, output, to_file=True)
    return False


_EXTENSIONS = {"text": "txt", "concise": "txt", "junit": "junit.xml", "github": "txt", "sarif": "sarif"}
