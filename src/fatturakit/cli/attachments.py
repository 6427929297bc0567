"""``fatturakit attachments``: what is attached to invoices, listed or written to a folder under safe names."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

import click

from .. import limits
from ..batch import envelopes
from ..envelope.safenames import SafeNames
from ..errors import ExitCode, InputError
from ..invoice.attachments import Attachment
from ..report import attached as shapes
from ..texts import Text, language
from ..writing import make_folder
from . import _answers, _io, _options, _sources
from ._language import examples, words


@click.command(
    name="attachments",
    help=words(
        "Elenca gli allegati delle fatture: nome, tipo riconosciuto dai byte, dimensione; i programmi sono segnalati. "
        "Con -o CARTELLA/ li scrive, con nomi sicuri; quelli compressi vengono aperti.\n\n"
        "FILE: file, cartelle, modelli, archivi ZIP, @elenco.txt, - per lo standard input.",
        "List the attachments of invoices: name, type by its bytes, size; programs are flagged. With -o FOLDER/ they "
        "are written, under safe names; compressed ones are opened.\n\n"
        "FILE: files, folders, globs, ZIP archives, @list.txt, - for standard input.",
    ),
    epilog=words(
        examples(
            "attachments fattura.xml.p7m",
            "attachments fatture/ -o allegati/",
            "attachments in/ --format json | jq .",
            then="Esce con 0 (bene), 1 (un allegato non si può estrarre), 2 (uso), 3 (illeggibile), 6 (scrittura).",
        ),
        examples(
            "attachments invoice.xml.p7m",
            "attachments invoices/ -o attached/",
            "attachments in/ --format json | jq .",
            then="Exits with 0 (fine), 1 (an attachment cannot be extracted), 2 (usage), 3 (unreadable), 6 (output).",
        ),
    ),
)
@click.argument("names", nargs=-1, metavar="FILE…", type=click.Path(allow_dash=True))
@_options.shape(words("Elenco o dati.", "List or data."))
@click.option(
    "--unpack/--no-unpack",
    default=True,
    show_default=True,
    help=words("Apre gli allegati compressi.", "Open compressed attachments."),
)
@click.option(
    "--stdin-filename",
    metavar="NAME",
    default="",
    help=words("Nome del file che arriva su stdin.", "Name of the file on stdin."),
)
@_options.many
@_options.output
@_options.common
def command(names: tuple[str, ...], **given: Any) -> int:
    """The verb; its help is above."""
    writer, known, outcome = _Writer(given), limits.from_environment(), _answers.Outcome()
    sheet = _sources.page(given)
    shape = shapes.AsJson(sheet.lang) if given["shape"] == "json" else shapes.AsText(sheet)

    def say(answer: envelopes.Answer[tuple[Attachment, ...]]) -> str:
        shown, found = answer.item.shown, answer.result
        if isinstance(found, InputError):
            return shape.unreadable(shown, found)
        _warned(answer, given)
        rows = [shapes.Row(each, writer.write(each, number)) for number, each in enumerate(found, 1)]
        outcome.ended(_said(shown, found, given))
        return shape.document(shown, rows)

    work = envelopes.extracting(known, unpack=given["unpack"])
    with (
        _io.destination(None, force=False) as output,
        _answers.answered(names, work, known, given, outcome) as found,
    ):
        interrupted = _answers.written(found, say, output, shape.begin())
        output.write(shape.end())
    return ExitCode.INTERRUPTED if interrupted else outcome.code


def _warned(answer: envelopes.Answer[tuple[Attachment, ...]], given: dict[str, Any]) -> None:
    """That the document they come from is not what was signed, before they are handed out."""
    if answer.warning is not None and not given["quiet"]:
        sheet = _sources.page(given, stream=sys.stderr)
        _io.message(f"fatturakit: {sheet.name(answer.item.shown)}: {sheet.words(answer.warning)}")


def _said(shown: str, found: tuple[Attachment, ...], given: dict[str, Any]) -> ExitCode:
    """The findings on stderr; the exit code they amount to."""
    lang = language(given["lang"])
    sheet = _sources.page(given, stream=sys.stderr)
    troubles = [each.finding for each in found if each.finding]
    for finding in troubles if not given["quiet"] else ():
        words_ = sheet.value(f"{finding.say(lang)} {finding.remedy(lang)}")
        _io.message(f"fatturakit: {sheet.name(shown)}: {words_}")
    return ExitCode.FINDINGS if troubles else ExitCode.OK


class _Writer:
    """The files of one call, all in the folder of ``-o``; nothing without one."""

    def __init__(self, given: dict[str, Any]) -> None:
        target = given["target"]
        self.force = bool(given["force"])
        self.folder = Path(target) if target else None
        self.names = SafeNames()
        if target == "-" or (self.folder and self.folder.is_file()):
            raise click.UsageError(_NOT_A_FOLDER.say(language(given["lang"])), click.get_current_context())

    def write(self, attachment: Attachment, number: int) -> str | None:
        """Write one attachment; the path it has now, None when it was not written."""
        if self.folder is None or attachment.content is None:
            return None
        make_folder(self.folder)
        wanted = attachment.name.rpartition("!")[2]
        path = self.folder / self.names.give(wanted, f"allegato-{attachment.body}-{number}", attachment.ending)
        _io.write_bytes(str(path), attachment.content, force=self.force)
        return str(path)


_NOT_A_FOLDER: Final = Text("Con -o serve una cartella.", "-o needs a folder.")
