"""``fatturakit validate``: would SdI reject these files, why, and how to mend them (the work is in ``_validate``)."""

from __future__ import annotations

from typing import Any

import click

from .. import report
from ..rules.transmission import CHANNELS
from . import _options
from ._language import examples, words
from ._single import named
from ._validate import Given, validate

_DEFAULTS = Given()


@click.command(
    name="validate",
    help=words(
        "Controlla i file come farebbe SdI, senza mandarli a nessuno e senza toccarli.\n\n"
        "FILE: file, cartelle, modelli (*.xml), archivi ZIP, @elenco.txt, - per lo standard input.",
        "Check files as SdI would, without sending them anywhere or touching them.\n\n"
        "FILE: files, folders, globs (*.xml), ZIP archives, @list.txt, - for standard input.",
    ),
    epilog=words(
        examples(
            "validate fattura.xml",
            "validate in/ --format sarif -o esito.sarif",
            "validate --preflight IT01234567890_00001.xml",
            then="Esce con 0 (bene), 1 (errori), 2 (uso), 3 (illeggibile), 6 (scrittura), 130 (interrotto).",
        ),
        examples(
            "validate invoice.xml",
            "validate in/ --format sarif -o out.sarif",
            "validate --preflight IT01234567890_00001.xml",
            then="Exits with 0 (fine), 1 (errors), 2 (usage), 3 (unreadable), 6 (output), 130 (interrupted).",
        ),
    ),
)
@click.argument("names", nargs=-1, metavar="FILE…", type=_options.PATH)
@_options.report_format(report.FORMATS)
@click.option(
    "--preflight",
    is_flag=True,
    help=words("Giudica il file come sta per essere inviato.", "Judge the file as about to be sent."),
)
@click.option(
    "--strict",
    is_flag=True,
    help=words("Non ripara nulla durante la lettura.", "Mend nothing while reading."),
)
@click.option(
    "--channel",
    type=click.Choice(tuple(CHANNELS)),
    default=_DEFAULTS.channel,
    show_default=True,
    help=words("Canale d'invio (dimensioni).", "Channel of transmission (sizes)."),
)
@click.option(
    "--received-on",
    metavar="DATE",
    help=words("Quando SdI lo ha ricevuto (predefinito: ora).", "When SdI received it (default: now)."),
)
@click.option("--as-of", metavar="DATE", help=words("Controlli in vigore quel giorno.", "Controls in force that day."))
@click.option(
    "--select",
    multiple=True,
    metavar="CODES",
    help=words("Solo questi codici (prefissi).", "Only these codes (prefixes)."),
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="CODES",
    help=words("Senza questi codici (prefissi).", "Without these codes (prefixes)."),
)
@click.option(
    "--trust",
    multiple=True,
    metavar="PATH",
    help=words("Certificati o liste di cui fidarsi (00104).", "Certificates or lists to trust (00104)."),
)
@_options.verdict
@_options.stdin_name
@_options.resumable
@_options.output
@_options.common
def command(names: tuple[str, ...], **given: Any) -> int:
    """The verb; its help is above."""
    return validate(named(names), Given(**{name: given[name] for name in Given._fields}))
