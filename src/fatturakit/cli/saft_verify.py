"""``fatturakit saft verify``: the chain of signatures of every series, with the reason of every one that fails."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import click

from .. import limits
from ..findings import Report
from . import _options
from ._language import examples, words
from ._validate import Given, report_on
from .saft_validate import FORMATS


@click.command(
    name="verify",
    help=words(
        "Verifica con la chiave pubblica le firme di ogni serie, attraverso uno o più file mensili.\n\n"
        "Il primo documento di una serie cominciata prima non si può verificare: è saltato, non sbagliato.",
        "Verify the signatures of every series with the public key, across one or several monthly files.\n\n"
        "The first document of a series begun earlier cannot be verified: it is skipped, not wrong.",
    ),
    epilog=examples(
        "saft verify --key key.pem saft.xml",
        "saft verify --key key.pem 2026-*.xml --format json",
        "saft verify --key cert.pem saft.xml --exit-zero",
        then=words(
            "Esce con 0 (nessuna firma sbagliata), 1 (qualcuna), 3 (file o chiave illeggibile), 4 (manca l'extra sign).",
            "Exits with 0 (no signature is wrong), 1 (some are), 3 (unreadable file or key), 4 (extra sign missing).",
        ),
    ),
)
@click.argument("names", nargs=-1, required=True, metavar="FILE…", type=_options.PATH)
@click.option(
    "--key",
    required=True,
    metavar="PEM",
    type=_options.PATH,
    help=words("Chiave pubblica o certificato.", "Public key or certificate."),
)
@_options.report_format(FORMATS)
@_options.verdict
@_options.output
@_options.common_with_portuguese
def command(names: tuple[str, ...], **given: Any) -> int:  # fmt: skip
    """The verb; its help is above."""
    from ..saft.api import key_bytes

    kept = {name: value for name, value in given.items() if name in Given._fields}
    return report_on(_reports(names, key_bytes(given["key"])), Given(**kept))


def _reports(names: tuple[str, ...], pem: bytes) -> Generator[Report]:
    from ..batch import audit, inputs
    from ..saft.verifying import verify

    allowed = limits.from_environment()
    with audit.standard_input(inputs.paths(names, allowed)) as sources:
        yield from verify(sources, pem, allowed)
