"""``fatturakit saft inspect``: an audit file on one screen, as JSON, or as a page with a chart."""

from __future__ import annotations

from typing import Any, Final

import click

from .. import limits
from ..texts import language
from . import _io, _options
from ._language import examples, words

FORMATS: Final = ("text", "json", "html")


@click.command(
    name="inspect",
    help=words(
        "Azienda, periodo, sezioni, totali, IVA per aliquota, mesi e clienti principali di un file SAF-T.",
        "Company, period, sections, totals, VAT by rate, months and best customers of a SAF-T file.",
    ),
    epilog=examples(
        "saft inspect saft.xml",
        "saft inspect saft.zip --format html -o saft.html",
        "saft inspect saft.xml --format json | jq .",
    ),
)
@click.argument("names", nargs=-1, required=True, metavar="FILE…", type=_options.PATH)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help=words("Formato.", "Format."),
)
@_options.output
@_options.common_with_portuguese
def command(names: tuple[str, ...], **given: Any) -> int:  # fmt: skip
    """The verb; its help is above."""
    from ..batch import audit, inputs
    from ..report.saft_screen import render
    from ..saft.inspecting import inspect

    allowed = limits.from_environment()
    with (
        audit.standard_input(inputs.paths(names, allowed)) as sources,
        _io.destination(given["target"], force=given["force"]) as output,
    ):
        for source in sources:
            output.write(render(inspect(source, allowed), given["format_name"], language(given["lang"])))
    return 0
