"""Tables of audit files in every format, with the same rows; months merged; series apart."""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path

import pytest

from fatturakit.errors import InputError, OutputError, UsageError
from fatturakit.saft.converting import convert
from fatturakit.saft.source import source_of

from .small import SMALL

ROWS = {"accounts": 2, "customers": 1, "suppliers": 1, "products": 1, "taxes": 2, "ledger": 3}
ROWS |= {"header": 1, "journals": 1, "documents": 7, "lines": 8, "payments": 3, "details": 46}
MARCH, APRIL = source_of(SMALL, "march.xml"), source_of(SMALL, "april.xml")


def lines_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_csv(tmp_path: Path) -> None:
    assert convert([MARCH], "csv", tmp_path / "out").rows == ROWS
    first = lines_of(tmp_path / "out" / "lines.csv")[0]
    assert (first["number"], first["series"], first["quantity"], first["unit_price"]) == ("FT A/1", "FT A", "2", "10.5")
    assert (first["credit"], first["tax_code"]) == ("21.00", "NOR")
    assert (first["file"], first["company"]) == ("march.xml", "599999993")


def test_json_lines(tmp_path: Path) -> None:
    convert([MARCH], "jsonl", tmp_path / "out")
    rows = [json.loads(line) for line in (tmp_path / "out" / "documents.jsonl").read_text("utf-8").splitlines()]
    assert [row["number"] for row in rows] == ["FT A/1", "FT A/2", "NC N/1", "GT G/1", "OR O/1", "RG R/1", "RC R/1"]
    assert rows[0]["currency"] == "USD"
    assert "currency" not in rows[1]


def test_sqlite(tmp_path: Path) -> None:
    convert([MARCH], "sqlite", tmp_path / "out.db")
    with sqlite3.connect(tmp_path / "out.db") as base:
        found = base.execute("SELECT side, account, amount FROM ledger ORDER BY record").fetchall()
    assert found == [("D", "211", "10"), ("C", "211", "20"), ("D", "211", "10")]


def test_xlsx(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    convert([MARCH], "xlsx", tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["documents"]
    names = [cell.value for cell in sheet[1]]
    assert sheet.max_row == 8
    assert sheet.cell(2, names.index("gross_total") + 1).value == 46.83


def test_parquet(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    convert([MARCH], "parquet", tmp_path / "out")
    table = parquet.read_table(tmp_path / "out" / "lines.parquet")
    assert table.num_rows == ROWS["lines"]
    assert str(table.column("unit_price")[0].as_py()) == "10.5000000000"


def test_months_are_merged_and_master_data_not_repeated(tmp_path: Path) -> None:
    done = convert([MARCH, APRIL], "csv", tmp_path / "out")
    twice = ("header", "documents", "lines", "payments", "ledger")
    assert done.rows | {"details": 0} == ROWS | {name: 2 * ROWS[name] for name in twice} | {"details": 0}
    details = lines_of(tmp_path / "out" / "details.csv")
    assert {row["file"] for row in details if row["section"] == "customers"} == {"march.xml"}
    assert {row["file"] for row in details if row["section"] == "SalesInvoices"} == {"march.xml", "april.xml"}
    assert {row["file"] for row in lines_of(tmp_path / "out" / "documents.csv")} == {"march.xml", "april.xml"}


def test_series_apart(tmp_path: Path) -> None:
    convert([MARCH], "csv", tmp_path / "out", by_series=True)
    names = {path.name for path in (tmp_path / "out").glob("documents-*.csv")}
    assert names == {f"documents-{name}.csv" for name in ("FT_A", "NC_N", "GT_G", "OR_O", "RG_R", "RC_R")}


def test_a_formula_stays_text(tmp_path: Path) -> None:
    hostile = SMALL.replace("<Description>Pão</Description>".encode(), b"<Description>=1+1</Description>", 1)
    convert([source_of(hostile, "a.xml")], "csv", tmp_path / "out")
    assert lines_of(tmp_path / "out" / "lines.csv")[0]["description"] == "'=1+1"


def test_windows_1252_called_utf_8_is_read(tmp_path: Path) -> None:
    convert([source_of(SMALL.decode().encode("cp1252"), "a.xml")], "csv", tmp_path / "out")
    assert lines_of(tmp_path / "out" / "products.csv")[0]["description"] == "Pão de milho"


def test_nothing_appears_when_it_fails(tmp_path: Path) -> None:
    for target, to in ((tmp_path / "out", "csv"), (tmp_path / "out.db", "sqlite")):
        with pytest.raises(InputError):
            convert([source_of(SMALL[:9000], "a.xml")], to, target)
        assert not target.exists()
        assert not list(tmp_path.iterdir())


def test_what_is_there_is_kept(tmp_path: Path) -> None:
    (tmp_path / "out.db").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError):
        convert([MARCH], "sqlite", tmp_path / "out.db")
    convert([MARCH], "sqlite", tmp_path / "out.db", force=True)
    with pytest.raises(UsageError):
        convert([MARCH], "odt", tmp_path / "out.odt")
