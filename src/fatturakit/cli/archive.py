"""``fatturakit archive``: documents and messages of SdI kept, found, marked and explained."""

from __future__ import annotations

from typing import Final

import click

from ._group import LazyGroup
from ._language import examples, words

VERBS: Final = {
    "add": words(
        "Aggiunge file, cartelle, ZIP, e-mail; ciò che c'è già resta uno.",
        "Add files, folders, ZIPs, e-mails; what is there stays one.",
    ),
    "company": words("Quali aziende sono le proprie.", "Which companies are ours."),
    "list": words("Cerca e filtra i documenti.", "Search and filter documents."),
    "show": words("Un documento, il suo stato e i suoi messaggi.", "One document, its state and its messages."),
    "report": words("Un periodo in cifre.", "A period in figures."),
    "draft": words("Bozze: creare, cambiare, inviare.", "Drafts: create, change, send."),
    "mark": words("Scaricato, letto, archiviato.", "Downloaded, read, dealt with."),
    "preserve": words("Un pacchetto per il conservatore.", "A package for a preservation service."),
    "check": words("Rilegge tutto e confronta le impronte.", "Read everything again and compare the digests."),
}


class Verbs(LazyGroup):
    """The verbs of the archive."""

    verbs = VERBS
    home = ".archiving.{}"


@click.group(
    cls=Verbs,
    name="archive",
    help=words(
        "L'archivio: fatture e messaggi di SdI in un file (SQLite) o in PostgreSQL, per sempre e senza doppioni.",
        "The archive: invoices and messages of SdI in one file (SQLite) or in PostgreSQL, for good, each once.",
    ),
    epilog=words(
        examples(
            "archive company add IT01234567890",
            "archive add fatture/",
            "archive list --type sent --marking rejected",
            "archive show 12",
        ),
        examples(
            "archive company add IT01234567890",
            "archive add invoices/",
            "archive list --type sent --marking rejected",
            "archive show 12",
        ),
    ),
)
def command() -> None:
    """The group; its help is above."""
