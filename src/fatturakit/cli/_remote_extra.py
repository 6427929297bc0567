"""The commands of ``remote`` that are more than a row of a table: saving a document, bringing an archive up to date."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import click

from .. import limits
from ..errors import ExitCode
from ..remote.endpoints import Provider
from ..texts import Text, language
from . import _io
from ._language import words
from ._remote_run import opened, saved

_PERIODS: Final = {"list": ("created_at_after",), "export": ("year", "month", "quarter", "type")}


def download(provider: Provider, **given: Any) -> int:
    """A document as the service has it, saved."""
    with opened(provider, given) as remote:
        return saved(remote.download, given, uuid=given["uuid"], form=given["form"])


def sync(provider: Provider, **given: Any) -> int:
    """A service into an archive: new documents, and what became of the others."""
    from ..archive.archive import Archive
    from ..remote.sync import sync as work

    names = [name for verb, each in _PERIODS.items() if provider.find(verb) for name in each]
    wanted = {name: given[name] for name in names if given[name] is not None}
    with opened(provider, given) as remote, Archive(given["archive"], limits=limits.from_environment()) as archive:
        done = work(remote, archive, **wanted)
    lang = language(given["lang"])
    for each in done.refused:
        _io.message(f"fatturakit: {each.uuid}: {each.error.say(lang)}")
    if not given["quiet"]:
        _io.message(_SYNCED.say(lang, {
            "documents": done.documents, "known": done.known, "states": done.states, "messages": done.messages,
        }))  # fmt: skip
    return ExitCode.INPUT if done.refused else ExitCode.OK


PARAMS: Final[dict[str, tuple[click.Parameter, ...]]] = {
    "download": (
        click.Argument(["uuid"], metavar="UUID"),
        click.Option(["--format", "form"], type=click.Choice(["raw", "xml", "pdf", "html", "json"]), default="raw",
                     show_default=True, help=words("In che forma.", "In which form.")),
    ),
    "sync": (
        click.Argument(["archive"], metavar="ARCHIVE"),
        click.Option(["--since", "created_at_after"], metavar="DATE",
                     help=words("A-Cube: solo da questo giorno.", "A-Cube: from this day only.")),
        click.Option(["--year"], metavar="N", help=words("Invoicetronic: il periodo.", "Invoicetronic: the period.")),
        click.Option(["--month"], metavar="1-12"),
        click.Option(["--quarter"], metavar="1-4"),
        click.Option(["--type"], type=click.Choice(["send", "receive", "both"])),
    ),
    "saft": (
        click.Option(["--deadline"], type=click.IntRange(1), default=600, show_default=True, metavar="SECONDS",
                     help=words("Quanto aspettare ogni mese.", "How long to wait for each month.")),
    ),
}  # fmt: skip
_SYNC: Final = words("Documenti e stati nuovi nell'archivio.", "New documents and states into the archive.")
EXTRA: Final[tuple[tuple[str, str, str, Callable[..., int]], ...]] = (
    ("get", "download", words("Salva una fattura così com'è.", "Save an invoice as it is."), download),
    ("list", "sync", _SYNC, sync),
    ("export", "sync", _SYNC, sync),
)
_SYNCED: Final = Text(
    "Nuovi: {documents}. Già presenti: {known}. Stati nuovi: {states}. Messaggi nuovi: {messages}.",
    "New: {documents}. There already: {known}. New states: {states}. New messages: {messages}.",
)
