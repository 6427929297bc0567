"""``fatturakit archive check``: is every byte still what it was?"""

from __future__ import annotations

from typing import Any, Final

import click

from ...errors import ExitCode
from ...texts import Text, language
from .. import _io
from .._language import examples, words
from . import _common


@click.command(
    name="check",
    help=words(
        "Rilegge tutto l'archivio: la base dati è intera e ogni file ha ancora la sua SHA-256?",
        "Read the whole archive again: is the database whole, and has every file still its SHA-256?",
    ),
    epilog=examples(
        "archive check",
        "archive check --archive archive.db",
        "archive check --archive postgresql:///invoices",
        then=words("Esce con 0 (intero), 1 (danni, elencati).", "Exits with 0 (whole), 1 (damage, listed)."),
    ),
)
@_common.options
def command(**given: Any) -> int:
    """The verb; its help is above."""
    lang = language(given["lang"])
    with _common.opened(given) as archive:
        wrong = archive.check(lang)
        for line in wrong:
            _common.say(line)
        if not given["quiet"]:
            count = archive.count()
            _io.message((_BAD if wrong else _GOOD).say(lang, {"count": count, "wrong": len(wrong)}))
    return ExitCode.FINDINGS if wrong else ExitCode.OK


_GOOD: Final = Text("L'archivio è integro. Documenti: {count}.", "The archive is whole. Documents: {count}.")
_BAD: Final = Text(
    "Danni: {wrong}. Recupera i file da una copia e aggiungili di nuovo.",
    "Damage: {wrong}. Take the files from a backup and add them again.",
)
