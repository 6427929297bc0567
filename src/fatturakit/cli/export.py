"""``fatturakit export``: the ZIP for the accountant, from the archive or straight from a folder."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import click

from .. import limits
from ..archive.archive import Archive
from ..archive.export import EXTRAS, Exported
from ..errors import ExitCode, UsageError
from ..report import Tally
from ..texts import Language, Text, language
from . import _io, _options
from ._kept import refuse_an_input
from ._language import examples, words
from ._progress import Progress
from .archiving import _common

_DATABASES: Final = (".db", ".sqlite", ".sqlite3")


@click.command(
    name="export",
    help=words(
        "Scrive lo ZIP per il commercialista: {p.iva}/send/… e {p.iva}/receive/…. Le emesse solo in uno stato "
        "definitivo, le ricevute sempre, e allora risultano lette. Se non c'è nulla non scrive nulla.\n\n"
        "SORGENTE: un archivio (predefinito), o una cartella o uno ZIP con --company.",
        "Write the ZIP for the accountant: {vat}/send/… and {vat}/receive/…. Sent ones in a definitive state only, "
        "received ones always, and then they are read. When there is nothing it writes nothing.\n\n"
        "SOURCE: an archive (default), or a folder or a ZIP with --company.",
    ),
    epilog=words(
        examples(
            "export --year 2026 --month 11 -o novembre.zip",
            "export fatture/ --company IT01234567890 --from 2026-10-01 --to 2026-12-31 -o trimestre.zip",
            "export --year 2026 --quarter 4 --with pdf,manifest --dry-run -o trimestre.zip",
            then="Esce con 0 (anche quando non c'è nulla), 2 (uso), 3 (qualcosa nella cartella è illeggibile), "
            "6 (scrittura, o un'altra esportazione in corso).",
        ),
        examples(
            "export --year 2026 --month 11 -o november.zip",
            "export invoices/ --company IT01234567890 --from 2026-10-01 --to 2026-12-31 -o quarter.zip",
            "export --year 2026 --quarter 4 --with pdf,manifest --dry-run -o quarter.zip",
            then="Exits with 0 (also when there is nothing), 2 (usage), 3 (something in the folder is unreadable), "
            "6 (output, or another export at work).",
        ),
    ),
)
@click.argument("source", required=False, metavar=words("[SORGENTE]", "[SOURCE]"), type=_options.PATH)
@click.option(
    "--type",
    type=click.Choice(["send", "receive", "both"]),
    default="both",
    show_default=True,
    help=words("Emesse, ricevute.", "Sent, received."),
)
@click.option("--company", multiple=True, metavar="VAT", help=words("Solo questa (ripetibile).", "Only this one."))
@click.option("--year", type=int, help=words("Anno, con mese o trimestre.", "Year, with a month or a quarter."))
@click.option("--month", type=int, help=words("Mese, 1-12.", "Month, 1-12."))
@click.option("--quarter", type=int, help=words("Trimestre, 1-4.", "Quarter, 1-4."))
@click.option("--from", "first", metavar="DATE", help=words("Dal giorno.", "From the day."))
@click.option("--to", "last", metavar="DATE", help=words("Al giorno compreso.", "To the day, inside."))
@click.option(
    "--with",
    "extras",
    metavar=",".join(EXTRAS),
    default="",
    help=words("Che cosa aggiungere.", "What to add."),
)
@click.option("--fast", is_flag=True, help=words("Compressione veloce (isal).", "Fast compression (isal)."))
@click.option("--dry-run", is_flag=True, help=words("Conta, non scrive e non segna.", "Count, write and mark nothing."))
@click.option("--progress/--no-progress", default=None, help=words("Avanzamento.", "Progress."))
@_options.output
@_common.options
def command(source: str | None, **given: Any) -> int:
    """The verb; its help is above."""
    lang = language(given["lang"])
    if not given["target"] and not given["dry_run"]:
        raise UsageError(_NO_TARGET)
    tally = Tally()
    with _source(source, given) as (archive, unread), Progress(given["progress"], quiet=given["quiet"]) as progress:
        names = ("type", "company", "year", "month", "quarter", "first", "last", "fast", "dry_run", "force")
        asked = {name: given[name] for name in names}
        extras = [word.strip() for word in given["extras"].split(",") if word.strip()]
        with _target(given) as target:
            done = archive.export(target, extras=extras, step=lambda _: progress.step(tally), **asked)
    if not given["quiet"]:
        _tell(done, given, lang)
    return ExitCode.INPUT if unread else ExitCode.OK


@contextmanager
def _target(given: dict[str, Any]) -> Iterator[Any]:
    if given["target"] == "-":
        with _io.binary("-", force=True) as write:
            yield write
    else:
        refuse_an_input(given["target"] or "")
        yield given["target"] or os.devnull


@contextmanager
def _source(source: str | None, given: dict[str, Any]) -> Iterator[tuple[Archive, bool]]:
    """An archive, the one named or one made of what is in a folder; and whether something there was not read."""
    if source is None or "://" in source or source.lower().endswith(_DATABASES):
        with _common.opened({**given, "archive": source or given["archive"]}) as archive:
            yield archive, False
        return
    if not given["company"]:
        raise UsageError(_WHOSE)
    with tempfile.TemporaryDirectory() as folder, Archive(Path(folder, "export.db"), limits=_limits()) as archive:
        for company in given["company"]:
            archive.add_company(company)
        refused = archive.add(source).refused
        for shown, error in refused:
            _io.message(f"fatturakit: {shown}: {error.say(language(given['lang']))}")
        yield archive, bool(refused)


def _limits() -> limits.Limits:
    return limits.from_environment()


def _tell(done: Exported, given: dict[str, Any], lang: Language) -> None:
    args = {"sent": done.sent, "received": done.received, "operations": done.operations, "path": given["target"] or "-"}
    if not done.documents:
        _io.message(_NOTHING.say(lang))
    else:
        _io.message((_WOULD if given["dry_run"] else _WRITTEN).say(lang, args))
    for path in done.undrawn:
        _io.message(_UNDRAWN.say(lang, {"path": path}))
    if done.held:
        _io.message(_HELD.say(lang, {"count": len(done.held)}))


_NO_TARGET: Final = Text("Dove scrivo lo ZIP? -o FILE.zip.", "Where is the ZIP to go? -o FILE.zip.")
_WHOSE: Final = Text(
    "Da una cartella serve sapere di chi sono le fatture: --company IT01234567890.",
    "From a folder it takes to know whose invoices they are: --company IT01234567890.",
)
_NOTHING: Final = Text(
    "Nessun documento da esportare in questo periodo: non ho scritto nulla.",
    "No document to export in this period: nothing was written.",
)
_WRITTEN: Final = Text(
    "{path}: emesse {sent}, ricevute {received}; segnate come lette ora: {operations}.",
    "{path}: sent {sent}, received {received}; marked as read now: {operations}.",
)
_WOULD: Final = Text(
    "Nello ZIP andrebbero: emesse {sent}, ricevute {received}; da segnare come lette: {operations}.",
    "Would go into the ZIP: sent {sent}, received {received}; to be marked as read: {operations}.",
)
_UNDRAWN: Final = Text("{path}: non si può disegnare, manca il PDF.", "{path}: it cannot be drawn, there is no PDF.")
_HELD: Final = Text(
    "Emesse che restano fuori: {count}; manca un esito definitivo (archive list --type sent --not-definitive).",
    "Sent ones that stay out: {count}; no definitive outcome yet (archive list --type sent --not-definitive).",
)
