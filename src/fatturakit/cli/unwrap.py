"""``fatturakit unwrap``: the document inside whatever is around it, byte for byte."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

import click

from .. import limits
from ..batch import inputs
from ..envelope.kinds import kind_of
from ..envelope.names import split
from ..envelope.safenames import SafeNames
from ..envelope.unwrap import Unwrapped, unwrap
from ..errors import ExitCode, InputError
from ..report import unwrapped as shapes
from ..texts import Text, language
from ..writing import make_folder
from . import _io, _options, _sources
from ._language import examples, words

Found = tuple[inputs.Input, Unwrapped | InputError]


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
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help=words("Documento e catena, o dati.", "Document and chain, or data."),
)
@click.option(
    "--strict",
    is_flag=True,
    help=words(
        "Rifiuta ciò che è recuperato da buste danneggiate.", "Refuse what is recovered from damaged envelopes."
    ),
)
@click.option(
    "--stdin-filename",
    metavar="NAME",
    default="",
    help=words("Nome del file che arriva su stdin.", "Name of the file on stdin."),
)
@_options.output
@_options.common
def command(names: tuple[str, ...], **given: Any) -> int:
    """The verb; its help is above."""
    found = _unwrapped(names, given)
    first = list(islice(found, 2))
    everything = chain(first, found)
    if given["shape"] == "json":
        return _as_json(everything, given)
    if len(first) < 2 and not _sources.is_folder(given["target"]):
        return _single(first, given)
    return _table(everything, given)


def _unwrapped(names: tuple[str, ...], given: dict[str, Any]) -> Iterator[Found]:
    known = limits.from_environment()
    for item, data in _sources.read(names, known, given["stdin_filename"]):
        try:
            if isinstance(data, InputError):
                raise data
            result = unwrap(data, item.name, limits=known, strict=given["strict"])
            _warn(item, result, given)
            yield item, result
        except InputError as error:
            yield item, error


def _warn(item: inputs.Input, result: Unwrapped, given: dict[str, Any]) -> None:
    """A content that is not what was signed is said before it is handed out."""
    from ..signature.warning import warning

    text = None if given["quiet"] else warning(result)
    if text is not None:
        sheet = _sources.page(given, stream=sys.stderr)
        _io.message(f"fatturakit: {sheet.name(item.shown)}: {sheet.words(text)}")


def _single(found: list[Found], given: dict[str, Any]) -> int:
    for item, result in found:
        if isinstance(result, InputError):
            _sources.complain(item.shown, result, given)
            return ExitCode.INPUT
        _io.write_bytes(given["target"], result.content, force=given["force"])
        _tell(item, result, given)
    return ExitCode.OK


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


def _table(found: Iterator[Found], given: dict[str, Any]) -> int:
    """Every input in a row: on stdout, or on stderr when the documents themselves are written."""
    writer, lang = _Writer(given), language(given["lang"])
    rows: list[shapes.Row] = []
    for item, result in found:
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
    return ExitCode.INPUT if any(row.refused for row in rows) else ExitCode.OK


def _as_json(found: Iterator[Found], given: dict[str, Any]) -> int:
    """The data on stdout; the documents into the folder or file of ``-o``."""
    lang, refused = language(given["lang"]), False
    writer = _Writer(given) if _sources.is_folder(given["target"]) else None
    with _io.destination(None, force=False) as output:
        output.write(shapes.BEGIN)
        for number, (item, result) in enumerate(found, 1):
            path = None
            if isinstance(result, InputError):
                refused = True
                _sources.complain(item.shown, result, given)
            else:
                path = writer.write(item, result) if writer else _to_file(result, given, number)
            output.write(("," if number > 1 else "") + "\n  ")
            output.write(shapes.entry(item.shown, item.containers, result, path, lang))
        output.write(shapes.END)
    return ExitCode.INPUT if refused else ExitCode.OK


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
