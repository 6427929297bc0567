"""``fatturakit saft``: the audit file of Portugal (and Angola, Norway): validate, verify, convert, inspect."""

from __future__ import annotations

from typing import Final

import click

from ._group import LazyGroup
from ._language import examples, words

VERBS: Final = {
    "generate": words("Dal registro (o da fatture) al file SAF-T.", "From a ledger (or invoices) to SAF-T."),
    "qr": words("Il codice QR di un documento.", "The QR code of a document."),
    "validate": words("Controlla file SAF-T di qualsiasi dimensione.", "Check SAF-T files of any size."),
    "verify": words("La catena delle firme di ogni serie.", "The chain of signatures of every series."),
    "convert": words("In tabelle: CSV, XLSX, Parquet, SQLite, JSONL.", "To tables: CSV, XLSX, Parquet, SQLite, JSONL."),
    "inspect": words("Un file in una schermata, o in una pagina HTML.", "A file on one screen, or as an HTML page."),
}


class Verbs(LazyGroup):
    """The verbs of ``saft``."""

    verbs = VERBS
    home = ".saft_{}"


@click.group(
    name="saft",
    cls=Verbs,
    help=words(
        "File di audit SAF-T: Portogallo (PT 1.04_01), Angola (AO 1.01_01), Norvegia (NO 1.30).",
        "SAF-T audit files: Portugal (PT 1.04_01), Angola (AO 1.01_01), Norway (NO 1.30).",
    ),
    epilog=words(
        examples(
            "saft validate saft.xml",
            "saft convert 2026/*.zip -o registro.xlsx",
            "saft verify --key pubblica.pem 2026/*.xml",
        ),
        examples(
            "saft validate saft.xml",
            "saft convert 2026/*.zip -o ledger.xlsx",
            "saft verify --key public.pem 2026/*.xml",
        ),
    ),
)
def command() -> None:
    """The group; its help is above."""
