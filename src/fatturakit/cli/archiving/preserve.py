"""``fatturakit archive preserve``: the package to hand to a preservation service."""

from __future__ import annotations

from typing import Any, Final

import click

from ...archive import preserve as preserving
from ...errors import ExitCode, UsageError
from ...texts import Text, language
from .. import _io, _options
from .._language import examples, words
from . import _common


@click.command(
    name="preserve",
    help=words(
        "Prepara un pacchetto di versamento: documenti, messaggi e un indice con le SHA-256 e i metadati minimi. "
        "Non è una conservazione a norma: va consegnato a un conservatore. Senza ID, tutto ciò che è idoneo e non "
        "ancora consegnato.",
        "Make a submission package: documents, messages and an index with SHA-256 and the least metadata. It is no "
        "accredited preservation: hand it to a service that is. Without IDs, everything eligible and not yet handed "
        "over.",
    ),
    epilog=words(
        examples(
            "archive preserve -o pacchetto.zip",
            "archive preserve 12 13 -o pacchetto.zip",
            "archive preserve 12 --status stored --receipt RDV-2026-7",
        ),
        examples(
            "archive preserve -o package.zip",
            "archive preserve 12 13 -o package.zip",
            "archive preserve 12 --status stored --receipt RDV-2026-7",
        ),
    ),
)
@click.argument("keys", nargs=-1, metavar="[ID…]")
@click.option("--status", type=click.Choice(preserving.STATUSES), help=words("Annota la risposta.", "Note the answer."))
@click.option("--receipt", default="", help=words("Identità data dal conservatore.", "Identity the service gave."))
@click.option("--message", default="", help=words("Che cosa ha risposto.", "What it answered."))
@_options.output
@_common.options
def command(keys: tuple[str, ...], **given: Any) -> int:
    """The verb; its help is above."""
    lang = language(given["lang"])
    with _common.opened(given) as archive:
        if given["status"]:
            if not keys:
                raise UsageError(_WHICH)
            answer = {"receipt": given["receipt"], "message": given["message"]}
            with archive.store.writing():  # all or none
                for number in [archive.get(key).entry.id for key in keys]:
                    preserving.set_status(archive.store, number, given["status"], now=archive.now(), **answer)
            return ExitCode.OK
        if given["target"] in {None, "-"}:
            raise UsageError(_WHERE)
        chosen = keys or tuple(str(entry.id) for entry in preserving.eligible(archive))
        count = archive.preserve(chosen, given["target"], force=given["force"]) if chosen else 0
    if not given["quiet"]:
        _io.message((_DONE if count else _NOTHING).say(lang, {"count": count, "path": given["target"]}))
    return ExitCode.OK


_WHERE: Final = Text("Dove scrivo il pacchetto? -o FILE.zip.", "Where is the package to go? -o FILE.zip.")
_WHICH: Final = Text(
    "Di quali documenti è la risposta? preserve ID… --status stored.",
    "Which documents is the answer about? preserve ID… --status stored.",
)
_NOTHING: Final = Text("Niente di idoneo da conservare.", "Nothing eligible to preserve.")
_DONE: Final = Text(
    "{path}: documenti {count}. Non è una conservazione a norma: consegnalo a un conservatore.",
    "{path}: documents {count}. This is no accredited preservation: hand it to a service that is.",
)
