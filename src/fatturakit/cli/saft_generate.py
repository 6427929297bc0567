"""``fatturakit saft generate``: a ledger, or invoices, as SAF-T files (the work is in ``_saft_generate``)."""

from __future__ import annotations

from typing import Any

import click

from . import _options
from ._language import examples, words
from ._saft_generate import Given, generate


@click.command(
    name="generate",
    help=words(
        "Genera file SAF-T da un registro, in una passata e con memoria costante.\n\n"
        "SOURCE: una cartella di CSV, JSON Lines o Parquet (company, customers, products, documents, lines …), un file "
        "SQLite, oppure fatture FatturaPA (cartella, ZIP, file).\n\n"
        "Le bozze non si esportano mai. Con errori nei dati non si scrive niente: ogni errore ha file, riga e colonna.",
        "Generate SAF-T files from a ledger, in one pass and constant memory.\n\n"
        "SOURCE: a folder of CSV, JSON Lines or Parquet files (company, customers, products, documents, lines …), a "
        "SQLite file, or FatturaPA invoices (folder, ZIP, file).\n\n"
        "Drafts are never exported. With errors in the data nothing is written: each has its file, row and column.",
    ),
    epilog=words(
        examples(
            "saft generate registro/ --month 10 --year 2026 -o saft.xml",
            "saft generate registro.db --year 2026 -o saft/",
            "saft generate registro/ --month 10 --year 2026 --sign chiave.pem -o saft.zip",
            "saft generate fatture/ --nif 599999993 --year 2026 --month 10 -o saft.xml",
            then="La password della chiave: FATTURAKIT_SAFT_PASSWORD, o --password-file. Esce con 0, 1 (errori "
            "nei dati), 2 (uso), 3 (illeggibile), 4 (manca un extra), 6 (scrittura).",
        ),
        examples(
            "saft generate ledger/ --month 10 --year 2026 -o saft.xml",
            "saft generate ledger.db --year 2026 -o saft/",
            "saft generate ledger/ --month 10 --year 2026 --sign key.pem -o saft.zip",
            "saft generate invoices/ --nif 599999993 --year 2026 --month 10 -o saft.xml",
            then="The password of the key: FATTURAKIT_SAFT_PASSWORD, or --password-file. Exits with 0, 1 (errors "
            "in the data), 2 (usage), 3 (unreadable), 4 (an extra is missing), 6 (output).",
        ),
    ),
)
@click.argument("names", nargs=-1, required=True, metavar="SOURCE", type=_options.PATH)
@click.option(
    "--variant",
    type=click.Choice(("pt", "ao", "oecd")),
    default="pt",
    show_default=True,
    help=words("Paese, o JSON nella forma OCSE.", "Country, or JSON in the shape of the OECD."),
)
@click.option("--month", type=click.IntRange(1, 12), help=words("Mese.", "Month."))
@click.option(
    "--year", type=click.IntRange(2000, 9998), help=words("Anno; da solo, dodici file.", "Year; alone, twelve files.")
)
@click.option("--from", "start", metavar="DAY", default="", help=words("Primo giorno.", "First day."))
@click.option("--to", "end", metavar="DAY", default="", help=words("Ultimo giorno.", "Last day."))
@click.option(
    "--basis",
    metavar="F|C|I|…",
    default="",
    help=words(
        "TaxAccountingBasis (predefinito: quella di company, o F).", "TaxAccountingBasis (default: company's, or F)."
    ),
)
@click.option(
    "--encoding",
    type=click.Choice(("windows-1252", "utf-8")),
    default="windows-1252",
    show_default=True,
    help=words("Codifica.", "Encoding."),
)
@click.option("--zip", "packed", is_flag=True, help=words("Ogni file in uno ZIP.", "Every file in a ZIP."))
@click.option("--sign", "key", metavar="PEM", type=_options.PATH, help=words("Chiave privata.", "Private key."))
@click.option(
    "--password-file", metavar="FILE", type=_options.PATH, help=words("Password della chiave.", "Password of the key.")
)
@click.option(
    "--key-version", metavar="N", default="", help=words("Versione della chiave (1).", "Version of the key (1).")
)
@click.option(
    "--nif",
    metavar="NIF",
    default="",
    help=words("Numero fiscale portoghese, per le fatture.", "Portuguese tax number, for invoices."),
)
@click.option("--created", metavar="DAY", default="", help=words("DateCreated (oggi).", "DateCreated (today)."))
@click.option(
    "--check",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    show_default=True,
    help=words(
        "Rilegge il file con il validatore prima di pubblicarlo (auto: fino a 16 MB).",
        "Judge the file with the validator before it appears (auto: up to 16 MB).",
    ),
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(("text", "json")),
    default="text",
    help=words("Come dire che cosa è stato fatto.", "How to say what was done."),
)
@_options.output
@_options.common_with_portuguese
def command(names: tuple[str, ...], **given: Any) -> int:
    """The verb; its help is above."""
    return generate(names, Given(**{name: given[name] for name in Given._fields}))
