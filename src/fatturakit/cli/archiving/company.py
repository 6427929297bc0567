"""``fatturakit archive company``: which companies are ours."""

from __future__ import annotations

from typing import Any, Final

import click

from ...errors import ExitCode
from ...texts import Text, language
from .. import _io
from .._language import examples, words
from . import _common


@click.group(
    name="company",
    help=words(
        "Le proprie aziende: decidono che cosa è emesso e che cosa è ricevuto.",
        "Our own companies: they decide what is sent and what is received.",
    ),
    epilog=examples(
        "archive company add IT01234567890", "archive company list", "archive company remove IT01234567890"
    ),
)
def command() -> None:
    """The group; its help is above."""


@command.command(
    name="add",
    help=words("Aggiunge un'azienda.", "Add a company."),
    epilog=examples(
        "archive company add IT01234567890",
        "archive company add IT01234567890 --tax-code RSSMRA80A01H501U",
        "archive company add IT01234567890 --archive archive.db",
    ),
)
@click.argument("vat", metavar="VAT")
@click.option(
    "--tax-code",
    "codes",
    multiple=True,
    metavar="CODE",
    help=words("Altro codice fiscale dell'azienda (ripetibile).", "Another tax code of the company (repeatable)."),
)
@_common.options
def add(vat: str, codes: tuple[str, ...], **given: Any) -> int:
    """Declare a company ours."""
    with _common.opened(given, create=True) as archive:
        _tell(archive.add_company(vat, *codes), given)
    return ExitCode.OK


@command.command(
    name="remove",
    help=words("Toglie un'azienda; i documenti restano.", "Remove one; documents stay."),
    epilog=_common.usual("archive company remove IT01234567890"),
)
@click.argument("vat", metavar="VAT")
@_common.options
def remove(vat: str, **given: Any) -> int:
    """Declare a company no longer ours."""
    with _common.opened(given) as archive:
        _tell(archive.remove_company(vat), given)
    return ExitCode.OK


@command.command(
    name="list",
    help=words("Elenca le aziende.", "List the companies."),
    epilog=examples(
        "archive company list", "archive company list --archive archive.db", "archive company list | cut -f1"
    ),
)
@_common.options
def listed(**given: Any) -> int:
    """Our companies, one a line."""
    with _common.opened(given) as archive:
        for company in archive.companies:
            _common.say("\t".join((company.vat, *company.tax_codes)))
    return ExitCode.OK


def _tell(count: int, given: dict[str, Any]) -> None:
    if not given["quiet"]:
        _io.message(_CHANGED.say(language(given["lang"]), {"count": count}))


_CHANGED: Final = Text("Documenti che cambiano verso: {count}.", "Documents that change sides: {count}.")
