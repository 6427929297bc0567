"""The SAF-T verbs as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ..saft.small import SMALL
from .run import fatturakit

WRONG = SMALL.replace(b"<NetTotal>42.00<", b"<NetTotal>42.50<")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "good.xml").write_bytes(SMALL)
    (tmp_path / "wrong.xml").write_bytes(WRONG)
    (tmp_path / "cut.xml").write_bytes(SMALL[:5000])
    return tmp_path


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("good.xml",), 0),
        (("wrong.xml",), 1),
        (("wrong.xml", "--exit-zero"), 0),
        (("wrong.xml", "--ignore", "PT5"), 0),
        (("good.xml", "--fail-on", "warning"), 1),
        (("cut.xml",), 3),
        (("wrong.xml", "cut.xml"), 3),
        (("none.xml",), 3),
        (("good.xml", "--revision", "1999"), 2),
        ((), 2),
        (("good.xml", "--engine", "xmlschema"), 0),
        (("-j", "2", "good.xml", "wrong.xml"), 1),
    ],
)
def test_exit_codes_of_validate(desk: Path, words: tuple[str, ...], code: int) -> None:
    assert fatturakit("saft", "validate", *words, cwd=desk).returncode == code


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("it", "wrong.xml  SAFT-PT  file di audit SAF-T  non valida"),
        ("en", "wrong.xml  SAFT-PT  SAF-T audit file  invalid"),
        ("pt", "wrong.xml  SAFT-PT  ficheiro SAF-T  inválido"),
    ],
)
def test_three_languages(desk: Path, lang: str, said: str) -> None:
    done = fatturakit("saft", "validate", "wrong.xml", "--lang", lang, cwd=desk)
    assert done.stdout.splitlines()[0] == said


@pytest.mark.parametrize("name", ["json", "jsonl", "sarif", "junit", "github", "html", "concise"])
def test_every_format(desk: Path, name: str) -> None:
    names = ("good.xml", "wrong.xml", "cut.xml")
    done = fatturakit("saft", "validate", *names, "--format", name, "--lang", "pt", cwd=desk)
    assert done.returncode == 3
    assert "PT5002" in done.stdout
    assert "escrito 42.50, calculado 42." in done.stdout


def test_json_is_the_report_of_invoices(desk: Path) -> None:
    data = json.loads(fatturakit("saft", "validate", "wrong.xml", "--format", "json", cwd=desk).stdout)
    (document,) = data["documents"]
    finding = next(row for row in document["findings"] if row["code"] == "PT5002")
    assert (document["kind"], document["verdict"], document["layers"]) == ("SAFT-PT", "invalid", ["xml"])
    assert (finding["layer"], finding["args"]["document"], finding["args"]["found"]) == ("saft", "FT A/1", "42.50")


def test_standard_input(desk: Path) -> None:
    done = fatturakit("saft", "validate", "-", "--format", "concise", stdin=WRONG, cwd=desk)
    assert done.returncode == 1
    assert done.stdout.startswith("-:")


def test_the_verb_of_invoices_knows_audit_files(desk: Path) -> None:
    done = fatturakit("validate", "wrong.xml", "--format", "json", cwd=desk)
    (document,) = json.loads(done.stdout)["documents"]
    assert (done.returncode, document["verdict"]) == (1, "invalid")
    assert {"PT5002"} <= {row["code"] for row in document["findings"]}


def test_inspect(desk: Path) -> None:
    done = fatturakit("saft", "inspect", "good.xml", "--lang", "en", cwd=desk)
    assert "Padaria Exemplo, Lda (599999993)" in done.stdout
    assert [line.split() for line in done.stdout.splitlines() if "SalesInvoices" in line] == [
        ["SalesInvoices", "3", "1", "21.00", "42.00"]
    ]
    data = json.loads(fatturakit("saft", "inspect", "good.xml", "--format", "json", cwd=desk).stdout)
    assert data["months"] == [{"month": "2025-03", "net": "21.00"}]
    assert data["customers"] == [{"id": "C1", "name": "Consumidor final", "net": "21.00"}]


def test_the_page_has_a_chart_and_lets_nothing_in(desk: Path) -> None:
    hostile = SMALL.replace(b"Padaria Exemplo, Lda", b"&lt;script&gt;alert(1)&lt;/script&gt;")
    (desk / "hostile.xml").write_bytes(hostile)
    assert fatturakit("saft", "inspect", "hostile.xml", "--format", "html", "-o", "page.html", cwd=desk).returncode == 0
    page = (desk / "page.html").read_text("utf-8")
    assert "<svg" in page
    assert "<script" not in page
    assert fatturakit("saft", "inspect", "good.xml", "--format", "html", "-o", "page.html", cwd=desk).returncode == 6
    assert fatturakit("saft", "inspect", "cut.xml", cwd=desk).returncode == 3


def test_convert(desk: Path) -> None:
    done = fatturakit("saft", "convert", "good.xml", "--to", "csv", "-o", "out", cwd=desk)
    assert (done.returncode, done.stdout) == (0, "")
    assert "documents 7" in done.stderr
    assert fatturakit("saft", "convert", "good.xml", "-o", "out.db", cwd=desk).returncode == 0
    assert fatturakit("saft", "convert", "good.xml", "-o", "out.db", cwd=desk).returncode == 6
    assert fatturakit("saft", "convert", "good.xml", cwd=desk).returncode == 2
    assert fatturakit("saft", "convert", "cut.xml", "-o", "cut.db", cwd=desk).returncode == 3


def test_verify_needs_a_key_it_can_read(desk: Path) -> None:
    (desk / "key.pem").write_text("no key", encoding="utf-8")
    assert fatturakit("saft", "verify", "good.xml", cwd=desk).returncode == 2
    assert fatturakit("saft", "verify", "--key", "none.pem", "good.xml", cwd=desk).returncode == 3
    assert fatturakit("saft", "verify", "--key", "key.pem", "good.xml", cwd=desk).returncode == 3


def test_other_verbs_send_audit_files_to_their_own(desk: Path) -> None:
    for words in (("render", "good.xml", "-o", "x.html"), ("convert", "good.xml", "-o", "x.json")):
        done = fatturakit(*words, "--lang", "en", cwd=desk)
        assert done.returncode == 3
        assert "saft inspect good.xml" in done.stderr
    assert "saft inspect" in fatturakit("inspect", "good.xml", "--lang", "en", cwd=desk).stdout


def test_the_page_speaks_portuguese(desk: Path) -> None:
    page = fatturakit("saft", "validate", "wrong.xml", "--format", "html", "--lang", "pt", cwd=desk).stdout
    assert '<html lang="pt">' in page
    for english in ("Summary", "Document check", "Severity", "What is wrong", "Fix:", "Made on this computer"):
        assert english not in page


@pytest.mark.parametrize("name", ["", "*.xml"])
def test_where_there_is_nothing(name: str, tmp_path: Path) -> None:
    """An empty folder, or a pattern that nothing matches, is no success."""
    done = fatturakit("saft", "validate", str(tmp_path / name), "--format", "jsonl", cwd=tmp_path)
    assert (done.returncode, done.stdout.count("PT1012")) == (3, 1)
