"""``fatturakit saft validate``: audit files against schema, law and arithmetic, in one pass, whatever their size."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any, Final

import click

from .. import limits, report
from ..batch.clusterwords import STDIN
from ..errors import UsageError
from ..findings import Report
from . import _options, _work
from ._codes import codes
from ._language import examples, words
from ._validate import Given, report_on

if TYPE_CHECKING:
    from ..batch.many import How
    from ..saft.validating import Options

FORMATS: Final = tuple(name for name in report.FORMATS if name != "receipt")


@click.command(
    name="validate",
    help=words(
        "Controlla file SAF-T (PT, AO, NO): schema, riferimenti, somme, numerazione, date, codici, firme presenti.\n\n"
        "FILE: file .xml o .zip (con un solo XML), cartelle, modelli, @elenco.txt, - per lo standard input.",
        "Check SAF-T files (PT, AO, NO): schema, references, sums, numbering, dates, codes, presence of signatures.\n\n"
        "FILE: .xml or .zip files (with one XML inside), folders, globs, @list.txt, - for standard input.",
    ),
    epilog=words(
        examples(
            "saft validate saft.xml",
            "saft validate 2026/*.zip --profile efatura --format jsonl",
            "saft validate saft.xml --engine xmlschema --lang pt",
            then="Esce con 0 (bene), 1 (errori), 2 (uso), 3 (illeggibile), 6 (scrittura), 130 (interrotto).",
        ),
        examples(
            "saft validate saft.xml",
            "saft validate 2026/*.zip --profile efatura --format jsonl",
            "saft validate saft.xml --engine xmlschema --lang pt",
            then="Exits with 0 (fine), 1 (errors), 2 (usage), 3 (unreadable), 6 (output), 130 (interrupted).",
        ),
    ),
)
@click.argument("names", nargs=-1, required=True, metavar="FILE…", type=_options.PATH)
@_options.report_format(FORMATS)
@click.option(
    "--revision",
    type=click.Choice(("auto", "2022", "2016")),
    default="auto",
    show_default=True,
    help=words(
        "Revisione dello schema portoghese (auto: dalla data del file).",
        "Revision of the Portuguese schema (auto: by the date of the file).",
    ),
)
@click.option(
    "--profile",
    type=click.Choice(("strict", "efatura")),
    default="strict",
    show_default=True,
    help=words("strict, o efatura: riferimenti mancanti come avvisi.", "strict, or efatura: missing references warn."),
)
@click.option(
    "--fiscal-year-start",
    type=click.IntRange(1, 12),
    metavar="MONTH",
    help=words(
        "Mese d'inizio dell'esercizio, per giudicare Period.", "First month of the fiscal year, to judge Period."
    ),
)
@click.option(
    "--engine",
    type=click.Choice(("stream", "xmlschema")),
    default="stream",
    show_default=True,
    help=words("xmlschema: secondo parere, solo schema, lento.", "xmlschema: a second opinion, schema only, slow."),
)
@click.option("--select", multiple=True, metavar="CODES", help=words("Solo questi codici.", "Only these codes."))
@click.option("--ignore", multiple=True, metavar="CODES", help=words("Senza questi codici.", "Without these codes."))
@_options.verdict
@_options.resumable
@_options.output
@_options.common_with_portuguese
def command(names: tuple[str, ...], **given: Any) -> int:  # fmt: skip
    """The verb; its help is above."""
    from ..saft.validating import Options

    options = Options(
        revision=None if given["revision"] == "auto" else given["revision"],
        profile=given["profile"],
        fiscal_year_start=given["fiscal_year_start"],
        select=codes(given["select"]),
        ignore=codes(given["ignore"]),
        limits=limits.from_environment(),
    )
    if given["scheduler"] and "-" in names:
        raise UsageError(STDIN)
    said = {f"--{name}": value for name, value in options._asdict().items()}
    about = {"verb": "saft validate", "--engine": given["engine"], **said}
    with _work.how(_work.Asked.of(given), about) as where:
        return report_on(_reports(names, options, given["engine"], where), _kept(given), where.state)


def _kept(given: dict[str, Any]) -> Given:
    return Given(**{name: value for name, value in given.items() if name in Given._fields})


def _reports(names: tuple[str, ...], options: Options, engine: str, where: How) -> Generator[Report]:
    from ..batch import audit, inputs

    with audit.files(inputs.paths(names, options.limits)) as files:
        yield from audit.reports(files, options, where, engine)
