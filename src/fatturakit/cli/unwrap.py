"""``fatturakit unwrap``: the document inside whatever is around it, byte for byte."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from itertools import chain, count, islice
from pathlib import Path
from typing import Any, Final

import click

from .. import limits
from ..batch import envelopes, inputs
from ..envelope.kinds import kind_of
from ..envelope.names import split
from ..envelope.safenames import SafeNames
from ..envelope.unwrap import Unwrapped
from ..errors import ExitCode, InputError
from ..report import unwrapped as shapes
from ..texts import Text, language
from ..writing import make_folder
from . import _answers, _io, _options, _sources
from ._language import examples, words

Found = Iterator[envelopes.Answer[Unwrapped]]


@click.command(
    name="unwrap",
    help=words(
        "Estrae il documento da buste firmate (P7M), base64, PEM, S/MIME, messaggi di posta (PEC) e ZIP, anche uno "
        "dentro l'altro, senza cambiarne un byte. La firma non viene giudicata: per quella c'è verify.\n\n"
        "FILE: file, cartelle, modelli, archivi ZIP, @elenco.txt, - per lo standard input. Un documento va su stdout; "
        "di più documenti si mostra la tabella, e -o CARTELLA/ li scrive.",
        "Take the document out of signed envelopes (P7M), base64, PEM, S/MIME, e-mail (PEC) and ZIP, also one inside "
        "another, without changing a byte. The signature is not judged: that is for verify.\n\n"
        "FILE: files, folders, globs, ZIP archives, @list.txt, - for standard input. One document goes to stdout; of "
        "several the table is shown, and -o FOLDER/ writes them.",
    ),
    epilog=words(
        examples(
            "unwrap IT01234567890_00001.xml.p7m -o fattura.xml",
            "unwrap posta/ -o xml/",
            "unwrap messaggio.eml | fatturakit validate -",
            then="Esce con 0 (bene), 2 (uso), 3 (almeno uno rifiutato), 6 (scrittura).",
        ),
        examples(
            "unwrap IT01234567890_00001.xml.p7m -o invoice.xml",
            "unwrap mail/ -o xml/",
            "unwrap message.eml | fatturakit validate -",
            then="Exits with 0 (fine), 2 (usage), 3 (at least one refused), 6 (output).",
        ),
    ),
)
@click.argument("names", nargs=-1, metavar="FILE…", type=click.Path(allow_dash=True))
@_options.shape(words("Documento e catena, o dati.", "Document and chain, or data."))
@click.option(
    "--strict",
    is_flag=True,
    help=words(
        "Rifiuta ciò che è recuperato da buste danneggiate.", "Refuse what is recovered from damaged envelopes."
    ),
)
@_options.stdin_name
@_options.many
@_options.output
@_options.common
def command(names: tuple[str, ...], **given: Any) -> int:
    """The verb; its help is above."""
    known, outcome = limits.from_environment(), _answers.Outcome()
    work = envelopes.unwrapping(known, strict=given["strict"], warn=not given["quiet"])
    with _answers.answered(names, work, known, given, outcome) as answers:
        found = _warned(answers, given)
        first = list(islice(found, 2))
        everything = chain(first, found)
        if given["shape"] == "json":
            interrupted = _as_json(everything, given)
        elif len(first) < 2 and not _sources.is_folder(given["target"]):
            interrupted = _single(first, given)
        else:
            interrupted = _table(everything, given)
    return ExitCode.INTERRUPTED if interrupted else outcome.code


def _warned(found: Found, given: dict[str, Any]) -> Found:
    """A content that is not what was signed is said before it is handed out."""
    sheet = _sources.page(given, stream=sys.stderr)
    for answer in found:
        if answer.warning is not None:
            _io.message(f"fatturakit: {sheet.name(answer.item.shown)}: {sheet.words(answer.warning)}")
        yield answer


def _single(found: list[envelopes.Answer[Unwrapped]], given: dict[str, Any]) -> bool:
    for item, result, *_ in found:
        if not isinstance(result, InputError):
            _io.write_bytes(given["target"], result.content, force=given["force"])
            _tell(item, result, given)
    return False


def _tell(item: inputs.Input, result: Unwrapped, given: dict[str, Any]) -> None:
    if given["quiet"]:
        return
    lang = language(given["lang"])
    sheet = _sources.page(given, stream=sys.stderr)
    _io.message(f"{sheet.name(item.shown)}: {sheet.value(shapes.chain(item.containers, result, lang))}")
    for warning in shapes.warnings(result, lang):
        _io.message(f"fatturakit: {sheet.name(item.shown)}: {sheet.value(warning)}")


class _Writer:
    """The files of one call: ``<stem>.xml`` in the folder of ``-o``; nothing without one."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.force = bool(given["force"])
        self.names = SafeNames()
        target = given["target"]
        self.folder = Path(target) if target and target != "-" else None
        if self.folder and self.folder.is_file():
            raise click.UsageError(_NOT_A_FOLDER.say(language(given["lang"])), click.get_current_context())

    def write(self, item: inputs.Input, result: Unwrapped) -> str | None:
        """Write the content; the path it has now."""
        if self.folder is None:
            return None
        make_folder(self.folder)
        stem, _ = split(os.path.basename(result.name or item.name))  # noqa: PTH119
        ending = ".xml" if result.layers[-1:] == ("xml",) else kind_of(result.content).ending
        path = self.folder / (self.names.give((stem or "stdin") + ending, "stdin" + ending))
        _io.write_bytes(str(path), result.content, force=self.force)
        return str(path)


