"""``fatturakit convert --to csv|xlsx|parquet`` as users call it."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from tests.samples import archive_of, invoice
from tests.shared import ROOT

from .run import COMMAND, environment, fatturakit

INVOICES = ROOT / "fixtures" / "invoices"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    home = tmp_path / "in"
    home.mkdir()
    (home / "a.xml").write_bytes(invoice())
    (home / "b.xml").write_bytes(b"<FatturaElettronica>")
    (home / "c.xml").write_bytes(invoice(("TD01", "TD04")))
    (home / "d.xml").write_bytes(next((ROOT / "fixtures" / "messages").glob("*.xml")).read_bytes())
    return home


def rows(text: str, **how: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), **how))  # type: ignore[arg-type]


def test_csv_on_standard_output_is_the_documents() -> None:
    done = fatturakit("convert", INVOICES, "--to", "csv", "--lang", "en")
    assert (done.returncode, done.stderr) == (0, "")
    assert "RC/17" in {row["Number"] for row in rows(done.stdout)}


def test_one_sheet_in_the_italian_dialect() -> None:
    done = fatturakit("convert", INVOICES, "--to", "csv", "--sheet", "vat", "--csv-dialect", "it")
    assert done.stdout.startswith("\ufeffFile;Corpo;")
    assert {row["Aliquota IVA"] for row in rows(done.stdout[1:], delimiter=";")} >= {"22,00"}


def test_one_bad_file_does_not_stop_the_rest(inbox: Path, tmp_path: Path) -> None:
    done = fatturakit("convert", inbox, "-o", tmp_path / "out.xlsx", "--lang", "en")
    assert done.returncode == 3
    assert "b.xml" in done.stderr
    assert "No invoices, so without rows (the sheet Notes lists them): 1." in done.stderr
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    amounts = [row[0].value for row in book["Documents"].iter_rows(min_row=2, min_col=18, max_col=18)]
    assert amounts == [122, -122]
    assert [Path(row[0].value).name for row in book["Notes"].iter_rows(min_row=2)] == ["b.xml", "d.xml"]


def test_a_folder_of_parquet_from_an_archive(tmp_path: Path) -> None:
    archive = archive_of(tmp_path / "a.zip", {"x/1.xml": invoice(), "2.xml": invoice(("12/A", "13/A"))})
    done = fatturakit("convert", archive, "--to", "parquet", "-o", f"{tmp_path}/out/", "-v", "--lang", "en")
    assert done.returncode == 0
    assert "documents: 2" in done.stderr
    files = pq.read_table(tmp_path / "out" / "documents.parquet").column("file").to_pylist()
    assert [name.partition("!")[2] for name in files] == ["x/1.xml", "2.xml"]


def test_standard_input_and_output_in_bytes() -> None:
    done = subprocess.run(
        [*COMMAND, "convert", "-", "--to", "xlsx"], input=invoice(), capture_output=True, env=environment(), check=True
    )
    assert openpyxl.load_workbook(io.BytesIO(done.stdout)).sheetnames[0] == "Documenti"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--to", "csv", "--sheet", "righe"), 2, "documents, lines"),
        (("--sheet", "lines"), 2, "--to csv"),
        (("--to", "json", "--csv-dialect", "it"), 2, "--to csv"),
        (("--to", "xlsx", "-o", "."), 2, ".xlsx"),
        (("-o", "there.csv"), 6, "--force"),
        (("-o", "there.csv/x.csv"), 6, "there.csv"),
    ],
)
def test_endings(tmp_path: Path, words: tuple[str, ...], code: int, said: str) -> None:
    (tmp_path / "there.csv").write_text("mine")
    done = fatturakit("convert", INVOICES, *words, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["there.csv"]


def test_force_replaces(tmp_path: Path) -> None:
    (tmp_path / "there.csv").write_text("mine")
    assert fatturakit("convert", INVOICES, "-o", "there.csv", "-f", cwd=tmp_path).returncode == 0
    assert (tmp_path / "there.csv").read_text().startswith("File,")


@pytest.mark.parametrize(("module", "ending"), [("xlsxwriter", "xlsx"), ("pyarrow", "parquet")])
def test_a_missing_extra_is_the_line_that_installs_it(tmp_path: Path, module: str, ending: str) -> None:
    (tmp_path / "sitecustomize.py").write_text(f"import sys\nsys.modules[{module!r}] = None\n")
    path = os.pathsep.join(filter(None, [str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    done = fatturakit("convert", INVOICES, "-o", tmp_path / f"out.{ending}", PYTHONPATH=path)
    assert done.returncode == 4
    assert "pip install 'fatturakit[table]'" in done.stderr
    assert not (tmp_path / f"out.{ending}").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_said() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "convert", str(INVOICES), "--to", "csv"],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
            check=False,
        )
    assert done.returncode == 6
    assert b"Traceback" not in done.stderr


MEASURE = """
import resource, sys
sys.path.insert(0, sys.argv[3])
import inputs
from fatturakit import to_table
to_table((inputs.invoice(2 + number % 5, number) for number in range(int(sys.argv[1]))), sys.argv[2])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak(count: int, target: Path) -> int:
    command = [sys.executable, "-c", MEASURE, str(count), str(target), str(ROOT / "bench")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(done.stdout)


@pytest.mark.skipif(sys.platform == "win32", reason="resource is of POSIX")
@pytest.mark.parametrize("name", ["lines.csv", "book.xlsx", "documents.parquet"])
def test_memory_does_not_grow_with_the_documents(tmp_path: Path, name: str) -> None:
    few, many = (peak(count, tmp_path / f"{count}-{name}") for count in (300, 1200))
    assert many < few * 1.25


def test_several_processes_write_the_same_tables(inbox: Path, tmp_path: Path) -> None:
    """Rows, notes, messages and ending do not depend on --jobs, archives and JSON included."""
    for number in range(45):
        (inbox / f"e{number:02}.xml").write_bytes(invoice(("12/A", f"{number}/A")))
    archive_of(inbox / "z.zip", {f"{number}.xml": invoice() for number in range(25)})
    one, two = (
        fatturakit("convert", inbox, "--to", "parquet", "-o", f"{tmp_path / jobs}/", "-j", jobs) for jobs in "12"
    )
    assert (one.returncode, one.stderr) == (two.returncode, two.stderr)
    for path in (tmp_path / "1").iterdir():
        assert path.read_bytes() == (tmp_path / "2" / path.name).read_bytes()
    assert pq.read_table(tmp_path / "2" / "documents.parquet").num_rows == 2 + 45 + 25
