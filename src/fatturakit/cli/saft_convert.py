"""``fatturakit saft convert``: the tables of audit files, months merged, in constant memory."""

from __future__ import annotations

from typing import Any, Final

import click

from .. import limits
from ..texts import Text, language
from . import _io, _options
from ._language import examples, words

FORMATS: Final = ("csv", "jsonl", "parquet", "sqlite", "xlsx")
_ENDINGS: Final = {".xlsx": "xlsx", ".db": "sqlite", ".sqlite": "sqlite", ".sqlite3": "sqlite"}


@click.command(
    name="convert",
    help=words(
        "Trasforma file SAF-T (PT, AO) in tabelle: clienti, prodotti, documenti, righe, pagamenti, contabilità.\n\n"
        "CSV, JSON Lines e Parquet: -o è una cartella. SQLite e XLSX: -o è un file.",
        "Turn SAF-T files (PT, AO) into tables: customers, products, documents, lines, payments, ledger.\n\n"
        "CSV, JSON Lines and Parquet: -o is a folder. SQLite and XLSX: -o is a file.",
    ),
    epilog=words(
        examples(
            "saft convert saft.xml -o registro.xlsx",
            "saft convert 2026-*.xml --to parquet -o tabelle/",
            "saft convert saft.xml --to csv --by-series -o serie/",
        ),
        examples(
            "saft convert saft.xml -o ledger.xlsx",
            "saft convert 2026-*.xml --to parquet -o tables/",
            "saft convert saft.xml --to csv --by-series -o series/",
        ),
    ),
)
@click.argument("names", nargs=-1, required=True, metavar="FILE…", type=_options.PATH)
@click.option(
    "--to",
    type=click.Choice(FORMATS),
    default=None,
    help=words("Formato (altrimenti dall'estensione di -o).", "Format (else by the ending of -o)."),
)
@click.option("--by-series", is_flag=True, help=words("Una tabella per serie.", "A table for each series."))
@_options.output
@_options.common_with_portuguese
def command(names: tuple[str, ...], **given: Any) -> int:  # fmt: skip
    """The verb; its help is above."""
    from ..batch import audit, inputs
    from ..saft.converting import convert

    target = given["target"]
    if target in {None, "-"}:
        raise click.UsageError(words("Serve -o.", "-o is needed."), click.get_current_context())
    to = given["to"] or next((kind for ending, kind in _ENDINGS.items() if target.lower().endswith(ending)), "csv")
    allowed = limits.from_environment()
    with audit.standard_input(inputs.paths(names, allowed)) as sources:
        done = convert(sources, to, target, by_series=given["by_series"], force=given["force"], limits=allowed)
    if not given["quiet"]:
        counts = ", ".join(f"{name} {count}" for name, count in done.rows.items())
        _io.message(_DONE.say(language(given["lang"]), {"path": target, "counts": counts}))
    return 0


_DONE: Final = Text("{path}: {counts}", "{path}: {counts}")
