"""One ledger in every kind of source gives one file; what is wrong with a source is said with its place."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections import namedtuple
from dataclasses import make_dataclass
from decimal import Decimal
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fatturakit.errors import InputError
from fatturakit.saft.generating import LedgerError, generated
from fatturakit.saft.ledger import csv_file
from fatturakit.saft.ledger.source import is_ledger, open_source
from fatturakit.saft.ledger.troubles import Troubles

from ..ledgers import LISBON, OCTOBER, as_csv, complaints, content, document, ledger, line, made, rows

TABLES = {path.stem: rows(path) for path in sorted(LISBON.glob("*.csv"))}


def bytes_of(source: Any) -> bytes:
    with generated(source, options=OCTOBER) as result:
        return content(result)


@pytest.fixture(scope="module")
def expected() -> bytes:
    return bytes_of(LISBON)


def jsonl(folder: Path) -> Path:
    for name, table in TABLES.items():
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in table), encoding="utf-8")
    return folder


def parquet(folder: Path) -> Path:
    for name, table in TABLES.items():
        pq.write_table(pa.Table.from_pylist(table), folder / f"{name}.parquet")
    return folder


def semicolons(folder: Path) -> Path:
    for path in LISBON.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        if '"' not in text and ";" not in text:
            text = "\ufeff" + text.replace(",", ";").replace("\n", "\r\n")
        (folder / path.name.upper().replace(".CSV", ".csv")).write_text(text, encoding="utf-8", newline="")
    return folder


def sqlite(folder: Path) -> Path:
    database = sqlite3.connect(folder / "ledger.db")
    for name, table in TABLES.items():
        columns = ", ".join(f'"{column}"' for column in table[0])
        database.execute(f"CREATE TABLE {name} ({columns})")
        holes = ", ".join("?" * len(table[0]))
        database.executemany(f"INSERT INTO {name} VALUES ({holes})", [list(row.values()) for row in table])
    database.commit()
    database.close()
    return folder / "ledger.db"


def objects(folder: Path) -> dict[str, Any]:
    del folder
    found: dict[str, Any] = {
        name: table for name, table in TABLES.items() if name not in ("lines", "customers", "company")
    }
    kind = namedtuple("kind", TABLES["customers"][0])
    found["customers"] = lambda: (kind(**row) for row in TABLES["customers"])
    owner = make_dataclass("owner", TABLES["company"][0])
    found["company"] = owner(**TABLES["company"][0])
    numbers = [row["number"] for row in TABLES["documents"]]
    nested = {number: [row for row in TABLES["lines"] if row["document"] == number] for number in numbers}
    found["documents"] = [{**row, "lines": nested[row["number"]]} for row in TABLES["documents"]]
    return found


def mixed(folder: Path) -> Path:
    jsonl(folder)
    (folder / "lines.jsonl").unlink()
    pq.write_table(pa.Table.from_pylist(TABLES["lines"]), folder / "lines.parquet")
    return folder


def shuffled(folder: Path) -> Path:
    """Lines in the opposite order of their documents (and the documents backwards)."""
    jsonl(folder)
    numbers = {row["number"]: place for place, row in enumerate(TABLES["documents"])}
    lines = sorted(TABLES["lines"], key=lambda row: -numbers[row["document"]])
    (folder / "lines.jsonl").write_text("".join(json.dumps(row) + "\n" for row in lines), encoding="utf-8")
    return folder


@pytest.mark.parametrize("write", [jsonl, parquet, sqlite, semicolons, mixed])
def test_the_same_file_from_every_source(write: Any, tmp_path: Path, expected: bytes) -> None:
    source = write(tmp_path)
    assert is_ledger(str(source))
    assert bytes_of(source) == expected


def test_the_same_file_from_objects(tmp_path: Path, expected: bytes) -> None:
    assert bytes_of(objects(tmp_path)) == expected


def test_lines_in_any_order(tmp_path: Path, expected: bytes) -> None:
    """The same documents with the same lines; only their place among each other may differ."""

    def parts(data: bytes) -> list[bytes]:
        return sorted(data.splitlines())

    assert parts(bytes_of(shuffled(tmp_path))) == parts(expected)


def test_values_of_any_type(tmp_path: Path) -> None:
    """Decimals, days, moments, numbers and booleans say what their text would."""
    plain = ledger(document("FT A/1", line(unit_price="10.50", qty="2"), cash_vat="1"))
    rich = ledger(document("FT A/1", line(unit_price=Decimal("10.50"), qty=2, tax_rate=Decimal(23)), cash_vat=True))
    import datetime as dt

    rich["documents"][0] |= {"date": dt.date(2026, 10, 10), "system_entry": dt.datetime(2026, 10, 10, 10)}  # noqa: DTZ001 - local time, as the law wants it
    assert bytes_of(plain) == bytes_of(rich)
    for name in ("company", "customers", "products"):
        table = rich[name] if isinstance(rich[name], list) else [rich[name]]
        pq.write_table(pa.Table.from_pylist(table), tmp_path / f"{name}.parquet")
    lines = [row | {"document": "FT A/1"} for row in rich["documents"][0].pop("lines")]
    pq.write_table(pa.Table.from_pylist(lines), tmp_path / "lines.parquet")
    pq.write_table(pa.Table.from_pylist(rich["documents"]), tmp_path / "documents.parquet")
    assert bytes_of(tmp_path) == bytes_of(plain)


def folder_of(tmp_path: Path, **files: str | bytes) -> Path:
    for path in LISBON.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    for name, data in files.items():
        (tmp_path / f"{name}.csv").write_bytes(data if isinstance(data, bytes) else data.encode())
    return tmp_path


def test_a_row_with_too_many_cells(tmp_path: Path) -> None:
    head = (LISBON / "products.csv").read_text(encoding="utf-8")
    assert ("SL001", None) in complaints(folder_of(tmp_path, products=head + "X,P,Remo, de faia,,\n"))


def test_unknown_and_missing_columns(tmp_path: Path) -> None:
    source = folder_of(tmp_path, products="code,tipo,description\nREMO,P,Remo\n")
    assert ("SL002", "tipo") in complaints(source)
    source = folder_of(tmp_path, products="code,type\nREMO,P\n")
    assert ("SL002", "description") in complaints(source)


def test_a_spreadsheet_of_a_country_with_decimal_commas(tmp_path: Path) -> None:
    """As Excel saves it there: semicolons, commas, Windows-1252; a text with a comma stays as it is."""
    source = as_csv(ledger(document("FT A/1", line(unit_price="1.25", description="Pão, 1,25 kg"))), tmp_path)
    path = tmp_path / "lines.csv"
    cells = rows(path)
    names = list(cells[0])
    table = [";".join(names), *(";".join(row[name] for name in names) for row in cells)]
    path.write_bytes("\r\n".join(table).replace("1.25", "1,25").encode("windows-1252"))
    root = made(source)
    assert root.findtext(".//Line/UnitPrice") == "1.25"
    assert root.findtext(".//Line/Description") == "Pão, 1,25 kg"


def test_a_comma_in_a_file_with_commas_is_no_decimal(tmp_path: Path) -> None:
    source = as_csv(ledger(document("FT A/1", line(unit_price="1,25"))), tmp_path)
    assert ("SL004", "unit_price") in complaints(source)


def test_bytes_that_are_not_utf8(tmp_path: Path) -> None:
    """A whole file in Windows-1252 is read so; a stray byte far into a UTF-8 file is an error with its place."""
    latin = (LISBON / "customers.csv").read_text(encoding="utf-8").replace("Łódź Trading →", "Lodz").encode("cp1252")
    assert ("SL013", None) in complaints(folder_of(tmp_path, customers=latin))
    good = (LISBON / "customers.csv").read_bytes()
    padding = b"".join(b"X%d,,Nome,Rua,Porto,4000-001,PT\n" % number for number in range(40_000))
    with pytest.raises(LedgerError) as caught:
        bytes_of(
            folder_of(tmp_path, customers=good + padding + b"C3,,Jos\xe9,Rua,Porto,4000-001,PT\n", documents=_FOR_C3)
        )
    found = next(row for row in caught.value.findings if row.code == "SL013")
    assert (found.path, found.line, found.field) == ("customers.csv", 40_005, "name")


_FOR_C3 = "number,type,date,system_entry,user,customer\nFT 2026/2,FT,2026-10-01,2026-10-01T09:15:00,ana,C3\n"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("lines.csv", b'document,product\n"FT'),
        ("documents.jsonl", b"[1]\n"),
        ("documents.jsonl", b"{\n"),
        ("lines.parquet", b"PAR1"),
    ],
)
def test_broken_files(name: str, data: bytes, tmp_path: Path) -> None:
    source = folder_of(tmp_path)
    (source / name).with_suffix(".csv").unlink()
    (source / name).write_bytes(data)
    with pytest.raises((InputError, LedgerError)):
        bytes_of(source)


def test_a_table_twice(tmp_path: Path) -> None:
    source = folder_of(tmp_path)
    (source / "lines.jsonl").write_text("{}\n")
    with pytest.raises(InputError):
        open_source(source)


def test_tables_have_a_first_row_again() -> None:
    """A source can be read twice: files of a whole year, lines in another order."""
    source = open_source(ledger(document()))
    first, second = (list(source.open("lines", Troubles()).rows) for _ in range(2))
    assert first == second
    assert first


def test_quotation_marks_across_blocks_of_lines(tmp_path: Path) -> None:
    rows_ = [f"P{n},Coisa {n}\n" for n in range(254)]
    text = "code,description\n" + "".join(rows_) + '"P, um","Coisa ""um""\ncom linhas"\n\nP900,Coisa\nP901\n'
    folder = folder_of(tmp_path, products=text)
    troubles = Troubles()
    found = list(open_source(folder).open("products", troubles).rows)
    assert found[253:] == [
        (255, ["P253", "Coisa 253"]),
        (257, ["P, um", 'Coisa "um"\ncom linhas']),
        (259, ["P900", "Coisa"]),
        (260, ["P901", ""]),
    ]
    assert [(row.code, row.line) for row in troubles.findings] == [("SL001", 260)]


def test_a_cell_of_a_megabyte(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, products=f"code,description\nP1,{'x' * (1 << 21)}\n")
    with pytest.raises(InputError):
        list(open_source(folder).open("products", Troubles()).rows)


def test_an_accent_at_the_very_end_of_a_file(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, products="code,description\nPAO,Pão\n".encode("cp1252"))
    troubles = Troubles()
    assert list(open_source(folder).open("products", troubles).rows) == [(2, ["PAO", "Pão"])]
    assert [row.code for row in troubles.findings] == ["SL013"]


def test_the_description_of_a_product_is_not_cut_in_silence() -> None:
    source = ledger(document("FT A/1"), products=[{"code": "P1", "description": "x" * 201}])
    assert complaints(source).count(("SL005", "description")) == 1
    broken = ledger(document("FT A/1"), products=[{"code": "P1", "description": "P\udce3o"}])
    assert ("SL013", "description") in complaints(broken)


@given(st.text('ab,;"\r\n\t é', max_size=80), st.sampled_from([1, 4, 1_000]))
@settings(max_examples=100, deadline=None)
def test_any_text_is_read_as_python_reads_it(text: str, block: int) -> None:
    """Wherever a block of lines ends: rows with two cells, and their numbers, are those of the module csv."""
    data = "number,type\r\n" + text
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_file, "_BLOCK", block)
        path = Path(folder) / "documents.csv"
        path.write_bytes(data.encode())
        reader = csv.reader(StringIO(data, newline=""))
        expected = [(reader.line_num, cells) for cells in reader]
        found = list(csv_file.read(path, "documents", Troubles()).rows)
    assert found == [(number, [*cells, "", ""][:2]) for number, cells in expected[1:] if cells]


def test_parquet_by_the_public_door(tmp_path: Path, expected: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version of Arrow may keep its reader elsewhere."""
    monkeypatch.delattr("pyarrow._parquet.ParquetReader")
    assert bytes_of(parquet(tmp_path)) == expected


