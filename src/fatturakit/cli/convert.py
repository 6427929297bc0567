"""``fatturakit convert``: XML to JSON and back, and to tables (the work is in ``_convert`` and ``_tables``)."""

from __future__ import annotations

from typing import Any

import click

from ..convert.dialects import DIALECTS
from ..convert.targets import TARGETS
from . import _options
from ._convert import Given, convert
from ._language import examples, words
from ._single import named

_DEFAULTS = Given()


@click.command(
    name="convert",
    help=words(
        "Converte fatture e messaggi da XML a JSON e ritorno, senza cambiare una cifra.\n\n"
        "FILE: file XML o JSON, cartelle, modelli (*.xml), archivi ZIP, @elenco.txt, - per lo standard input.\n\n"
        "La direzione la dice l'ingresso: un XML diventa JSON, un JSON diventa XML. Più documenti senza -o CARTELLA/ "
        "diventano una riga di JSON ciascuno.\n\n"
        "Con --to csv, xlsx o parquet (o -o fatture.xlsx) diventano tabelle, in una passata: un foglio per i documenti,"
        " uno per le righe, uno per l'IVA, uno per i pagamenti e così via.",
        "Convert invoices and messages from XML to JSON and back, without changing a digit.\n\n"
        "FILE: XML or JSON files, folders, globs (*.xml), ZIP archives, @list.txt, - for standard input.\n\n"
        "The input says the direction: XML becomes JSON, JSON becomes XML. Several documents without -o FOLDER/ "
        "become one line of JSON each.\n\n"
        "With --to csv, xlsx or parquet (or -o invoices.xlsx) they become tables, in one pass: a sheet for documents, "
        "one for lines, one for VAT, one for payments and so on.",
    ),
    epilog=words(
        examples(
            "convert fattura.xml | jq .",
            "convert --lossless f.xml -o f.json",
            "convert f.json -o fattura.xml",
            "convert in/ -o json/ --dialect xml",
            "convert in/ -o fatture.xlsx",
            then="Esce con 0 (esatto e valido secondo lo schema), 1 (qualcosa si perde o il JSON è sbagliato), 2 "
            "(uso), 3 (illeggibile), 4 (manca un extra), 6 (scrittura).",
        ),
        examples(
            "convert invoice.xml | jq .",
            "convert --lossless i.xml -o i.json",
            "convert i.json -o invoice.xml",
            "convert in/ -o json/ --dialect xml",
            "convert in/ -o invoices.xlsx",
            then="Exits with 0 (exact and valid by the schema), 1 (something is lost or the JSON is wrong), 2 "
            "(usage), 3 (unreadable), 4 (an extra is missing), 6 (output).",
        ),
    ),
)
@click.argument("names", nargs=-1, metavar="FILE…", type=_options.PATH)
@click.option("--to", type=click.Choice(tuple(TARGETS)), default=None, help=words("In che cosa.", "Into what."))
@click.option(
    "--dialect",
    type=click.Choice(tuple(DIALECTS)),
    default=None,
    help=words("Nomi e tipi del JSON (predefinito: acube).", "Names and types (default: acube)."),
)
@click.option(
    "--lossless",
    is_flag=True,
    help=words(
        "Aggiunge al JSON ciò che il dialetto non ha: attributi, commenti, firme, spazi.",
        "Adds to the JSON what the dialect has not: attributes, comments, signatures.",
    ),
)
@click.option(
    "--bytes",
    "whole",
    is_flag=True,
    help=words("Come --lossless, con i byte ricevuti.", "As --lossless, with the bytes themselves."),
)
@click.option("--nulls", is_flag=True, help=words("null dove un elemento manca.", "null where an element is absent."))
@click.option(
    "--sheet",
    metavar="NAME",
    default=None,
    help=words(
        "Di una tabella solo questo foglio: documents, lines, vat …",
        "Only this sheet: documents, lines, vat …",
    ),
)
@click.option(
    "--csv-dialect",
    type=click.Choice(("plain", "it")),
    default=None,
    help=words(
        "CSV per programmi, o per Excel italiano (punto e virgola, virgola decimale).",
        "CSV for programs, or for Italian Excel (semicolon, decimal comma).",
    ),
)
@_options.stdin_name
@_options.resumable
@_options.output
@_options.common
def command(names: tuple[str, ...], **given: Any) -> int:
    """The verb; its help is above."""
    return convert(named(names), Given(**{name: given[name] for name in Given._fields}))
