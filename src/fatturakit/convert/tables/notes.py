"""The sheet Notes: what the cells do not say, and the files that gave no row."""

from __future__ import annotations

from typing import Final

from ...texts import Language, Text
from .spec import Cells, Column, Sheet

REASONS: Final = {
    "date": Text("non è una data", "not a date"),
    "decimal": Text("non è un numero, o ha troppe cifre", "not a number, or one with too many digits"),
    "integer": Text("non è un numero intero", "not a whole number"),
    "boolean": Text("non è SI", "not SI"),
    "repeated": Text(
        "il valore c'è più volte: vale il primo", "the value is there more than once: the first one counts"
    ),
    "digits": Text(
        "più di 15 cifre: un foglio di calcolo non le tiene tutte", "more than 15 digits: a spreadsheet keeps 15"
    ),
    "long": Text(
        "più di 32.767 caratteri: un foglio di calcolo ne mostra l'inizio",
        "more than 32,767 characters: a spreadsheet shows the beginning",
    ),
    "sign": Text(
        "nota di credito con importi già negativi: nei conti entrano così come sono",
        "credit note whose amounts are negative already: they enter the books as they are",
    ),
    "sum": Text("la somma ha troppe cifre", "the sum has too many digits"),
    "no_body": Text("nessun FatturaElettronicaBody", "no FatturaElettronicaBody"),
    "no_invoice": Text("non è una fattura", "not an invoice"),
}


def reason(key: str, lang: Language) -> str:
    """The reason ``key`` in words; a sentence that is no key stays as it is."""
    known = REASONS.get(key)
    return key if known is None else known.say(lang)


def note(file: str, why: str, *, place: tuple[int, str, int, str] | None = None, written: str = "") -> Cells:
    """A row of Notes. place: body, lasting name of the sheet, 1-based row among the document's in it, and column."""
    body, sheet, row, column = place or (None, None, None, None)
    return file, body, sheet, row, column, why, written or None


NOTES: Final = Sheet(
    "notes",
    Text("Note", "Notes"),
    (
        Column("file", "text", label=Text("File", "File"), width=28),
        Column("body", "integer", label=Text("Corpo", "Body"), width=7),
        Column("sheet", "text", label=Text("Foglio", "Sheet")),
        Column("row", "integer", label=Text("Riga nel documento", "Row in the document"), width=9),
        Column("column", "text", label=Text("Colonna", "Column"), width=24),
        Column("reason", "text", label=Text("Perché", "Why"), width=40),
        Column("written", "text", label=Text("Valore scritto", "Value as written"), width=40),
    ),
)
