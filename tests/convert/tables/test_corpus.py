"""Other people's documents: every one gives rows, and the sums of the tables are those of the XML, to the digit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from fatturakit import InputError, to_table
from fatturakit import open as open_document
from fatturakit.convert.tables.rows import rows_of
from fatturakit.convert.tables.sheets import SHEETS
from fatturakit.document import Document
from fatturakit.money import total
from tests.shared import manifest, needs_shared, shared

pytestmark = needs_shared
NUMBER = re.compile(r"-?\d{1,20}(\.\d{1,8}0*)?")
COLUMNS = {sheet.name: [column.name for column in sheet.all_columns] for sheet in SHEETS}
# sheet, column, and where in a body the XML has it (local names).
TIES = [
    ("documents", "importo_totale_documento", "DatiGeneraliDocumento/ImportoTotaleDocumento"),
    ("lines", "prezzo_totale", "DettaglioLinee/PrezzoTotale"),
    ("lines", "quantita", "DettaglioLinee/Quantita"),
    ("lines", "prezzo_unitario", "DettaglioLinee/PrezzoUnitario"),
    ("vat", "imponibile_importo", "DatiRiepilogo/ImponibileImporto"),
    ("vat", "imposta", "DatiRiepilogo/Imposta"),
    ("payments", "importo_pagamento", "DettaglioPagamento/ImportoPagamento"),
    ("withholding", "importo_ritenuta", "DatiRitenuta/ImportoRitenuta"),
    ("funds", "importo_contributo_cassa", "DatiCassaPrevidenziale/ImportoContributoCassa"),
    ("discounts", "importo", "ScontoMaggiorazione/Importo"),
]
BOOKED = {"lines": "prezzo_totale", "payments": "importo_pagamento", "withholding": "importo_ritenuta"}


def files() -> Iterator[Path]:
    yield from (shared("corpus", row["file"]) for row in manifest() if row["file"].endswith((".xml", ".XML")))


@cache
def documents() -> list[Document]:
    found = []
    for path in files():
        try:
            found.append(open_document(path))
        except InputError:
            continue
    return [item for item in found if item.profile is not None and item.profile.is_invoice]


@cache
def everything() -> dict[str, list[dict[str, Any]]]:
    gathered: dict[str, list[dict[str, Any]]] = {name: [] for name in COLUMNS}
    for number, document in enumerate(documents()):
        for name, cells in rows_of(document, str(number), "en"):
            gathered[name].append(dict(zip(COLUMNS[name], cells, strict=True)))
    return gathered


def in_xml(document: Document, path: str) -> Iterator[Decimal]:
    """Every first value at a path in the bodies, read by XPath alone; what is no number is left out."""
    parent, child = path.split("/")
    steps = f"//*[local-name()='FatturaElettronicaBody']//*[local-name()='{parent}']/*[local-name()='{child}'][1]"
    for node in document.root.xpath(steps):  # type: ignore[union-attr]
        written = "".join(node.xpath("text()")).strip()  # type: ignore[union-attr,arg-type]
        if NUMBER.fullmatch(written):
            yield Decimal(written)


def column(rows: Iterable[dict[str, Any]], name: str) -> Iterator[Decimal]:
    return (row[name] for row in rows if row[name] is not None)


def test_the_corpus_is_worth_summing() -> None:
    assert len(documents()) > 450
    assert len(everything()["lines"]) > 900
    assert sum(row["sign"] for row in everything()["documents"]) < len(everything()["documents"])


@pytest.mark.parametrize(("sheet", "name", "path"), TIES, ids=str)
def test_sums_tie_to_the_xml(sheet: str, name: str, path: str) -> None:
    ordinary = {str(place) for place, item in enumerate(documents()) if "Semplificata" not in item.root_name}
    rows = [row for row in everything()[sheet] if row["file"] in ordinary]
    wanted = [value for place in ordinary for value in in_xml(documents()[int(place)], path)]
    assert wanted
    assert Counter(column(rows, name)) == Counter(wanted)
    assert total(column(rows, name)) == total(wanted)


def test_sums_of_simplified_invoices_tie_to_the_xml() -> None:
    short = {str(place) for place, item in enumerate(documents()) if "Semplificata" in item.root_name}
    wanted = total(value for place in short for value in in_xml(documents()[int(place)], "DatiBeniServizi/Importo"))
    assert wanted > 0
    assert total(column((row for row in everything()["lines"] if row["file"] in short), "prezzo_totale")) == wanted
    groups = [row for row in everything()["vat"] if row["file"] in short]
    whole = [*column(groups, "imponibile_importo"), *column(groups, "imposta")]
    assert total(whole) <= wanted


@pytest.mark.parametrize("sheet", BOOKED)
def test_books_are_the_amounts_with_the_sign_of_their_document(sheet: str) -> None:
    signs = {(row["file"], row["body"]): row["sign"] for row in everything()["documents"]}
    rows = [row for row in everything()[sheet] if row[BOOKED[sheet]] is not None]
    assert {signs[row["file"], row["body"]] for row in rows} <= {1, -1}
    assert all(row["accounting_amount"] == signs[row["file"], row["body"]] * row[BOOKED[sheet]] for row in rows)


def test_sheets_tie_to_one_another() -> None:
    for name, sheet, source in (("taxable_total", "vat", "imponibile_importo"), ("tax_total", "vat", "imposta")):
        sums: dict[tuple[str, int], list[Decimal | None]] = {}
        for row in everything()[sheet]:
            sums.setdefault((row["file"], row["body"]), []).append(row[source])
        for row in everything()["documents"]:
            parts = sums.get((row["file"], row["body"]), [None])
            known = [part for part in parts if part is not None]
            assert row[name] == (total(known) if len(known) == len(parts) else None)


def test_every_body_of_every_document_has_a_row() -> None:
    bodies = Counter(row["file"] for row in everything()["documents"])
    for place, document in enumerate(documents()):
        found = document.root.xpath("count(*[local-name()='FatturaElettronicaBody'])")
        assert bodies[str(place)] == found
        assert found or any(row["file"] == str(place) for row in everything()["notes"])


@pytest.mark.parametrize("name", ["all.xlsx", "out/"])
def test_the_whole_corpus_fits_every_format(tmp_path: Path, name: str) -> None:
    done = to_table(files(), f"{tmp_path}/{name}", format=None if name.endswith("x") else "parquet", lang="en")
    assert done.documents + len(done.unread) == len(list(files()))
    if name == "out/":
        lines = pq.read_table(tmp_path / "out" / "lines.parquet")
        assert pc.sum(lines.column("prezzo_totale")).as_py() == total(column(everything()["lines"], "prezzo_totale"))
        assert lines.num_rows == done.rows["lines"]
