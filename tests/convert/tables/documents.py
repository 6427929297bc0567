"""Documents the tests of tables are made of, and rows by name."""

from __future__ import annotations

from typing import Any

from fatturakit import open as open_document
from fatturakit import table_rows
from fatturakit.document import Document
from tests.samples import INVOICE, invoice
from tests.shared import ROOT

CREDIT = ("<TipoDocumento>TD01<", "<TipoDocumento>TD04<")
SIMPLIFIED = ROOT / "fixtures" / "simplified" / "IT07700930097_00S01.xml"
LOT = ROOT / "fixtures" / "invoices" / "IT07688300081_LT003.xml"
FEE = ROOT / "fixtures" / "invoices" / "IT07803150148_2026P.xml"


def document(*changes: tuple[str, str], name: str = "a.xml") -> Document:
    return open_document(invoice(*changes), name=name)


def described(text: str, name: str = "a.xml") -> Document:
    """The invoice whose one line is described so; ``text`` is escaped here."""
    for raw, escaped in (("&", "&amp;"), ("<", "&lt;"), ("\r", "&#13;"), ("\t", "&#9;"), ("\n", "&#10;")):
        text = text.replace(raw, escaped)
    return document(("<Descrizione>Tavolo<", f"<Descrizione>{text}<"), name=name)


def small(serial: int) -> bytes:
    """One of many different invoices."""
    return INVOICE.replace("12/A", f"{serial}/A").encode()


def rows(found: Document, sheet: str) -> list[dict[str, Any]]:
    return list(table_rows(found, sheet, lang="en"))


def one(found: Document, sheet: str = "documents") -> dict[str, Any]:
    (row,) = rows(found, sheet)
    return row
