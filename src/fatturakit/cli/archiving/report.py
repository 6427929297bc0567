"""``fatturakit archive report``: a period in figures, for people (text, HTML) and for programs (JSON)."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

import click

from ...errors import ExitCode
from ...report import archive_html, archive_report
from ...texts import language
from .. import _io, _options, _sources
from .._language import examples, words
from . import _common


@click.command(
    name="report",
    help=words(
        "Un periodo in cifre: emesse e ricevute per tipo, aliquota e natura, mese e stato; bollo per trimestre, "
        "ritenute, numeri mancanti, doppioni, messaggi senza fattura. Senza periodo, tutto.",
        "A period in figures: sent and received by type, rate and Natura, month and state; stamp duty by quarter, "
        "withholding, missing numbers, doubles, messages without an invoice. Without a period, everything.",
    ),
    epilog=words(
        examples(
            "archive report --year 2026 --quarter 4",
            "archive report --from 2026-01-01 --to 2026-06-30 --format json",
            "archive report --company IT01234567890 --format html -o cifre.html",
        ),
        examples(
            "archive report --year 2026 --quarter 4",
            "archive report --from 2026-01-01 --to 2026-06-30 --format json",
            "archive report --company IT01234567890 --format html -o figures.html",
        ),
    ),
)
@click.option("--company", multiple=True, metavar="VAT", help=words("Solo questa (ripetibile).", "Only this one."))
@click.option("--year", type=int, help=words("Anno.", "Year."))
@click.option("--month", type=int, help=words("Mese, 1-12.", "Month, 1-12."))
@click.option("--quarter", type=int, help=words("Trimestre, 1-4.", "Quarter, 1-4."))
@click.option("--from", "first", metavar="DATE", help=words("Dal giorno.", "From the day."))
@click.option("--to", "last", metavar="DATE", help=words("Al giorno compreso.", "To the day, inside."))
@click.option("--format", "shape", type=click.Choice(["text", "json", "html"]), help=words("Forma.", "Shape."))
@_options.output
@_common.options
def command(**given: Any) -> int:
    """The verb; its help is above."""
    ending = PurePath(given["target"] or "").suffix.lower().removeprefix(".")
    shape = given["shape"] or (ending if ending in {"json", "html"} else "text")
    asked = {name: given[name] for name in ("company", "year", "month", "quarter", "first", "last")}
    with _common.opened(given) as archive:
        found = archive.report(**asked)
    with _io.destination(given["target"], force=given["force"]) as output:
        if shape == "json":
            output.write(archive_report.as_json(found))
        elif shape == "html":
            output.write(archive_html.page(found, language(given["lang"])))
        else:
            page = _sources.page(given)
            for line in page.finished(archive_report.text(page, found)):
                output.write(line + "\n")
    return ExitCode.OK
