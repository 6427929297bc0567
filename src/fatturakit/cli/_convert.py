"""The work of ``fatturakit convert``: which documents, into what, and where the results go."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from .. import limits
from ..batch import convert as batch
from ..batch.inputs import Input
from ..batch.state import State
from ..convert.reading import ConversionError
from ..convert.targets import TARGETS, How
from ..envelope.safenames import SafeNames
from ..errors import ExitCode, FatturakitError, InputError, UsageError
from ..findings import Finding, Severity
from ..report._visible import visible
from ..texts import Text, language
from ..writing import make_folder
from . import _io, _tables, _work
from ._places import Places
from ._progress import Progress, total

if TYPE_CHECKING:
    from ..convert.tables.rowed import Rowed


class Given(NamedTuple):
    """What may be said to ``convert`` beside the files."""

    to: str | None = None
    dialect: str | None = None
    lossless: bool = False
    whole: bool = False
    nulls: bool = False
    sheet: str | None = None
    csv_dialect: str | None = None
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
    lang: str | None = None

    @property
    def how(self) -> How:
        """The same for the writers."""
        lossless = "bytes" if self.whole else self.lossless
        return How(self.dialect, lossless, self.nulls, force=self.force, jobs=self.jobs)

    @property
    def into_folder(self) -> bool:
        """True when every document gets a file of its own."""
        return _io.is_folder(self.target)


class Run:
    """One call: says what is to be said about each document, and keeps the worst ending."""

    def __init__(self, given: Given) -> None:
        self.given = given
        self.limits = limits.from_environment()
        self.lang = language(given.lang)
        self.code = ExitCode.OK

    def inputs(self, names: tuple[str, ...]) -> Iterator[Input]:
        """Every document named."""
        return batch.inputs(names, self.limits, stdin_name=self.given.stdin_filename)

    def rows(self, names: tuple[str, ...], sheets: frozenset[str]) -> Iterator[Rowed]:
        """The rows of every document; one that cannot be opened is complained about."""
        from ..batch.tabling import Asked, read

        asked = Asked(sheets, self.lang, self.limits, self.given.dialect)
        for found in read(self.inputs(names), asked, self.given.jobs):
            self.warn(found.rows.path, found.cautions)
            if found.rows.error is not None:
                self.failed(found.rows.path, found.rows.error, crashed=found.crashed)
            yield found.rows

    def heard(self, result: batch.Converted) -> None:
        """Say what there is to say about one result, and remember how it ended."""
        if result.error is not None:
            self.failed(result.shown, result.error, crashed=result.crashed)
            return
        self.warn(result.shown, result.cautions)
        for finding in result.findings:
            self.say(result.shown, finding)
        if any(finding.severity is Severity.ERROR for finding in result.findings):
            self.ended(ExitCode.FINDINGS)

    def failed(self, shown: str, error: FatturakitError, *, crashed: bool = False) -> None:
        """Say why there is no result."""
        self.ended(ExitCode.INTERNAL if crashed else error.exit_code)
        if not self.given.quiet:
            fix = error.finding.remedy(self.lang) if isinstance(error, InputError) and error.finding else ""
            _io.message(f"fatturakit: {visible(shown)}: {visible(error.say(self.lang))} {visible(fix)}".rstrip())
        for finding in error.findings if isinstance(error, ConversionError) else ():
            self.say(shown, finding)

    def warn(self, shown: str, texts: tuple[Text, ...]) -> None:
        """What must not be overlooked about a document."""
        for text in () if self.given.quiet else texts:
            _io.message(f"{visible(shown)}: {visible(text.say(self.lang))}")

    def say(self, shown: str, finding: Finding) -> None:
        """One finding on one line of stderr."""
        if self.given.quiet:
            return
        where = ":".join(visible(str(part)) for part in (shown, finding.line) if part)
        what = (finding.severity.value, finding.field, finding.path, finding.say(self.lang), finding.remedy(self.lang))
        _io.message(f"{where}: " + " ".join(visible(part) for part in what if part))

    def ended(self, code: ExitCode) -> None:
        """Keep the worse of two endings: 70 over 6 over 4 over 3 over 1 over 0."""
        self.code = max(self.code, code)


def convert(names: tuple[str, ...], given: Given) -> int:
    """Convert what ``names`` name; the exit code."""
    run = Run(given)
    table = _tables.wanted(given)
    if table:
        if given.resume or given.scheduler:
            raise UsageError(_ONE_PASS)
        _tables.write(table, partial(run.rows, names), given)
        return run.code
    items = run.inputs(names)
    first = list(islice((item for item in items if item.archive != ""), 2))
    with _work.how(given, _about(given, run)) as where:
        results = batch.results(chain(first, items), given.to, given.how, run.limits, where)
        counting = Progress(given.progress, quiet=given.quiet, total=total(names, run.limits))
        with counting as progress, closing(_watched(results, run, progress)) as found:  # type: ignore[type-var]
            _write(found, given, where.state, many=len(first) > 1)
    return run.code


def _about(given: Given, run: Run) -> dict[str, object]:
    """What a state must have been made with to be gone on from."""
    how = given.how._replace(force=False, jobs=None)
    return {"verb": "convert", "--to": given.to, **how._asdict(), "limits": tuple(run.limits), "-o": given.into_folder}


def _watched(results: Iterator[batch.Converted], run: Run, progress: Progress) -> Iterator[batch.Converted]:
    for result in results:
        run.heard(result)
        progress.count(result.shown, failed=result.made is None)
        if result.made is not None:
            yield result


def _write(found: Iterator[batch.Converted], given: Given, state: State | None, *, many: bool) -> None:
    if given.into_folder:
        _write_each(found, str(given.target), state, force=given.force)
        return
    mine = state is not None and state.is_mine(given.target)
    given = given._replace(force=given.force or mine)
    if many:
        _write_lines(found, given)
    else:
        for result in found:
            with _io.binary(given.target, force=given.force) as write:
                write(result.made.data if result.made else b"")
    if state is not None:
        state.is_written(given.target)


def _write_lines(found: Iterator[batch.Converted], given: Given) -> None:
    """Several documents into one stream: a line of JSON each; several XML documents cannot share one."""
    first = next(found, None)
    if first is None:
        return
    with _io.binary(given.target, force=given.force) as write:
        for result in chain([first], found):
            if result.target != "json":
                raise UsageError(_FOLDER_WANTED)
            write(result.made.line if result.made else b"")


def _write_each(found: Iterator[batch.Converted], folder: str, state: State | None, *, force: bool) -> None:
    make_folder(folder)
    places = Places(folder, state, force=force)
    for result in found:
        places.put(result.made.data if result.made else b"", partial(_name, result))


def _name(result: batch.Converted, names: SafeNames) -> str:
    return names.output(result.shown, f".{TARGETS[result.target].extension}")


_ONE_PASS = Text(
    "Le tabelle si scrivono in una passata: --resume e --scheduler valgono per JSON e XML.",
    "Tables are written in one pass: --resume and --scheduler are for JSON and XML.",
)
_FOLDER_WANTED = Text(
    "Più documenti XML non stanno in un solo file: dai una cartella con -o CARTELLA/.",
    "Several XML documents do not fit one file: name a folder with -o FOLDER/.",
)
