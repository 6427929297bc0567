"""``fatturakit inspect``: a document on one screen, or what a field or a code is."""

from __future__ import annotations

import glob
import os
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from .. import limits
from ..batch import inputs
from ..batch.opening import opened
from ..document import Document
from ..envelope.safenames import SafeNames
from ..errors import ExitCode, InputError
from ..invoice.summary import summarise
from ..report.screen import UNKNOWN, Checks, Page, Style, ascii_only, terminal_width
from ..report.screen_shapes import AsJson, AsText, Shape
from ..texts import language
from ..writing import make_folder
from . import _io, _options
from ._language import examples, words

if TYPE_CHECKING:
    from ..invoice.fields import Answer

Found = tuple[inputs.Input, Document | InputError]
_EXTENSION: Final = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,5}$")


@dataclass(slots=True)
class Run:
    """What one call needs everywhere, and the exit code so far."""

    given: dict[str, Any]
    limits: limits.Limits
    code: ExitCode = ExitCode.OK

    def page(self, *, to_terminal: bool) -> Page:
        """A page for this output."""
        return Page(
            Style(
                lang=language(self.given["lang"]),
                width=terminal_width(sys.stdout) if to_terminal else UNKNOWN,
                color=to_terminal and _io.use_color(self.given["color"]),
                ascii_only=to_terminal and ascii_only(sys.stdout),
                verbose=self.given["verbose"],
            )
        )

    def shape(self, *, titled: bool, to_terminal: bool) -> Shape:
        """The screen or the data, as asked."""
        page = self.page(to_terminal=to_terminal)
        return AsJson(page) if self.given["shape"] == "json" else AsText(page, titled=titled)

    def failed(self, code: ExitCode) -> None:
        """Keep the worse of two endings: 70 over 3 over 0."""
        self.code = max(self.code, code)


@click.command(
    name="inspect",
    help=words(
        "Mostra un documento in una schermata, o spiega un campo o un codice. Legge soltanto.\n\n"
        "FILE: file, cartelle, modelli (*.xml), archivi ZIP, @elenco.txt, - per lo standard input.\n\n"
        "CAMPO: un numero (2.2.1.14), un nome (Natura), un percorso, un codice (TD17, N6.3).",
        "Show a document on one screen, or explain a field or a code. Only reads.\n\n"
        "FILE: files, folders, globs (*.xml), ZIP archives, @list.txt, - for standard input.\n\n"
        "FIELD: a number (2.2.1.14), a name (Natura), a path, a code (TD17, N6.3).",
    ),
    epilog=words(
        examples(
            "inspect fattura.xml",
            "inspect in/ --format json | jq .documents",
            "inspect 2.2.1.14",
            then="Esce con 0 (bene), 2 (uso o campo sconosciuto), 3 (illeggibile), 6 (scrittura).",
        ),
        examples(
            "inspect invoice.xml",
            "inspect in/ --format json | jq .documents",
            "inspect 2.2.1.14",
            then="Exits with 0 (fine), 2 (usage or unknown field), 3 (unreadable), 6 (output).",
        ),
    ),
)
@click.argument("names", nargs=-1, metavar=words("FILE|CAMPO…", "FILE|FIELD…"), type=click.Path(allow_dash=True))
@_options.shape(words("Schermata o dati.", "Screen or data."))
@_options.stdin_name
@_options.output
@_options.common
def command(names: tuple[str, ...], **given: Any) -> int:
    """The verb; its help is above."""
    run = Run(given, limits.from_environment())
    names = names or _standard_input()
    answers = _answers(filter(_is_field, names))
    files = [name for name in names if not _is_field(name)]
    target: str | None = given["target"]
    if target and target != "-" and (target.endswith(("/", os.sep)) or Path(target).is_dir()):
        _write_each(run, files, Path(target))
    else:
        with _io.destination(target, force=given["force"]) as output:
            shape = run.shape(titled=not _is_one_file(files), to_terminal=target in {None, "-"})
            _write(run, shape, answers, _read(run, files), output)
    return run.code


def _answers(names: Iterable[str]) -> list[Answer]:
    """What the words mean; before anything is written, because an unknown one is a usage error."""
    known = list(names)
    if not known:
        return []
    from ..invoice.fields import look_up

    return [look_up(name) for name in known]