def _table(found: Found, given: dict[str, Any]) -> bool:
    """Every input in a row: on stdout, or on stderr when the documents themselves are written."""
    writer, lang = _Writer(given), language(given["lang"])
    rows: list[shapes.Row] = []
    for item, result, *_ in found:
        if not isinstance(result, InputError):
            writer.write(item, result)
        rows.append(shapes.row(item.shown, item.containers, result, lang))
    sheet = _sources.page(given, stream=sys.stderr if writer.folder else sys.stdout)
    lines = sheet.finished(shapes.table(rows, sheet, lang))
    if writer.folder is None:
        with _io.destination(None, force=False) as output:
            output.write("".join(f"{line}\n" for line in lines))
    elif not given["quiet"]:
        for line in lines:
            _io.message(line, painted=True)
    return False


def _as_json(found: Found, given: dict[str, Any]) -> bool:
    """The data on stdout; the documents into the folder or file of ``-o``."""
    lang, numbers = language(given["lang"]), count(1)
    writer = _Writer(given) if _sources.is_folder(given["target"]) else None

    def say(answer: envelopes.Answer[Unwrapped]) -> str:
        item, result, number, path = answer.item, answer.result, next(numbers), None
        if not isinstance(result, InputError):
            path = writer.write(item, result) if writer else _to_file(result, given, number)
        before = ",\n  " if number > 1 else "\n  "
        return before + shapes.entry(item.shown, item.containers, result, path, lang)

    with _io.destination(None, force=False) as output:
        interrupted = _answers.written(found, say, output, shapes.BEGIN)
        output.write(shapes.END)
    return interrupted


def _to_file(result: Unwrapped, given: dict[str, Any], number: int) -> str | None:
    target: str | None = given["target"]
    if target in {None, "-"}:
        return None
    if number > 1:
        raise click.UsageError(_NOT_A_FOLDER.say(language(given["lang"])), click.get_current_context())
    _io.write_bytes(target, result.content, force=given["force"])
    return target


_NOT_A_FOLDER: Final = Text(
    "I documenti sono più di uno: con -o serve una cartella (-o CARTELLA/).",
    "There are several documents: -o needs a folder (-o FOLDER/).",
)
