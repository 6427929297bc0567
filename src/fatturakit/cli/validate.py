"""``fatturakit validate``: would SdI reject these files, why, and how to mend them."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from .. import limits, report
from ..batch import inputs, run
from ..errors import ExitCode
from ..findings import Report, Severity, Verdict
from ..rules.options import Options, day, moment
from ..rules.transmission import CHANNELS
from ..texts import language
from . import _io, _options
from ._language import words
from ._progress import Progress


@dataclass(slots=True)
class Outcome:
    """The totals so far and the exit code they amount to; ``threshold`` None never fails for findings."""

    threshold: Severity | None
    tally: report.Tally = field(default_factory=report.Tally)
    failing: bool = False
    unreadable: bool = False
    crashed: bool = False

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


@click.command(
    name="validate",
    help=words(
        "Controlla i file come farebbe SdI, senza mandarli a nessuno e senza toccarli.\n\n"
        "FILE: file, cartelle, modelli (*.xml), archivi ZIP, @elenco.txt, - per lo standard input.",
        "Check files as SdI would, without sending them anywhere or touching them.\n\n"
        "FILE: files, folders, globs (*.xml), ZIP archives, @list.txt, - for standard input.",
    ),
    epilog=words(
        "Esempi:\n\n  fatturakit validate fattura.xml\n\n  fatturakit validate in/ --format sarif -o esito.sarif\n\n"
        "  fatturakit validate --preflight IT01234567890_00001.xml\n\n"
        "Esce con 0 (bene), 1 (errori), 2 (uso), 3 (illeggibile), 6 (scrittura), 130 (interrotto).",
        "Examples:\n\n  fatturakit validate invoice.xml\n\n  fatturakit validate in/ --format sarif -o out.sarif\n\n"
        "  fatturakit validate --preflight IT01234567890_00001.xml\n\n"
        "Exits with 0 (fine), 1 (errors), 2 (usage), 3 (unreadable), 6 (output), 130 (interrupted).",
    ),
)
@click.argument("names", nargs=-1, metavar="FILE…", type=click.Path(allow_dash=True))
@click.option(
    "--format",
    "format_name",
    type=click.Choice(report.FORMATS),
    default="text",
    show_default=True,
    help=words("Formato del rapporto.", "Report format."),
)
@click.option(
    "--preflight",
    is_flag=True,
    help=words("Giudica il file come sta per essere inviato.", "Judge the file as about to be sent."),
)
@click.option(
    "--channel",
    type=click.Choice(tuple(CHANNELS)),
    default="sdicoop",
    show_default=True,
    help=words("Canale d'invio (dimensioni).", "Channel of transmission (sizes)."),
)
@click.option(
    "--received-on",
    metavar="DATE",
    help=words("Quando SdI lo ha ricevuto (predefinito: ora).", "When SdI received it (default: now)."),
)
@click.option("--as-of", metavar="DATE", help=words("Controlli in vigore quel giorno.", "Controls in force that day."))
@click.option(
    "--select",
    multiple=True,
    metavar="CODES",
    help=words("Solo questi codici (prefissi).", "Only these codes (prefixes)."),
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="CODES",
    help=words("Senza questi codici (prefissi).", "Without these codes (prefixes)."),
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "never"]),
    default="error",
    show_default=True,
    help=words("Da quale gravità esce con 1.", "Severity that makes it exit with 1."),
)
@click.option("--exit-zero", is_flag=True, help=words("Esce con 0 anche con errori.", "Exit with 0 despite findings."))
@click.option(
    "--stdin-filename",
    metavar="NAME",
    default="",
    help=words("Nome del file che arriva su stdin.", "Name of the file on stdin."),
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=0),
    default=None,
    help=words("Processi (0 = tutti).", "Processes (0 = all cores)."),
)
@click.option("--progress/--no-progress", default=None, help=words("Avanzamento su stderr.", "Progress on stderr."))
@_options.output
@_options.common
def command(names: tuple[str, ...], **given: Any) -> int:
    """The verb; its help is above."""
    names = names or _standard_input()
    options = Options(
        received_on=moment(given["received_on"]) if given["received_on"] else Options().received_on,
        as_of_date=day(given["as_of"]) if given["as_of"] else None,
        preflight=given["preflight"],
        channel=given["channel"],
        select=_options.codes(given["select"]),
        ignore=_options.codes(given["ignore"]),
        limits=limits.from_environment(),
    )
    outcome = Outcome(None if given["fail_on"] == "never" else Severity(given["fail_on"]))
    documents = inputs.expand(names, options.limits, stdin_name=given["stdin_filename"])
    with closing(run.reports(documents, options, given["jobs"])) as found:
        counted = _counted(found, outcome, Progress(given["progress"], quiet=given["quiet"]))
        interrupted = _write(counted, outcome.tally, given)
    return ExitCode.INTERRUPTED if interrupted else outcome.exit_code(exit_zero=given["exit_zero"])


def _standard_input() -> tuple[str, ...]:
    if sys.stdin is not None and not sys.stdin.isatty():
        return ("-",)
    raise click.UsageError(words("Manca FILE.", "FILE is missing."), click.get_current_context())


def _counted(found: Iterator[Report], outcome: Outcome, progress: Progress) -> Iterator[Report]:
    with progress:
        for item in found:
            outcome.add(item)
            progress.step(outcome.tally)
            yield item


def _renderer(given: dict[str, Any], target: str | None) -> report.Renderer:
    to_terminal = target in {None, "-"}
    return report.renderer(
        given["format_name"],
        lang=language(given["lang"]),
        verbose=-1 if given["quiet"] else given["verbose"],
        color=to_terminal and _options.use_color(given["color"]),
        width=min(_columns(), 100) if to_terminal and sys.stdout.isatty() else 100,
    )


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return 100


def _write(found: Iterator[Report], tally: report.Tally, given: dict[str, Any]) -> bool:
    target: str | None = given["target"]
    if target and target != "-" and (target.endswith(("/", os.sep)) or Path(target).is_dir()):
        return _write_each(found, Path(target), given)
    with _io.destination(target, force=given["force"]) as output:
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


def _write_each(found: Iterator[Report], folder: Path, given: dict[str, Any]) -> bool:
    """One report a document: ``<stem>.<ext>`` in ``folder``; a stem met again gets a number."""
    folder.mkdir(parents=True, exist_ok=True)
    used: dict[str, int] = {}
    for item in found:
        single = report.Tally()
        single.add(item)
        path = folder / _file_name(item.path, given["format_name"], used)
        with _io.destination(str(path), force=given["force"]) as output:
            renderer = _renderer(given, str(path))
            _write_all(iter([item]), renderer, single, output, to_file=True)
    return False


def _file_name(path: str, format_name: str, used: dict[str, int]) -> str:
    stem = path.replace("!", "/").replace("\\", "/").rstrip("/").rpartition("/")[2] or "stdin"
    stem = "stdin" if stem == "-" else stem.partition(".")[0] or stem
    used[stem] = used.get(stem, 0) + 1
    numbered = stem if used[stem] == 1 else f"{stem}-{used[stem]}"
    return f"{numbered}.{_EXTENSIONS.get(format_name, format_name)}"


_EXTENSIONS = {"text": "txt", "concise": "txt", "junit": "junit.xml", "github": "txt", "sarif": "sarif"}
