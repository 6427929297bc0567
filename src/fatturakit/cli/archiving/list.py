"""``fatturakit archive list``: every filter, full text, in the shape that is wanted."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any, Final

import click

from ...archive import search
from ...archive.records import Entry
from ...errors import ExitCode, UsageError
from ...report import archived
from ...sdi.markings import MARKINGS
from ...sdi.states import STATES
from ...texts import Text, language
from .. import _io, _options, _sources
from .._language import examples, words
from . import _common

_FLAGS: Final = ("signed", "downloaded", "read", "stamp", "to_pa", "rejected_to_fix", "definitive")
_LISTS: Final = ("sender", "recipient", "marking", "state", "document_type", "company")
_TEXTS: Final = ("invoice_number", "sender_business_name", "recipient_business_name", "name", "sdi_id")
_CODES: Final = tuple(
    f"{who}_business_{code}" for who in ("sender", "recipient") for code in ("vat_number_code", "fiscal_code")
)
_BOUNDS: Final = tuple(
    f"{what}_{bound}"
    for what in ("created_at", "invoice_date")
    for bound in ("before", "strictly_before", "after", "strictly_after")
)


def _filters(command: Any) -> Any:
    """Every filter as an option, the A-Cube name with dashes."""
    for name in reversed((*_BOUNDS, *_TEXTS)):
        command = click.option(_dashed(name), name, metavar="DATE" if name in _BOUNDS else "TEXT")(command)
    for name in reversed((*_LISTS, *_CODES)):
        command = click.option(_dashed(name), name, multiple=True, metavar="A,B")(command)
    for name in reversed(_FLAGS):
        command = click.option(f"{_dashed(name)}/--not-{name.replace('_', '-')}", name, default=None)(command)
    return command


def _dashed(name: str) -> str:
    return "--" + name.replace("_", "-")


@click.command(
    name="list",
    help=words(
        "Elenca i documenti che passano i filtri, i più recenti prima. PAROLE cerca in descrizioni, causali, nomi: "
        'tutte, "una frase", inizio*. Una data è un giorno intero: before e after lo comprendono, strictly no.',
        "List the documents that pass every filter, newest first. WORDS are sought in descriptions, causali and names: "
        'all of them, "a phrase", begin*. A date is a whole day: before and after include it, strictly does not.',
    ),
    epilog=words(
        examples(
            "archive list --type received --not-downloaded",
            'archive list "consulenza" --invoice-date-after 2026-10-01',
            "archive list --state rejected -o scartate.xlsx",
        ),
        examples(
            "archive list --type received --not-downloaded",
            'archive list "consulting" --invoice-date-after 2026-10-01',
            "archive list --state rejected -o rejected.xlsx",
        ),
    ),
)
@click.argument("text", nargs=-1, metavar="[WORDS…]")
@click.option(
    "--type",
    "type",
    type=click.Choice(list(search.DIRECTIONS)),
    help=words("Emesse (0) o ricevute (1).", "Sent (0) or received (1)."),
)
@_filters
@click.option(
    "--order",
    metavar="FIELD",
    help=words(
        "created_at, invoice_date, invoice_number; -… inverte.",
        "created_at, invoice_date, invoice_number; - in front reverses.",
    ),
)
@click.option("--page", type=click.IntRange(1), help=words("Pagina da 30, dalla prima.", "Page of 30, from the first."))
@click.option(
    "--format",
    "shape",
    type=click.Choice(["table", "json", "csv", "xlsx"]),
    default=None,
    help=words("Forma (table, o l'estensione di -o).", "Shape (default: table, or the ending of -o)."),
)
@_options.output
@_common.options
def command(text: tuple[str, ...], **given: Any) -> int:
    """The verb; its help is above."""
    ending = PurePath(given["target"] or "").suffix.lower().removeprefix(".")
    shape = given["shape"] or (ending if ending in {"json", "csv", "xlsx"} else "table")
    filters = {name: _value(given[name]) for name in ("type", *_FLAGS, *_LISTS, *_CODES, *_TEXTS, *_BOUNDS)}
    _known("state", filters["state"], STATES)
    _known("marking", filters["marking"], (*MARKINGS, "draft", "signed", "notification-error"))
    with _common.opened(given) as archive:
        words_ = " ".join(text) or None
        entries = archive.list(words_, order=given["order"], page=given["page"], **filters)
        if shape in {"csv", "xlsx"}:
            _tabled(shape, entries, given)
        else:
            _written(shape, entries, given)
    return ExitCode.OK


def _value(value: Any) -> Any:
    """Repeated options and comma lists as one list."""
    return [part for each in value for part in each.split(",")] if isinstance(value, tuple) else value


def _known(name: str, wanted: list[str], known: Iterable[str]) -> None:
    """A word that is misspelt would find nothing, and nobody would know why."""
    for word in wanted:
        if word.strip().lower() not in known:
            raise UsageError(_UNKNOWN, name=name, word=word, known=", ".join(known))


def _written(shape: str, entries: Iterator[Entry], given: dict[str, Any]) -> None:
    with _io.destination(given["target"], force=given["force"]) as output:
        if shape == "json":
            for piece in archived.as_json(entries):
                output.write(piece)
            return
        page = _sources.page(given)
        rows = list(entries)
        for line in page.finished(archived.table(page, rows)):
            output.write(line + "\n")
    if not given["quiet"]:
        _io.message(_COUNT.say(language(given["lang"]), {"count": len(rows)}))


def _tabled(shape: str, entries: Iterable[Entry], given: dict[str, Any]) -> None:
    from ...convert.tables import writer_of
    from ...convert.tables.place import staged

    lang = language(given["lang"])
    target = sys.stdout.buffer if given["target"] in {None, "-"} else given["target"]
    kind, name = writer_of(shape, archived.SHEET.name)
    with staged(target, [name], force=given["force"]) as folder, kind(folder, (archived.SHEET,), lang, "plain") as out:
        for entry in entries:
            out.add(archived.SHEET.name, archived.cells(entry))


_UNKNOWN: Final = Text("--{name}: «{word}» non c'è; usa {known}.", "--{name}: there is no “{word}”; use {known}.")
_COUNT: Final = Text("Documenti: {count}.", "Documents: {count}.")
