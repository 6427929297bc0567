"""``fatturakit archive add``: whatever arrives, taken in once."""

from __future__ import annotations

from typing import Any, Final

import click

from ... import limits
from ...archive.archive import Archive
from ...archive.ingest import Added
from ...batch import inputs
from ...errors import ExitCode
from ...report import Tally
from ...texts import Text, language
from .. import _io, _options
from .._language import examples, words
from .._progress import Progress
from . import _common


@click.command(
    name="add",
    help=words(
        "Aggiunge fatture e messaggi di SdI: file, cartelle, ZIP, e-mail, P7M, @elenco.txt, indirizzi (s3://…), "
        "annidati come sono. Si può interrompere e ripetere, senza --resume: il già fatto è già nell'archivio, niente "
        "si perde e niente si raddoppia.",
        "Add invoices and messages of SdI: files, folders, globs, ZIPs, e-mails, P7M, @list.txt, addresses (s3://…), "
        "nested as they are. It may be interrupted and repeated, without --resume: what was done is in the archive, "
        "nothing is lost and nothing is doubled.",
    ),
    epilog=examples(
        "archive add in/",
        "archive add mail/*.eml 2026.zip",
        "archive add @list.txt --archive archive.db",
        then=words(
            "Esce con 0 (bene), 2 (uso), 3 (qualcosa non si può aprire), 6 (scrittura).",
            "Exits with 0 (fine), 2 (usage), 3 (something cannot be opened), 6 (output).",
        ),
    ),
)
@click.argument("names", nargs=-1, required=True, metavar="FILE…", type=_options.PATH)
@click.option("--stdin-filename", metavar="NAME", default="", help=words("Nome di stdin.", "Name of standard input."))
@_options.many
@_common.options
def command(names: tuple[str, ...], **given: Any) -> int:
    """The verb; its help is above."""
    lang = language(given["lang"])
    known = limits.from_environment()
    tally = Tally()
    with (
        _common.opened(given, create=True) as archive,
        Progress(given["progress"], quiet=given["quiet"]) as progress,
    ):
        items = inputs.expand(names, known, stdin_name=given["stdin_filename"])
        added = archive.add_inputs(items, step=lambda _: progress.step(tally), jobs=given["jobs"])
        for shown, error in added.refused:
            _io.message(f"fatturakit: {shown}: {error.say(lang)}")
        if not given["quiet"]:
            _tell(archive, added, lang)
    return ExitCode.INPUT if added.refused else ExitCode.OK


def _tell(archive: Archive, added: Added, lang: Any) -> None:
    counts = {"documents": added.documents, "messages": added.messages, "known": added.known}
    _io.message(_SUM.say(lang, {**counts, "refused": len(added.refused)}))
    if added.mended:
        _io.message(_MENDED.say(lang, {"count": added.mended}))
    strangers = archive.count(type="unknown") if added.documents else 0
    if strangers:
        _io.message((_STRANGERS if archive.companies else _NOBODY).say(lang, {"count": strangers}))
    unmatched = sum(1 for _ in archive.notices(unmatched=True)) if added.messages else 0
    if unmatched:
        _io.message(_UNMATCHED.say(lang, {"count": unmatched}))


_SUM: Final = Text(
    "Documenti nuovi: {documents}, messaggi nuovi: {messages}. Già presenti: {known}. Non letti: {refused}.",
    "New documents: {documents}, new messages: {messages}. There already: {known}. Not read: {refused}.",
)
_MENDED: Final = Text("Danneggiati e ora ripristinati: {count}.", "Damaged and now mended: {count}.")
_STRANGERS: Final = Text(
    "Documenti che non sono di nessuna delle proprie aziende: {count} («fatturakit archive list --type unknown»).",
    "Documents of none of our companies: {count} (“fatturakit archive list --type unknown”).",
)
_NOBODY: Final = Text(
    "Per sapere che cosa è emesso e che cosa ricevuto, dichiara le tue aziende: "
    "«fatturakit archive company add IT01234567890».",
    "To know what is sent and what received, declare your companies: “fatturakit archive company add IT01234567890”.",
)
_UNMATCHED: Final = Text(
    "Messaggi in attesa della loro fattura: {count}.", "Messages waiting for their invoice: {count}."
)
