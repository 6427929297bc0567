"""``fatturakit archive draft``: invoices before they are sent."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

import click

from ...archive.archive import Archive
from ...archive.drafts import Draft
from ...errors import ExitCode, UsageError
from ...limits import from_environment
from ...remote.providers import provider
from ...sources import from_path_bytes
from ...texts import Text, language
from .. import _io, _options, _remote_place
from .._language import examples, words
from . import _common


@click.group(
    name="draft",
    help=words(
        "Le bozze: XML o JSON, anche incomplete; solo una bozza si cambia o parte.",
        "Drafts: XML or JSON, complete or not; only a draft changes or goes.",
    ),
    epilog=examples(
        "archive draft create invoice.json",
        "archive draft list",
        "archive draft send 6f1d6c52-0d0a-4c6e-9a57-0c4a4f4f9a10 -o outbox/",
    ),
)
def command() -> None:
    """The group; its help is above."""


def _bytes(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == "-" else from_path_bytes(name, from_environment())


@command.command(
    name="create",
    help=words("Crea una bozza e ne dice l'identità.", "Create a draft; say its identity."),
    epilog=examples(
        "archive draft create invoice.json",
        "archive draft create invoice.xml --name IT01234567890_0000A.xml",
        "new invoice.yaml | fatturakit archive draft create -",
    ),
)
@click.argument("file", type=_options.PATH)
@click.option("--name", default="", help=words("Nome del file da inviare.", "Name of the file to send."))
@_common.options
def create(file: str, **given: Any) -> int:
    """A new draft of a file."""
    with _common.opened(given, create=True) as archive:
        _common.say(str(archive.drafts.create(_bytes(file), name=given["name"])))
    return ExitCode.OK


@command.command(
    name="list",
    help=words("Elenca le bozze.", "List the drafts."),
    epilog=examples("archive draft list", "archive draft list --archive archive.db", "archive draft list | cut -f1,2"),
)
@_common.options
def listed(**given: Any) -> int:
    """The drafts, oldest first."""
    with _common.opened(given) as archive:
        for draft in archive.drafts:
            _common.say("\t".join(_facts(draft)))
    return ExitCode.OK


def _facts(draft: Draft) -> tuple[str, ...]:
    size = f"{len(draft.data)} byte"
    return str(draft.uuid), draft.state, draft.created_at[:19], "JSON" if draft.is_json else "XML", size, draft.name


@command.command(
    name="show",
    help=words("I byte di una bozza.", "The bytes of a draft."),
    epilog=examples(
        "archive draft show 6f1d6c52-0d0a-4c6e-9a57-0c4a4f4f9a10",
        "archive draft show 6f1d6c52-0d0a-4c6e-9a57-0c4a4f4f9a10 -o draft.json",
        "archive draft show 6f1d6c52-0d0a-4c6e-9a57-0c4a4f4f9a10 | fatturakit validate -",
    ),
)
@click.argument("uuid")
@_options.output
@_common.options
def show(uuid: str, **given: Any) -> int:
    """A draft as it was given."""
    with _common.opened(given) as archive:
        _io.write_bytes(given["target"], archive.drafts.get(uuid).data, force=given["force"])
    return ExitCode.OK


@command.command(
    name="update",
    help=words("Sostituisce una bozza.", "Replace a draft."),
    epilog=examples(
        "archive draft update 6f1d6c52-0d0a-4c6e-9a57-0c4a4f4f9a10 invoice.json",
        "archive draft update 6f1d6c52-0d0a-4c6e-9a57-0c4a4f4f9a10 - < invoice.xml",
        "archive draft update 6f1d6c52-0d0a-4c6e-9a57-0c4a4f4f9a10 invoice.xml --archive archive.db",
    ),
)
@click.argument("uuid")
@click.argument("file", type=_options.PATH)
@_common.options
def update(uuid: str, file: str, **given: Any) -> int:
    """All of a draft anew."""
    with _common.opened(given) as archive:
        archive.drafts.update(uuid, _bytes(file))
    return ExitCode.OK


@command.command(
    name="delete",
    help=words("Cancella una bozza.", "Delete a draft."),
    epilog=_common.usual("archive draft delete 6f1d6c52-0d0a-4c6e-9a57-0c4a4f4f9a10"),
)
@click.argument("uuid")
@_common.options
def delete(uuid: str, **given: Any) -> int:
    """A draft gone."""
    with _common.opened(given) as archive:
        archive.drafts.delete(uuid)
    return ExitCode.OK


@command.command(
    name="release",
    help=words(
        "Riporta a bozza ciò il cui invio si è interrotto, quando è certo che non è partito.",
        "Make a draft again of what was interrupted while being sent, once it is sure that it did not go.",
    ),
    epilog=_common.usual("archive draft release 6f1d6c52-0d0a-4c6e-9a57-0c4a4f4f9a10"),
)
@click.argument("uuid")
@_common.options
def release(uuid: str, **given: Any) -> int:
    """A draft again."""
    with _common.opened(given) as archive:
        archive.drafts.release(uuid)
    return ExitCode.OK


@command.command(
    name="send",
    help=words(
        "Controlla una bozza come SdI e la consegna in una cartella (-o) o a un servizio (--via); esce con 1 se SdI la "
        "scarterebbe. Le credenziali del servizio sono quelle di «fatturakit remote».",
        "Check a draft as SdI would and put it into a folder (-o) or give it to a service (--via); exits with 1 when "
        "SdI would reject it. The credentials of the service are those of “fatturakit remote”.",
    ),
    epilog=_common.usual("archive draft send 6f1d6c52-0d0a-4c6e-9a57-0c4a4f4f9a10 -o outbox/"),
)
@click.argument("uuid")
@click.option(
    "-o",
    "--output",
    "target",
    metavar="DIR",
    help=words("La cartella da cui si trasmette.", "The folder that is transmitted from."),
)
@click.option(
    "--via",
    type=click.Choice(_remote_place.senders()),
    help=words("Il servizio che trasmette.", "The service that sends it."),
)
@_remote_place.options
@_common.options
def send(uuid: str, **given: Any) -> int:
    """Checked, handed over, kept."""
    if (given["target"] is None) is (given["via"] is None):
        raise UsageError(_WHERE)
    with _common.opened(given) as archive:
        sent = _via(archive, uuid, given) if given["via"] else archive.drafts.send(uuid, given["target"])
        if sent is None:
            return ExitCode.OK
        entry = archive.get(sent.document or 0).entry
    _common.say(str(Path(given["target"]) / entry.name) if given["target"] else entry.name)
    if not given["quiet"]:
        _io.message(_SENT.say(language(given["lang"]), {"id": entry.id}))
    return ExitCode.OK


def _via(archive: Archive, uuid: str, given: dict[str, Any]) -> Draft | None:
    """Given to a service; None when it was only to be shown."""
    from ...remote.feeding import filling, send_draft
    from .._remote_run import opened

    with opened(provider(given["via"]), given) as remote:
        if not given["dry_run"]:
            return send_draft(archive, uuid, remote)
        remote.send(archive.drafts.document(uuid, fill=filling(archive, uuid)), check=False)
    return None


_SENT: Final = Text("Ora è il documento {id} dell'archivio.", "It is document {id} of the archive now.")
_WHERE: Final = Text(
    "A chi va la bozza? -o CARTELLA oppure --via SERVIZIO.", "Who gets the draft? -o FOLDER or --via SERVICE."
)
