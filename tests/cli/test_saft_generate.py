"""``saft generate`` and ``saft qr`` on the command line: outputs, exit codes, messages with their place, secrets."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from ..shared import ROOT
from .run import fatturakit

SAFT = ROOT / "fixtures" / "saft"
OCTOBER = ("saft", "generate", SAFT / "lisbon", "--month", 10, "--year", 2026, "--created", "2026-11-05")
INVOICE = ROOT / "fixtures" / "invoices" / "IT07599810939_PA001.xml"


@pytest.fixture
def books(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAFT / "lisbon", tmp_path / "books"))


def test_to_a_file_and_to_stdout(tmp_path: Path) -> None:
    done = fatturakit(*OCTOBER, "-o", tmp_path / "saft.xml", "--lang", "en")
    assert (done.returncode, done.stdout) == (0, "")
    assert "2026-10, 10 documents" in done.stderr
    assert "Drafts left out: 1" in done.stderr
    assert "lines.csv:5:product: SL008 info" in done.stderr
    piped = fatturakit(*OCTOBER, "-q", "--encoding", "utf-8")
    assert piped.returncode == 0
    assert piped.stdout.startswith("<?xml")
    again = fatturakit(*OCTOBER, "-o", tmp_path / "saft.xml")
    assert again.returncode == 6
    assert fatturakit(*OCTOBER, "-q", "-f", "-o", tmp_path / "saft.xml").returncode == 0


def test_errors_have_a_place_and_a_cure(books: Path, tmp_path: Path) -> None:
    lines = (books / "lines.csv").read_text(encoding="utf-8").replace("80.125,,10.00", "-80.125,,10.00")
    (books / "lines.csv").write_text(lines, encoding="utf-8")
    words = ("saft", "generate", books, "--month", 10, "--year", 2026, "--lang", "en", "-o", tmp_path / "x.xml")
    done = fatturakit(*words)
    assert done.returncode == 1
    assert "lines.csv:3:unit_price: SL009 error" in done.stderr
    assert "side = D" in done.stderr
    assert not (tmp_path / "x.xml").exists()
    forced = fatturakit(*words, "--force")
    assert forced.returncode == 1
    assert "SL009 error" in forced.stderr
    assert (tmp_path / "x.xml").exists()


def test_a_year_into_a_folder(tmp_path: Path) -> None:
    words = ("saft", "generate", SAFT / "lisbon", "--year", 2026, "--zip", "-q")
    assert fatturakit(*words, "-o", f"{tmp_path}/out/").returncode == 0
    files = sorted((tmp_path / "out").iterdir())
    assert len(files) == 12
    assert all(zipfile.is_zipfile(path) for path in files)
    assert fatturakit(*words).returncode == 2


def test_json_says_what_was_done(tmp_path: Path) -> None:
    done = fatturakit(*OCTOBER, "-o", tmp_path / "saft.xml", "--format", "json", "-q")
    said = json.loads(done.stdout)
    assert said["files"][0]["sections"]["SalesInvoices"]["total_credit"] == "1437.41655"
    assert {row["code"] for row in said["findings"]} == {"SL008", "SL012"}


def test_signing_with_a_password_that_is_never_shown(tmp_path: Path) -> None:
    key = serialization.load_pem_private_key((SAFT / "throwaway-key.pem").read_bytes(), None)
    kind = serialization.BestAvailableEncryption(b"segredo")
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, kind)
    (tmp_path / "key.pem").write_bytes(pem)
    (tmp_path / "password").write_text("segredo\n")
    words = (*OCTOBER, "--sign", tmp_path / "key.pem", "-f", "-o", tmp_path / "saft.xml")
    by_file = fatturakit(*words, "--password-file", tmp_path / "password")
    assert by_file.returncode == 0
    signed = (tmp_path / "saft.xml").read_bytes()
    assert fatturakit(*words, FATTURAKIT_SAFT_PASSWORD="segredo").returncode == 0
    assert (tmp_path / "saft.xml").read_bytes() == signed
    wrong = fatturakit(*words, FATTURAKIT_SAFT_PASSWORD="outro")
    assert wrong.returncode == 3
    assert "segredo" not in by_file.stderr + wrong.stderr
    assert "outro" not in wrong.stderr
    verified = fatturakit("saft", "verify", tmp_path / "saft.xml", "--key", SAFT / "throwaway-public.pem")
    assert verified.returncode == 0


def test_invoices_need_a_portuguese_number(tmp_path: Path) -> None:
    words = ("saft", "generate", INVOICE, "--month", 4, "--year", 2026, "--lang", "en")
    done = fatturakit(*words)
    assert done.returncode == 2
    assert "--nif" in done.stderr
    done = fatturakit(*words, "--nif", "509999018", "-o", tmp_path / "x.xml")
    assert done.returncode == 0
    assert "7/PA became FT 2026/1" in done.stderr


def test_invoices_as_json_and_tables_without_one(tmp_path: Path) -> None:
    done = fatturakit("saft", "generate", INVOICE, "--variant", "oecd", "-q")
    assert json.loads(done.stdout)["AuditFile"]["SourceDocuments"]["SalesInvoices"]["NumberOfEntries"] == 1
    assert fatturakit("saft", "generate", INVOICE, "--variant", "oecd", "-q", "-o", f"{tmp_path}/t/").returncode == 0
    assert {path.name for path in (tmp_path / "t").iterdir()} == {
        "company.csv",
        "customers.csv",
        "documents.csv",
        "lines.csv",
    }


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("generate", SAFT / "lisbon"), 2),
        (("generate", SAFT / "lisbon", "--from", "2026-10-31", "--to", "2026-10-01"), 2),
        (("generate", SAFT / "lisbon", "--year", 2026, "--month", 10, "--basis", "Z"), 2),
        (("generate", SAFT / "lisbon", "--year", 2026, "--month", 10, "--created", "yesterday"), 2),
        (("generate", SAFT / "lisbon", "--year", 2026, "--month", 10, "--sign", "absent.pem"), 3),
        (("generate", "absent", "--year", 2026, "--month", 10), 3),
        (("qr", "absent.xml"), 3),
        (("qr", SAFT / "lisbon" / "company.csv"), 3),
    ],
)
def test_endings(words: tuple[object, ...], code: int) -> None:
    done = fatturakit("saft", *words)
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert done.stderr


def test_codes_of_documents(tmp_path: Path) -> None:
    assert fatturakit(*OCTOBER, "-q", "-o", tmp_path / "saft.zip").returncode == 0
    every = fatturakit("saft", "qr", tmp_path / "saft.zip")
    assert len(every.stdout.splitlines()) == 10
    one = fatturakit("saft", "qr", tmp_path / "saft.zip", "--document", "FT 2026/2", "-o", tmp_path / "q.svg")
    assert one.returncode == 0
    assert (tmp_path / "q.svg").read_bytes().startswith(b"<?xml")
    assert fatturakit("saft", "qr", tmp_path / "saft.zip", "--to", "png", "-o", f"{tmp_path}/codes/").returncode == 0
    assert "FT-2026-2.png" in {path.name for path in (tmp_path / "codes").iterdir()}
    listed = json.loads(fatturakit("saft", "qr", tmp_path / "saft.zip", "--format", "json").stdout)
    assert [row["payload"] for row in listed] == every.stdout.splitlines()
    with zipfile.ZipFile(tmp_path / "saft.zip") as packed:
        whole = packed.read("saft.xml")
    (tmp_path / "cut.xml").write_bytes(whole[: whole.index(b"</SalesInvoices>")])
    cut = fatturakit("saft", "qr", tmp_path / "cut.xml", "--format", "json")
    assert (cut.returncode, [row["payload"] for row in json.loads(cut.stdout)][:1]) == (
        3,
        every.stdout.splitlines()[:1],
    )
    wrong = fatturakit(
        "saft", "qr", tmp_path / "saft.zip", "--to", "png", "--format", "jsonl", "-o", f"{tmp_path}/codes/"
    )
    assert wrong.returncode == 2
    assert fatturakit("saft", "qr", tmp_path / "saft.zip", "--document", "FT X/1").returncode == 3
    assert fatturakit("saft", "qr", tmp_path / "saft.zip", "--to", "png").returncode == 2


def test_an_unreadable_invoice_does_not_go_missing_in_silence(tmp_path: Path) -> None:
    """The others are read, the file is written only without it on demand, and the exit code says so."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.xml").write_bytes(b"<a")
    shutil.copy(INVOICE, folder)
    (folder / "z.xml").write_bytes(b"no document")
    words = ("saft", "generate", folder, "--month", 3, "--year", 2026, "--nif", "599999993", "--lang", "en")
    done = fatturakit(*words, "-o", tmp_path / "x.xml")
    assert (done.returncode, (tmp_path / "x.xml").exists()) == (3, False)
    assert "Invoices that cannot be read: 2." in done.stderr
    assert done.stderr.count("a.xml: ") == done.stderr.count("z.xml: ") == 1
    assert fatturakit(*words, "-o", tmp_path / "x.xml", "--force").returncode == 3
    assert (tmp_path / "x.xml").read_bytes().startswith(b"<?xml")
    assert fatturakit(*words, "--variant", "oecd", "--force").returncode == 3


def test_what_is_refused_is_not_sent_to_standard_output_either(books: Path) -> None:
    company = books / "company.csv"
    company.write_text(company.read_text(encoding="utf-8").replace(",1.0,0,", ",1.0,1234,"), encoding="utf-8")
    generate = ("saft", "generate", books, "--month", 10, "--year", 2026, "-q", "--encoding", "utf-8")
    for more, code in (((), 1), (("--force",), 1), (("--check", "never"), 0)):
        done = fatturakit(*generate, *more)
        assert done.returncode == code, done.stderr
        assert bool(done.stdout) is bool(more)
        assert ("PT7001" in done.stderr) is (code == 1)
    company.unlink()
    done = fatturakit(*generate)
    assert (done.returncode, "company" in done.stderr) == (3, True)
