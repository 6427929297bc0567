"""``fatturakit receipt validate``: would a smart receipt be accepted, before it is sent."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

import click

from .. import limits, report
from ..batch import convert, receipts
from ..batch.many import How
from ..convert.parsing import exact
from ..errors import UsageError
from ..findings import Report
from ..receipts import Context, validate_return, validate_void
from ..receipts import validate as validate_sale
from ..rules.options import day, moment
from ..texts import Text
from . import _options, _work
from ._language import examples, words
from ._validate import Given, report_on

_FORMATS: Final = tuple(name for name in report.FORMATS if name != "receipt")


@click.group(
    name="receipt",
    help=words("Gli scontrini elettronici, prima di inviarli.", "Smart receipts, before they are sent."),
    epilog=words(
        examples(
            "receipt validate scontrino.json",
            "receipt validate scontrini/ --format jsonl",
            "receipt validate inviato.json --void",
        ),
        examples(
            "receipt validate receipt.json",
            "receipt validate receipts/ --format jsonl",
            "receipt validate sent.json --void",
        ),
    ),
)
def command() -> None:
    """The group; its help is above."""


@command.command(
    name="validate",
    help=words(
        "Dice se uno scontrino (il JSON da inviare) verrebbe accettato. Non lo manda a nessuno.\n\n"
        "FILE: file JSON, cartelle, modelli, @elenco.txt, - per lo standard input; un elenco di scontrini va bene.",
        "Say whether a receipt (the JSON to be sent) would be accepted. It is sent to nobody.\n\n"
        "FILE: JSON files, folders, globs, @list.txt, - for standard input; a list of receipts will do.",
    ),
    epilog=words(
        examples(
            "receipt validate scontrino.json",
            "receipt validate reso.json --return-of inviato.json",
            "receipt validate inviato.json --void",
            then="Esce con 0 (bene), 1 (errori), 2 (uso), 3 (illeggibile), 6 (scrittura).",
        ),
        examples(
            "receipt validate receipt.json",
            "receipt validate return.json --return-of sent.json",
            "receipt validate sent.json --void",
            then="Exits with 0 (fine), 1 (errors), 2 (usage), 3 (unreadable), 6 (output).",
        ),
    ),
)
@click.argument("names", nargs=-1, required=True, metavar="FILE…", type=_options.PATH)
@click.option(
    "--at", metavar="DATE", help=words("Quando si invia (predefinito: ora).", "When it is sent (default: now).")
)
@click.option(
    "--credentials-since",
    metavar="DATE",
    help=words("Da quando valgono le credenziali (90 giorni).", "Since when the credentials are valid (90 days)."),
)
@click.option(
    "--return-of",
    metavar="FILE",
    type=_options.PATH,
    help=words("FILE è un reso di questo scontrino inviato.", "FILE is a return of this sent receipt."),
)
@click.option(
    "--void", is_flag=True, help=words("FILE è inviato: si può annullare?", "FILE was sent: may it be voided?")
)
@_options.report_format(_FORMATS)
@_options.verdict
@_options.resumable
@_options.output
@_options.common
def validate(names: tuple[str, ...], **given: Any) -> int:
    """The verb; its help is above."""
    if given["void"] and given["return_of"]:
        raise UsageError(_ONE_OF_TWO)
    about = {f"--{name}": given[name] for name in ("at", "credentials_since", "return_of", "void")}
    with _work.how(_work.Asked.of(given), {"verb": "receipt validate", **about}) as where:
        return _validate(names, given, where)


def _validate(names: tuple[str, ...], given: dict[str, Any], where: How) -> int:
    known = limits.from_environment()
    since = day(given["credentials_since"]) if given["credentials_since"] else None
    at = given["at"] or _work.same_moment(where.state, datetime.now(UTC).isoformat())
    context = Context(at=moment(at), credentials_since=since)
    found = receipts.reports(convert.inputs(names, known), known, context, _judge(given, context, known), where)
    return report_on(found, Given(**{name: given[name] for name in Given._fields if name in given}), where.state)


def _judge(given: dict[str, Any], context: Context, known: limits.Limits) -> receipts.Judge:
    if given["void"]:
        return partial(_void, context)
    if given["return_of"]:
        original = exact(next(iter(convert.inputs((given["return_of"],), known))).read(known), known).data
        return partial(_return, context, original)
    return partial(_sale, context)


def _void(context: Context, data: Any, path: str, _: receipts.Duplicates) -> Report:
    return validate_void(data, context, path=path)


def _return(context: Context, original: Any, data: Any, path: str, twice: receipts.Duplicates) -> Report:
    return validate_return(data, original, context, path=path, duplicates=twice)


def _sale(context: Context, data: Any, path: str, twice: receipts.Duplicates) -> Report:
    return validate_sale(data, context, path=path, duplicates=twice)


_ONE_OF_TWO: Final = Text("--void e --return-of non stanno insieme.", "--void and --return-of do not go together.")