def _is_field(word: str) -> bool:
    """A word that no file has, and that does not look like one."""
    if word in {"", "-"} or word.startswith("@") or os.path.lexists(word) or glob.has_magic(word.partition("[")[0]):
        return False
    if word.lower().lstrip("/").split(":")[-1].startswith(("fatturaelettronica", "notifica", "ricevuta")):
        return not _EXTENSION.search(word)
    return not (_EXTENSION.search(word) or word.startswith(("/", "./", "../", "~")) or word.endswith(os.sep))


def _is_one_file(files: list[str]) -> bool:
    """True when the user knows what is on the screen: no folder, list, pattern or archive."""
    return len(files) == 1 and (files[0] == "-" or (Path(files[0]).is_file() and not zipfile.is_zipfile(files[0])))


def _standard_input() -> tuple[str, ...]:
    if sys.stdin is not None and not sys.stdin.isatty():
        return ("-",)
    raise click.UsageError(words("Manca FILE o CAMPO.", "FILE or FIELD is missing."), click.get_current_context())


def _write_each(run: Run, files: list[str], folder: Path) -> None:
    """One output a document: ``<stem>.txt`` or ``<stem>.json`` in ``folder``; a stem met again gets a number."""
    make_folder(folder)
    names, extension = SafeNames(), ".json" if run.given["shape"] == "json" else ".txt"
    for item, found in _read(run, files):
        if not isinstance(found, InputError):
            path = folder / names.output(item.shown, extension)
            with _io.destination(str(path), force=run.given["force"]) as output:
                _write(run, run.shape(titled=False, to_terminal=False), [], [(item, found)], output)


def _write(run: Run, shape: Shape, answers: list[Answer], found: Iterable[Found], output: _io.Output) -> None:
    output.write(shape.begin(answers))
    for item, document in found:
        if isinstance(document, InputError):
            output.write(shape.unreadable(item.shown, document))
        else:
            summary, checks = summarise(document), _checks(document, item, run)
            _warn(document, item, run, output)
            output.write(shape.document(item.shown, item.path or item.shown, summary, checks))
        output.flush()
    output.write(shape.end())


def _warn(document: Document, item: inputs.Input, run: Run, output: _io.Output) -> None:
    """A signature that does not hold is said first: on the screen, or on stderr beside data."""
    from ..signature.warning import warning

    text = warning(document)
    if text is None:
        return
    lang, page = language(run.given["lang"]), run.page(to_terminal=run.given["target"] in {None, "-"})
    if run.given["shape"] == "json":
        _io.message(f"fatturakit: {page.name(item.shown)}: {text.say(lang)}")
    else:
        output.write(page.paint(text.say(lang), "error") + "\n\n")


def _read(run: Run, files: list[str]) -> Iterator[Found]:
    for item in inputs.expand(files, run.limits, stdin_name=run.given["stdin_filename"]):
        if item.archive == "":
            continue
        try:
            found: Document | InputError = _open(item, run)
        except InputError as error:
            run.failed(ExitCode.INPUT)
            _complain(item, error, run)
            found = error
        yield item, found


def _open(item: inputs.Input, run: Run) -> Document:
    if item.archive:
        _refuse_archive(item, run)
    return opened(item, run.limits)


def _refuse_archive(item: inputs.Input, run: Run) -> None:
    from ..batch.run import one
    from ..rules.options import Options

    report = one(item, Options(limits=run.limits))
    for finding in report.findings[-1:] if report else ():
        raise InputError(finding.message, finding, **finding.args)


def _complain(item: inputs.Input, error: InputError, run: Run) -> None:
    if run.given["quiet"]:
        return
    lang = language(run.given["lang"])
    page = run.page(to_terminal=False)
    fix = error.finding.remedy(lang) if error.finding else ""
    _io.message(f"fatturakit: {page.name(item.shown)}: {page.value(error.say(lang))} {page.value(fix)}".rstrip())


def _checks(document: Document, item: inputs.Input, run: Run) -> Checks | None:
    """How many findings ``validate`` would show; None when a control failed, which is for ``validate`` to say."""
    from ..batch.judge import verifier
    from ..findings import Severity
    from ..rules.engine import judge_source
    from ..rules.options import Options

    try:
        report = judge_source(document, Options(limits=run.limits, signatures=verifier()), name=item.shown)
    except Exception:
        if os.environ.get("FATTURAKIT_DEBUG"):
            raise
        return None
    return Checks(report.count(Severity.ERROR), report.count(Severity.WARNING))
