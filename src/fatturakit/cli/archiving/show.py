"""``fatturakit archive show``: one document with its state, its messages and everything it says."""

from __future__ import annotations

from collections import Counter
from typing import Any

import click

from ...archive.lookup import Found, message_data
from ...archive.records import as_dict
from ...batch.judge import validate
from ...document import Document
from ...envelope.safenames import SafeNames
from ...errors import ExitCode
from ...findings import Severity
from ...invoice.attachments import attachments
from ...invoice.summary import summarise, to_dict
from ...report import archived
from ...report._encode import encode
from ...report.screen import Checks
from ...report.screen_shapes import AsText
from ...writing import make_folder
from .. import _io, _options, _sources
from .._language import examples, words
from . import _common


@click.command(
    name="show",
    help=words(
        "Mostra un documento: verso, stato, che cosa fare ed entro quando, i messaggi di SdI, poi il contenuto.\n\n"
        "ID: numero, UUID, nome del file, IdentificativoSdI, SHA-256.\n\n"
        "--raw dà i byte come sono arrivati; --attachments scrive gli allegati nella cartella di -o.",
        "Show a document: side, state, what to do and until when, the messages of SdI, then its content.\n\n"
        "ID: number, UUID, file name, IdentificativoSdI, SHA-256.\n\n"
        "--raw gives the bytes as they arrived; --attachments writes the attachments into the folder of -o.",
    ),
    epilog=words(
        examples(
            "archive show 12",
            "archive show IT01234567890_00001.xml --raw -o fattura.xml",
            "archive show 12 --attachments -o allegati/",
        ),
        examples(
            "archive show 12",
            "archive show IT01234567890_00001.xml --raw -o invoice.xml",
            "archive show 12 --attachments -o attached/",
        ),
    ),
)
@click.argument("key", metavar="ID")
@click.option("--raw", is_flag=True, help=words("I byte come sono arrivati.", "The bytes as they arrived."))
@click.option("--attachments", "attached", is_flag=True, help=words("Scrive gli allegati.", "Write the attachments."))
@click.option("--messages", is_flag=True, help=words("Scrive i messaggi di SdI.", "Write the messages of SdI."))
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", help=words("Forma.", "Shape."))
@_options.output
@_common.options
def command(key: str, **given: Any) -> int:
    """The verb; its help is above."""
    with _common.opened(given) as archive:
        found = archive.get(key)
        if given["raw"]:
            _io.write_bytes(given["target"], found.data, force=given["force"])
        elif given["attached"] or given["messages"]:
            _files(found, given)
        else:
            _screen(found, given)
    return ExitCode.OK


def _screen(found: Found, given: dict[str, Any]) -> None:
    document = found.document()
    with _io.destination(given["target"], force=given["force"]) as output:
        if given["shape"] == "json":
            output.write(encode(_data(found)) + "\n")
            return
        page = _sources.page(given)
        for entry in found.entries:
            for line in page.finished(archived.timeline(page, entry, found.notices, found.told)):
                output.write(line + "\n")
            output.write("\n")
        name = found.entry.name
        output.write(AsText(page, titled=False).document(name, name, summarise(document), _checks(document, name)))


def _checks(document: Document, name: str) -> Checks:
    tally = Counter(finding.severity for finding in validate(document, name=name).findings)
    return Checks(tally[Severity.ERROR], tally[Severity.WARNING])


def _data(found: Found) -> dict[str, object]:
    return {
        "schema": "fatturakit/archive-document@1",
        "entries": [as_dict(entry) for entry in found.entries],
        "files": [file._asdict() for file in found.files],
        "messages": [archived.notice_dict(notice) for notice in found.notices],
        "told": [each._asdict() for each in found.told],
        "summary": to_dict(summarise(found.document())),
    }


def _files(found: Found, given: dict[str, Any]) -> None:
    """Attachments and messages under safe names in the folder of -o, each path said."""
    folder, names = make_folder(given["target"] or "."), SafeNames()
    pieces = []
    if given["attached"]:
        pieces = [
            (each.name.rpartition("!")[2], each.ending, each.content)
            for each in attachments(found.document())
            if each.content is not None
        ]
    if given["messages"]:
        pieces += [(notice.name, ".xml", message_data(found.store, notice.id)) for notice in found.notices]
    for number, (name, ending, data) in enumerate(pieces, 1):
        path = folder / names.give(name, f"allegato-{number}", ending)
        _io.write_bytes(str(path), data, force=given["force"])
        _common.say(str(path))
