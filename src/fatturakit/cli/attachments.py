"""``fatturakit attachments``: what is attached to invoices, listed or written to a folder under safe names."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

import click

from .. import limits
from ..batch import envelopes
from ..batch.seals import Seal, sealed
from ..envelope.safenames import SafeNames
from ..errors import ExitCode, InputError
from ..invoice.attachments import Attachment
from ..report import attached as shapes
from ..texts import Text, language
from . import _answers, _io, _options, _sources
from ._language import examples, words
from ._places import Places

Found = envelopes.Answer[tuple[Attachment, ...]]


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
@click.argument("names", nargs=-1, metavar="FILE…", type=_options.PATH)
@_options.shape(words("Elenco o dati.", "List or data."))
@click.option(
    "--unpack/--no-unpack",
    default=True,
    show_default=True,
    help=words("Apre gli allegati compressi.", "Open compressed attachments."),
)
@_options.stdin_name
@_options.resumable
@_options.output
@_options.common
def command(names: tuple[str, ...], **given: Any) -> int:
    """The verb; its help is above."""
    outcome, sheet = _answers.Outcome(), _sources.page(given)
    shape = shapes.AsJson(sheet.lang) if given["shape"] == "json" else shapes.AsText(sheet)
    task = envelopes.extracting(limits.from_environment(), unpack=given["unpack"])
    about = {"verb": "attachments", "--unpack": given["unpack"]}
    _check_folder(given)
    with (
        _io.destination(None, force=False) as output,
        _answers.answered(names, task, given, outcome, about) as work,
    ):
        places = Places(given["target"], work.state, force=given["force"]) if given["target"] else None

        def say(answer: Found) -> str:
            shown, found = answer.item.shown, answer.result
            if isinstance(found, InputError):
                return shape.unreadable(shown, found)
            _warned(answer, given)
            outcome.ended(_said(shown, found, given))
            return shape.document(shown, list(_rows(found, answer.seals, places)))

        interrupted = _answers.written(work.found, say, output, shape.begin())
        output.write(shape.end())
    return ExitCode.INTERRUPTED if interrupted else outcome.code


def _rows(found: tuple[Attachment, ...], seals: tuple[Seal, ...], places: Places | None) -> Iterator[shapes.Row]:
    """Every attachment, with the path it has when it is written."""
    for number, each in enumerate(found):
        if each.content is None:
            yield shapes.Row(each, None, None)
            continue
        path = places.put(each.content, partial(_name, each, number + 1)) if places else None
        yield shapes.Row(each, path, seals[number] if seals else sealed(each.content))


def _name(attachment: Attachment, number: int, names: SafeNames) -> str:
    wanted = attachment.name.rpartition("!")[2]
    return names.give(wanted, f"allegato-{attachment.body}-{number}", attachment.ending)


def _warned(answer: Found, given: dict[str, Any]) -> None:
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


def _check_folder(given: dict[str, Any]) -> None:
    target = given["target"]
    if target and (target == "-" or os.path.isfile(target)):  # noqa: PTH113 - it may be an address
        raise click.UsageError(_NOT_A_FOLDER.say(language(given["lang"])), click.get_current_context())


_NOT_A_FOLDER: Final = Text("Con -o serve una cartella.", "-o needs a folder.")
