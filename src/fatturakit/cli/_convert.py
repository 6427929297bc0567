"""The work of ``fatturakit convert``: which documents, into what, and where the results go."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from itertools import chain, islice
from typing import NamedTuple

from .. import limits
from ..batch import convert as batch
from ..batch.inputs import Input
from ..batch.opening import cautions, opened, refuse_audit_file
from ..convert.reading import ConversionError
from ..convert.targets import TARGETS, How
from ..document import Document
from ..errors import ExitCode, FatturakitError, InputError, UsageError
from ..findings import Finding, Severity
from ..report import Tally
from ..report._visible import visible
from ..texts import Text, language
from . import _io, _tables
from ._progress import Progress


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
        to = self.target
        return bool(to) and to != "-" and (to.endswith(("/", os.sep)) or os.path.isdir(to))  # type: ignore[union-attr,arg-type]  # noqa: PTH112


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

    def documents(self, names: tuple[str, ...]) -> Iterator[tuple[str, Document | FatturakitError]]:
        """Every document with its path as shown; one that cannot be opened is complained about and is its error."""
        for item in self.inputs(names):
            if item.archive == "":
                continue
            try:
                document = opened(item, self.limits, self.given.dialect)
                refuse_audit_file(document)
                self.warn(item.shown, cautions(document))
                yield item.shown, document
            except FatturakitError as error:
                self.failed(item.shown, error)
                yield item.shown, error

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
        _tables.write(table, run.documents(names), given)
        return run.code
    items = run.inputs(names)
    first = list(islice((item for item in items if item.archive != ""), 2))
    results = batch.results(chain(first, items), given.to, given.how, run.limits, given.jobs)
    with Progress(given.progress, quiet=given.quiet) as progress, closing(_watched(results, run, progress)) as found:  # type: ignore[type-var]
        _write(found, given, many=len(first) > 1)
    return run.code


def _watched(results: Iterator[batch.Converted], run: Run, progress: Progress) -> Iterator[batch.Converted]:
    tally = Tally()
    for result in results:
        run.heard(result)
        progress.step(tally)
        if result.made is not None:
            yield result


def _write(found: Iterator[batch.Converted], given: Given, *, many: bool) -> None:
    if given.into_folder:
        _write_each(found, str(given.target), force=given.force)
    elif many:
        _write_lines(found, given)
    else:
        for result in found:
            with _io.binary(given.target, force=given.force) as write:
                write(result.made.data if result.made else b"")


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


def _write_each(found: Iterator[batch.Converted], folder: str, *, force: bool) -> None:
    os.makedirs(folder, exist_ok=True)  # noqa: PTH103
    used: dict[str, int] = {}
    for result in found:
        path = os.path.join(folder, file_name(result.shown, TARGETS[result.target].extension, used))  # noqa: PTH118
        with _io.binary(path, force=force) as write:
            write(result.made.data if result.made else b"")


def file_name(shown: str, extension: str, used: dict[str, int]) -> str:
    """``<stem>.<extension>`` for an input; a stem met again gets a number."""
    name = shown.replace("!", "/").replace("\\", "/").rstrip("/").rpartition("/")[2]
    stem = "stdin" if name in {"", "-"} else name.partition(".")[0] or name
    used[stem] = used.get(stem, 0) + 1
    return f"{stem}.{extension}" if used[stem] == 1 else f"{stem}-{used[stem]}.{extension}"


_FOLDER_WANTED = Text(
    "Più documenti XML non stanno in un solo file: dai una cartella con -o CARTELLA/.",
    "Several XML documents do not fit one file: name a folder with -o FOLDER/.",
)