def test_a_nested_column_of_parquet(tmp_path: Path) -> None:
    source = parquet(tmp_path)
    lines = [row | {"note": {"a": 1, "b": 2}} for row in TABLES["lines"]]
    pq.write_table(pa.Table.from_pylist(lines), source / "lines.parquet")
    assert ("SL002", "note") in complaints(source)


def with_receipt(name: str) -> dict[str, Any]:
    """A receipt and an entry whose lines have this name inside them (None: that of their table)."""
    day = {"date": "2026-10-12", "user": "ana"}
    paid = [{"origin": "FT A/1", "origin_date": "2026-10-10", "amount": "12.30"}]
    entry = {"id": "1", "journal": "V", "archive_number": "1", "description": "Venda", **day}
    sides = [{"account": "11", "side": side, "amount": "1", "system_entry": "2026-10-12T10:00:00"} for side in "DC"]
    receipt = {"number": "RG A/1", "type": "RG", "system_entry": "2026-10-12T10:00:00", "customer": "C1", **day}
    return ledger(
        document(),
        company={"basis": "I", "taxonomy": "O"},
        accounts=[{"id": "11", "description": "Caixa", "category": "GR"}],
        journals=[{"id": "V", "description": "Vendas"}],
        receipts=[receipt | {name or "receipt_lines": paid}],
        entries=[entry | {name or "entry_lines": sides}],
    )


def test_lines_of_receipts_and_entries_may_be_called_lines(tmp_path: Path) -> None:
    called, named = with_receipt("lines"), with_receipt("")
    called["documents"].insert(0, {"draft": "1", "number": "-"})
    for name, table in called.items():
        rows_ = [table] if isinstance(table, dict) else table
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows_), encoding="utf-8")
    assert b"<NumberOfEntries>1</NumberOfEntries><TotalDebit>1</TotalDebit>" in bytes_of(named)
    assert bytes_of(called) == bytes_of(named) == bytes_of(tmp_path)
