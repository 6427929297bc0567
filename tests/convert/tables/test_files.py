"""The files themselves, read back with other people's readers."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl.utils.escape import unescape

from fatturakit import InputError, UsageError, to_table
from fatturakit import open as open_document
from fatturakit.convert.tables import NAMES
from fatturakit.convert.tables.sheets import SHEETS
from fatturakit.convert.tables.xlsx_file import XlsxWriter
from fatturakit.errors import MissingExtra, OutputError

from .documents import CREDIT, FEE, LOT, SIMPLIFIED, described, document, small

HOSTILE = (
    "=1+1",
    "+39 049 123",
    "-5% su tutto",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    '=HYPERLINK("http://a.example","x")',
    'due\nrighe; "virgolette", virgola',
    "<r><t>x</t></r>",
    "<r>",
    "_x0041_ è scritto così",
    " spazi ",
    "è € “” 🧾",
    "'apice",
    "0012",
    "1E5",
)


def read_csv(path: Path, **how: Any) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, **how))


def book(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def cells(sheet: Any) -> list[dict[str, Any]]:
    head, *rest = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rest]


def test_a_folder_of_csv_has_a_file_a_sheet(tmp_path: Path) -> None:
    done = to_table([FEE, LOT], f"{tmp_path}/out/", format="csv", lang="en")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {f"{name}.csv" for name in NAMES}
    assert {name: len(read_csv(tmp_path / "out" / f"{name}.csv")) for name in NAMES} == done.rows
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_plain_csv_is_for_programs(tmp_path: Path) -> None:
    to_table([FEE], tmp_path / "a.csv", lang="en")
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"File,Body,Document type,Date,")
    (row,) = read_csv(tmp_path / "a.csv")
    assert (row["Date"], row["Accounting amount"], row["Signed"]) == ("2026-02-17", "1631.00", "false")


def test_italian_csv_is_for_excel(tmp_path: Path) -> None:
    to_table([document(CREDIT)], tmp_path / "a.csv", lang="it", dialect="it")
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfFile;Corpo;")
    assert data.count(b"\r\n") == 2
    (row,) = read_csv(tmp_path / "a.csv", delimiter=";")
    assert (row["Data"], row["Importo contabile"], row["Netto calcolato"]) == ("03/11/2026", "-122,00", "VERO")


@pytest.mark.parametrize("dialect", ["plain", "it"])
@pytest.mark.parametrize("text", HOSTILE)
def test_csv_texts_come_back_and_no_formula_starts_a_cell(tmp_path: Path, text: str, dialect: str) -> None:
    to_table([described(text)], tmp_path / "a.csv", sheet="lines", lang="en", dialect=dialect)
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as lines:
        (row,) = csv.DictReader(lines, delimiter=";" if dialect == "it" else ",")
    harmful = text[0] in "=+-@\t\r＝"
    assert row["Description"] == ("'" if harmful else "") + text


def test_a_hostile_file_name_is_no_formula_either(tmp_path: Path) -> None:
    to_table([document(name="=cmd|x.xml")], tmp_path / "a.csv", lang="en")
    assert read_csv(tmp_path / "a.csv")[0]["File"] == "'=cmd|x.xml"


@pytest.mark.parametrize("text", HOSTILE)
def test_xlsx_texts_come_back_as_texts(tmp_path: Path, text: str) -> None:
    to_table([described(text)], tmp_path / "a.xlsx", lang="en")
    sheet = book(tmp_path / "a.xlsx")["Lines"]
    place = [cell.value for cell in sheet[1]].index("Description") + 1
    cell = sheet.cell(2, place)
    assert cell.data_type in {"s", "inlineStr"}
    assert unescape(str(cell.value)) == text  # Excel writes a control character as _x000D_


def test_xlsx_has_numbers_days_and_a_head_that_stays(tmp_path: Path) -> None:
    to_table([FEE, document(CREDIT)], tmp_path / "a.xlsx", lang="en")
    found = book(tmp_path / "a.xlsx")
    assert found.sheetnames == [sheet.title.en for sheet in SHEETS]
    sheet = found["Documents"]
    row = cells(sheet)[0]
    assert row["Date"] == datetime(2026, 2, 17)  # noqa: DTZ001 - cells have no time zone
    assert (row["Accounting amount"], row["Body"], row["Signed"]) == (1631, 1, False)
    assert row["Seller VAT number"] == "07803150148"
    assert cells(sheet)[1]["Accounting amount"] == -122
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:AW3")
    formats = {cell.value: sheet.cell(2, cell.column).number_format for cell in sheet[1]}
    assert formats["Date"] == "dd/mm/yyyy"
    assert formats["Accounting amount"] == "#,##0.00"
    assert all(dimension.width >= 7 for dimension in sheet.column_dimensions.values())


def test_xlsx_italian(tmp_path: Path) -> None:
    to_table([FEE], tmp_path / "a.xlsx", lang="it")
    found = book(tmp_path / "a.xlsx")
    assert found.sheetnames[:3] == ["Documenti", "Righe", "IVA"]
    assert "Netto a pagare" in cells(found["Documenti"])[0]


def test_a_day_excel_does_not_have_is_text(tmp_path: Path) -> None:
    days = ("0001-01-01", "1899-12-31", "1900-01-01", "9999-12-31")
    to_table([document(("2026-11-03", day)) for day in days], tmp_path / "a.xlsx", lang="en")
    found = [row["Date"] for row in cells(book(tmp_path / "a.xlsx")["Documents"])]
    assert found[:2] == ["0001-01-01", "1899-12-31"]
    assert [str(value)[:10] for value in found[2:]] == ["1900-01-01", "9999-12-31"]


def test_a_full_sheet_goes_on_in_another(tmp_path: Path) -> None:
    sheets = SHEETS[:2]
    with XlsxWriter(tmp_path, sheets, "en", rows=4) as writer:
        for number in range(7):
            writer.add("lines", (f"f{number}", *[None] * (len(sheets[1].all_columns) - 1)))
    found = book(tmp_path / "fatturakit.xlsx")
    assert found.sheetnames == ["Documents", "Lines", "Lines (2)", "Lines (3)"]
    assert [[row["File"] for row in cells(found[name])] for name in found.sheetnames[1:]] == [
        ["f0", "f1", "f2"],
        ["f3", "f4", "f5"],
        ["f6"],
    ]
    assert found["Lines (3)"].auto_filter.ref == "A1:Z2"


def test_parquet_is_typed_exact_and_named_for_programs(tmp_path: Path) -> None:
    to_table([FEE, SIMPLIFIED], f"{tmp_path}/out/", format="parquet")
    found = pq.read_table(tmp_path / "out" / "documents.parquet")
    assert found.column("accounting_amount").to_pylist() == [Decimal("1631.00"), Decimal("142.30")]
    assert found.column("data").to_pylist() == [date(2026, 2, 17), date(2026, 5, 5)]
    assert found.column("bollo_virtuale").to_pylist() == [False, False]
    types = {field.name: field.type for field in found.schema}
    assert types["accounting_amount"] == pa.decimal128(28, 8)
    assert types["data"] == pa.date32()
    assert types["body"] == pa.int64()
    field = found.schema.field("importo_totale_documento")
    assert field.metadata[b"field"] == b"2.1.1.9"
    assert field.metadata[b"en"] == b"Document total"
    assert pq.read_table(tmp_path / "out" / "transport.parquet").num_rows == 0


def test_parquet_holds_the_widest_numbers_of_the_schema(tmp_path: Path) -> None:
    widest = "99999999999.12345678"
    to_table([document(("<PrezzoTotale>100.00", f"<PrezzoTotale>{widest}"))], tmp_path / "a.parquet", sheet="lines")
    assert pq.read_table(tmp_path / "a.parquet").column("prezzo_totale").to_pylist() == [Decimal(widest)]


def test_many_row_groups_hold_every_row_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fatturakit.convert.tables.parquet_files.BATCH", 3)
    monkeypatch.setattr("fatturakit.convert.tables.parquet_files.GROUP", 2)
    to_table((small(number) for number in range(20)), tmp_path / "a.parquet")
    found = pq.ParquetFile(tmp_path / "a.parquet")
    assert found.metadata.num_row_groups == 4
    assert found.read().column("numero").to_pylist() == [f"{number}/A" for number in range(20)]


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.parquet"])
def test_the_same_documents_give_the_same_bytes(tmp_path: Path, name: str) -> None:
    prints = set()
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        to_table([FEE, LOT, SIMPLIFIED], tmp_path / folder / name, lang="en")
        prints.add(hashlib.sha256((tmp_path / folder / name).read_bytes()).hexdigest())
    assert len(prints) == 1


@pytest.mark.parametrize("format_name", ["csv", "xlsx", "parquet"])
def test_a_stream_gets_the_whole(format_name: str) -> None:
    stream = io.BytesIO()
    to_table(document(), stream, format=format_name)
    starts = {"csv": b"File,", "xlsx": b"PK", "parquet": b"PAR1"}
    assert stream.getvalue().startswith(starts[format_name])


def test_unreadable_files_are_noted_and_do_not_stop_the_rest(tmp_path: Path) -> None:
    broken = tmp_path / "broken.xml"
    broken.write_bytes(b"<a>")
    done = to_table([broken, FEE, tmp_path / "missing.xml"], tmp_path / "a.csv", sheet="notes", lang="en")
    assert [(Path(path).name, type(error)) for path, error in done.unread] == [
        ("broken.xml", InputError),
        ("missing.xml", InputError),
    ]
    assert done.documents == 1
    assert [Path(row["File"]).name for row in read_csv(tmp_path / "a.csv")] == ["broken.xml", "missing.xml"]


def nothing_left(folder: Path, *names: str) -> bool:
    return sorted(path.name for path in folder.iterdir()) == sorted(names)


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.parquet", "out/"])
def test_an_interruption_leaves_nothing(tmp_path: Path, name: str) -> None:
    def documents() -> Any:
        yield FEE
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        to_table(documents(), f"{tmp_path}/{name}", format="csv" if name == "out/" else None)
    assert nothing_left(tmp_path)


def test_what_is_there_is_kept_without_force(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_text("mine")
    with pytest.raises(OutputError):
        to_table([FEE], target)
    assert target.read_text() == "mine"
    to_table([FEE], target, force=True)
    assert target.read_text().startswith("File,")
    assert nothing_left(tmp_path, "a.csv")


def test_a_folder_with_one_of_the_files_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "vat.csv").write_text("mine")
    with pytest.raises(OutputError):
        to_table([FEE], tmp_path, format="csv")
    assert nothing_left(tmp_path, "vat.csv")
    to_table([FEE], tmp_path, format="csv", force=True)
    assert nothing_left(tmp_path, *(f"{name}.csv" for name in NAMES))


def test_a_missing_folder_is_made_and_a_file_in_the_way_is_said(tmp_path: Path) -> None:
    to_table([FEE], tmp_path / "new" / "deep" / "a.csv")
    assert (tmp_path / "new" / "deep" / "a.csv").is_file()
    with pytest.raises(OutputError):
        to_table([FEE], tmp_path / "new" / "deep" / "a.csv" / "b.csv")


@pytest.mark.skipif(os.name != "posix", reason="umask is of POSIX")
def test_files_have_the_usual_permissions(tmp_path: Path) -> None:
    to_table([FEE], tmp_path / "a.xlsx")
    (tmp_path / "usual").touch()
    assert (tmp_path / "a.xlsx").stat().st_mode == (tmp_path / "usual").stat().st_mode


@pytest.mark.parametrize(
    ("name", "options", "word"),
    [
        ("a.ods", {}, "csv, xlsx, parquet"),
        ("a", {}, "csv, xlsx, parquet"),
        ("a.csv", {"sheet": "righe"}, "documents, lines"),
        ("a.csv", {"dialect": "de"}, "plain, it"),
        ("out/", {"format": "xlsx"}, ".xlsx"),
    ],
)
def test_mistakes_of_the_call(tmp_path: Path, name: str, options: dict[str, str], word: str) -> None:
    with pytest.raises(UsageError, match=word):
        to_table([FEE], f"{tmp_path}/{name}", **options)  # type: ignore[arg-type]
    assert nothing_left(tmp_path)


@pytest.mark.parametrize(("name", "module"), [("a.xlsx", "xlsxwriter"), ("a.parquet", "pyarrow")])
def test_a_missing_package_is_named_with_the_line_that_installs_it(
    tmp_path: Path, name: str, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, module, None)
    with pytest.raises(MissingExtra) as caught:
        to_table([FEE], tmp_path / name)
    assert "pip install 'fatturakit[table]'" in caught.value.say("en")
    assert nothing_left(tmp_path)


def test_csv_needs_no_package_of_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("xlsxwriter", "pyarrow"):
        monkeypatch.setitem(__import__("sys").modules, module, None)
    assert to_table(open_document(FEE), tmp_path / "a.csv").rows == {"documents": 1}
