"""No value of an audit file is lost or changed on its way into tables, in any format."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections import Counter
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from fatturakit.saft.converting import convert
from fatturakit.saft.sinks import FORMATS
from fatturakit.saft.source import source_of

from ..shared import needs_shared, shared
from .small import SMALL

Tables = dict[str, list[dict[str, Any]]]
_ADDED = {"file", "company", "section", "series", "path", "journal", "side"}
"""Columns that say where a row comes from."""
_REPEATED = {
    "lines": {"number"},
    "payments": {"number"},
    "details": {"number", "line"},
    "ledger": {"transaction", "period", "date", "type", "customer", "supplier"}
    | {"entry_description", "user", "archive_number", "posting_date"},
}
"""Columns that repeat what stands once, on the document or the entry."""
_EDGE = (
    SMALL.replace(b"<UnitPrice>10.5</UnitPrice>", b"<UnitPrice>10.500000000001</UnitPrice>", 1)
    .replace(b"<ExchangeRate>", b"<ExchangeRate>1234567890123456789012345678.12", 1)
    .replace(b"<Contact>Rita</Contact>", "<Contact>a;b,\"c\"\n d € Ž &#x81; 007</Contact>".encode(), 1)
    .replace(b"<Fax>2</Fax>", b"<Fax>+351 2</Fax><Unknown><Deep>lost?</Deep></Unknown>", 1)
)  # fmt: skip


def plain(value: object) -> str:
    """One text for equal values: 10.50 is 10.5."""
    try:
        return str(Decimal(str(value)).normalize())
    except InvalidOperation:
        return str(value)


def written(root: etree._Element) -> Counter[str]:
    """Every value of the file, by a walk that knows nothing of tables; those of entries stand on each of their lines."""
    heads = {node for entry in root.iter("{*}Transaction") for node in entry}
    leaves = (node for node in root.iter(etree.Element) if not len(node) and node not in heads)
    return Counter(plain(node.text) for node in leaves if node.text)


def held(tables: Tables) -> Counter[str]:
    found: Counter[str] = Counter()
    for table, rows in tables.items():
        passed = _ADDED | _REPEATED.get(table, set())
        cells = ((name, value) for row in rows for name, value in row.items())
        found.update(plain(value) for name, value in cells if name not in passed and value not in {None, ""})
    return found


def read(kind: str, place: Path) -> Tables:
    if kind == "csv":
        return {
            path.stem: [bare(row) for row in csv.DictReader(path.open(newline="", encoding="utf-8"))]
            for path in place.iterdir()
        }
    if kind == "jsonl":
        return {
            path.stem: [json.loads(line) for line in path.read_text("utf-8").split("\n")[:-1]]
            for path in place.iterdir()
        }
    if kind == "parquet":
        parquet = pytest.importorskip("pyarrow.parquet")
        return {path.stem: parquet.read_table(path).to_pylist() for path in place.iterdir()}
    return of_base(place) if kind == "sqlite" else of_book(place)


def bare(row: dict[str, str]) -> dict[str, str]:
    """A row of CSV without the apostrophes that keep formulas from being one."""
    return {name: value[1:] if value[:2] in {"'+", "'-", "'=", "'@"} else value for name, value in row.items()}


def of_base(place: Path) -> Tables:
    base = sqlite3.connect(place)
    base.row_factory = sqlite3.Row
    names = [row[0] for row in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {name: [dict(row) for row in base.execute(f'SELECT * FROM "{name}"')] for name in names}
    base.close()
    return found


def of_book(place: Path) -> Tables:
    openpyxl = pytest.importorskip("openpyxl")
    found = {}
    for sheet in openpyxl.load_workbook(place):
        names, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(names, row, strict=True)) for row in rows]
    return found


@pytest.mark.parametrize("kind", FORMATS)
def test_every_value_is_in_some_cell(kind: str, tmp_path: Path) -> None:
    for number, given in enumerate((SMALL, _EDGE)):
        place = tmp_path / f"{number}.xlsx"
        convert([source_of(given, "a.xml")], kind, place)
        assert not written(etree.fromstring(given)) - held(read(kind, place))


@needs_shared
@pytest.mark.parametrize("name", ["saft_idemo599999999.xml", "ao-purchase-invoices.xml"])
def test_public_files_are_kept_whole(name: str, tmp_path: Path) -> None:
    given = shared("corpus", "saft", name).read_bytes()
    convert([source_of(given, "a.xml")], "jsonl", tmp_path)
    assert not written(etree.fromstring(given)) - held(read("jsonl", tmp_path))


def test_an_entry_stands_whole_on_its_lines(tmp_path: Path) -> None:
    convert([source_of(SMALL, "a.xml")], "jsonl", tmp_path)
    row = read("jsonl", tmp_path)["ledger"][0]
    entry = next(etree.fromstring(SMALL).iter("{*}Transaction"))
    assert {node.text for node in entry if not len(node)} <= set(row.values())
    assert row["journal"] in {node.text for node in etree.fromstring(SMALL).iter("{*}JournalID")}


def test_what_repeats_is_told_by_its_place(tmp_path: Path) -> None:
    convert([source_of(SMALL, "a.xml")], "jsonl", tmp_path)
    rows = read("jsonl", tmp_path)["details"]
    serial = next(row for row in rows if row["path"] == "ProductSerialNumber/SerialNumber[2]")
    assert (serial["number"], serial["line"], serial["value"]) == ("FT A/1", "1", "S2")
    ship = next(row for row in rows if row["path"] == "ShipToAddress/City")
    assert (ship["section"], ship["number"]) == ("customers", "C1")


def test_a_number_that_fits_no_decimal_makes_its_column_text(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    convert([source_of(_EDGE, "a.xml")], "parquet", tmp_path)
    lines = parquet.read_table(tmp_path / "lines.parquet")
    assert (str(lines.schema.field("unit_price").type), str(lines.schema.field("credit").type)) == (
        "string",
        "decimal128(38, 10)",
    )
    assert lines.column("unit_price")[0].as_py() == "10.500000000001"


def test_details_of_a_series_go_with_it(tmp_path: Path) -> None:
    convert([source_of(SMALL, "a.xml")], "csv", tmp_path, by_series=True)
    names = {path.name for path in tmp_path.glob("details*")}
    assert {"details.csv", "details-FT_A.csv"} <= names


def test_a_formula_in_place_of_a_number_is_kept_from_being_one(tmp_path: Path) -> None:
    hostile = SMALL.replace(b"<UnitPrice>10.5<", b"<UnitPrice>=1+1<", 1)
    convert([source_of(hostile, "a.xml")], "csv", tmp_path)
    assert "'=1+1" in (tmp_path / "lines.csv").read_text("utf-8")
