"""``fatturakit archive mark``: downloaded, read, dealt with, and what a service says of the state."""

from __future__ import annotations

from typing import Any, Final

import click

from ...errors import ExitCode, UsageError
from ...sdi.states import STATES
from ...texts import Text, language
from .. import _io
from .._language import examples, words
from . import _common


@click.command(
    name="mark",
    help=words(
        "Segna documenti: tutti o nessuno. --archived toglie uno scarto dall'elenco da correggere; --state annota lo "
        "stato saputo da altri (un servizio, il portale).",
        "Mark documents: all or none. --archived takes a rejected one off the list to fix; --state notes a state known "
        "from elsewhere (a service, the portal).",
    ),
    epilog=examples(
        "archive mark 12 13 --downloaded",
        "archive mark IT01234567890_00001.xml --archived",
        "archive mark 12 --type sent --state delivered",
    ),
)
@click.argument("keys", nargs=-1, required=True, metavar="ID…")
@click.option("--downloaded/--not-downloaded", default=None, help=words("Scaricato.", "Downloaded."))
@click.option("--read/--unread", default=None, help=words("Letto.", "Read."))
@click.option("--archived/--not-archived", default=None, help=words("Scarto risolto.", "Rejection dealt with."))
@click.option("--state", type=click.Choice(list(STATES)), help=words("Stato saputo da altri.", "State from elsewhere."))
@click.option(
    "--type",
    "direction",
    type=click.Choice(["sent", "received"]),
    help=words("Solo questo verso.", "Only this side."),
)
@_common.options
def command(keys: tuple[str, ...], **given: Any) -> int:
    """The verb; its help is above."""
    flags = {name: given[name] for name in ("downloaded", "read", "archived", "state")}
    if all(value is None for value in flags.values()):
        raise UsageError(_NOTHING)
    with _common.opened(given) as archive:
        count = archive.mark(keys, direction=given["direction"], source="mark", **flags)
    if not given["quiet"]:
        _io.message(_DONE.say(language(given["lang"]), {"count": count}))
    return ExitCode.OK


_NOTHING: Final = Text(
    "Che cosa va segnato? --downloaded, --read, --archived o --state.",
    "Mark what? --downloaded, --read, --archived or --state.",
)
_DONE: Final = Text("Segnati: {count}.", "Marked: {count}.")
