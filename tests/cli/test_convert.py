"""``fatturakit convert`` and ``fatturakit diff`` as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import fatturakit as fk
from fatturakit.convert.text import to_bytes
from fatturakit.document import from_bytes
from tests.samples import INVOICE, archive_of, invoice
from tests.shared import ROOT

from .run import fatturakit

FIXTURES = ROOT / "fixtures" / "invoices"
ONE = FIXTURES / "IT07654320071_00001.xml"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "a.xml").write_bytes(invoice())
    (tmp_path / "b.xml").write_bytes(invoice(("12/A", "13/A")))
    return tmp_path


def test_the_input_says_the_direction(desk: Path) -> None:
    made = fatturakit("convert", "a.xml", cwd=desk)
    assert (made.returncode, made.stderr) == (0, "")
    assert json.loads(made.stdout)["fattura_elettronica_body"][0]["dati_generali"]
    back = fatturakit("convert", "-", stdin=made.stdout.encode(), cwd=desk)
    assert (back.returncode, back.stderr) == (0, "")
    assert "<Numero>12/A</Numero>" in back.stdout
    assert fatturakit("convert", "--to", "json", "-", stdin=back.stdout.encode()).stdout == made.stdout


def test_bytes_come_back_as_received(desk: Path) -> None:
    assert fatturakit("convert", "--bytes", "a.xml", "-o", "a.json", cwd=desk).returncode == 0
    assert fatturakit("convert", "a.json", "-o", "back.xml", cwd=desk).returncode == 0
    assert (desk / "back.xml").read_bytes() == (desk / "a.xml").read_bytes()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_folders_one_file_each(desk: Path, jobs: str) -> None:
    (desk / "c.xml").write_bytes(b"<broken")
    made = fatturakit("convert", ".", "-o", "out/", "-j", jobs, cwd=desk)
    assert made.returncode == 3
    assert made.stderr.startswith("fatturakit: ./c.xml: ")
    assert sorted(path.name for path in (desk / "out").iterdir()) == ["a.json", "b.json"]
    back = fatturakit("convert", "out", "-o", "xml/", cwd=desk)
    assert (back.returncode, sorted(path.name for path in (desk / "xml").iterdir())) == (0, ["a.xml", "b.xml"])


def test_several_documents_in_one_stream(desk: Path) -> None:
    archive_of(desk / "in.zip", {"a.xml": invoice(), "x/b.xml": invoice(("12/A", "13/A"))})
    made = fatturakit("convert", "in.zip", "--dialect", "xml", cwd=desk)
    lines = [json.loads(line)["FatturaElettronica"] for line in made.stdout.splitlines()]
    numbers = [line["FatturaElettronicaBody"][0]["DatiGenerali"]["DatiGeneraliDocumento"]["Numero"] for line in lines]
    assert (made.returncode, numbers) == (0, ["12/A", "13/A"])
    refused = fatturakit("convert", "a.xml", "b.xml", "--to", "xml", cwd=desk)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "-o" in refused.stderr


def test_nothing_is_overwritten(desk: Path) -> None:
    (desk / "a.json").write_text("mine", encoding="utf-8")
    assert fatturakit("convert", "a.xml", "-o", "a.json", cwd=desk).returncode == 6
    assert (desk / "a.json").read_text(encoding="utf-8") == "mine"
    assert fatturakit("convert", "a.xml", "-o", "a.json", "--force", cwd=desk).returncode == 0


def test_wrong_json_writes_nothing(desk: Path) -> None:
    good = json.loads(fatturakit("convert", "a.xml", cwd=desk).stdout)
    good["fattura_elettronica_header"]["colour"] = "red"
    (desk / "wrong.json").write_text(json.dumps(good), encoding="utf-8")
    made = fatturakit("convert", "wrong.json", "-o", "x.xml", "--lang", "en", cwd=desk)
    assert made.returncode == 1
    assert "wrong.json: error /fattura_elettronica_header/colour “colour” is no key of this place." in made.stderr
    assert not (desk / "x.xml").exists()


@pytest.mark.parametrize(
    ("text", "code"),
    [(b'{"a": 1}', 1), (b"{", 3), (b"[]", 1), (b"", 3), (b"nothing", 3), (b"<AuditFile/>", 3)],
)
def test_what_cannot_be_converted(text: bytes, code: int) -> None:
    made = fatturakit("convert", "-", stdin=text)
    assert (made.returncode, made.stdout) == (code, "")
    assert made.stderr.startswith("fatturakit: -: ")


def test_business_findings_do_not_change_the_code() -> None:
    wrong_sum = INVOICE.replace("<Imposta>22.00", "<Imposta>99.00")
    made = fatturakit("convert", "-", stdin=wrong_sum.encode())
    assert (made.returncode, made.stderr) == (0, "")
    assert fatturakit("convert", "-", stdin=made.stdout.encode()).returncode == 0


def test_xml_against_the_schema_is_written_and_said() -> None:
    data = fatturakit("convert", "-", stdin=INVOICE.replace("<CAP>52100</CAP>", "").encode())
    assert (data.returncode, data.stderr) == (0, "")
    back = fatturakit("convert", "-", stdin=data.stdout.encode(), FATTURAKIT_LANG="en")
    assert back.returncode == 1
    assert "error 1.2.2.3 /fattura_elettronica_header/cedente_prestatore/sede <CAP>" in back.stderr
    assert back.stdout.startswith("<?xml")


def test_losses_are_said_and_lossless_has_none() -> None:
    source = INVOICE.replace("<Divisa>", "<Extra/><Divisa>").encode()
    made = fatturakit("convert", "-", stdin=source, FATTURAKIT_LANG="en")
    assert made.returncode == 1
    assert "Lost: <Extra>" in made.stderr
    assert json.loads(made.stdout)
    kept = fatturakit("convert", "--lossless", "-", stdin=source)
    assert (kept.returncode, kept.stderr) == (0, "")
    assert b"<Extra/>" in fatturakit("convert", "-", stdin=kept.stdout.encode()).stdout.encode()


def test_nulls() -> None:
    made = fatturakit("convert", "--nulls", "-", stdin=INVOICE.encode())
    assert json.loads(made.stdout)["fattura_elettronica_header"]["rappresentante_fiscale"] is None


def test_diff(desk: Path) -> None:
    same = fatturakit("diff", "a.xml", "a.xml", "--lang", "en", cwd=desk)
    assert (same.returncode, same.stdout) == (0, "No difference in meaning.\n")
    changed = fatturakit("diff", "a.xml", "b.xml", "--lang", "en", cwd=desk)
    assert changed.returncode == 1
    assert changed.stdout.splitlines()[1].split()[:4] == ["2.1.1.4", "Number", "12/A", "13/A"]
    data = json.loads(fatturakit("diff", "a.xml", "b.xml", "--format", "json", cwd=desk).stdout)
    assert data["schema"] == "fatturakit/diff@1"
    assert [(row["field"], row["first"], row["second"]) for row in data["differences"]] == [("2.1.1.4", "12/A", "13/A")]


def test_diff_of_xml_and_json(desk: Path) -> None:
    fatturakit("convert", "a.xml", "-o", "a.json", "--dialect", "invoicetronic", cwd=desk)
    assert fatturakit("diff", "a.xml", "a.json", cwd=desk).returncode == 0
    assert fatturakit("diff", "a.json", "missing.xml", cwd=desk).returncode == 3
    assert fatturakit("diff", "a.json", ".", cwd=desk).returncode == 2


def test_json_in_an_archive_is_converted_like_a_file(tmp_path: Path) -> None:
    """A ZIP of JSON alone, one of both, and a JSON that is no document, which is said and not skipped."""
    wanted = to_bytes(fk.to_json(from_bytes(invoice())))
    only = archive_of(tmp_path / "only.zip", {"in/a.json": wanted, "b.JSON": wanted, "__MACOSX/c.json": b"{"})
    done = fatturakit("convert", only, "-o", f"{tmp_path}/xml/")
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(path.name for path in (tmp_path / "xml").iterdir()) == ["a.xml", "b.xml"]
    both = archive_of(tmp_path / "both.zip", {"a.xml": invoice(), "b.json": wanted, "package.json": b'{"name": "x"}'})
    done = fatturakit("convert", both, "--to", "json", "--lang", "en")
    assert done.returncode == 1
    assert "both.zip!package.json: The JSON is of no known dialect" in done.stderr
    assert done.stdout.splitlines() == [wanted.decode()] * 2
    archive_of(tmp_path / "outer.zip", {"in/only.zip": (tmp_path / "only.zip").read_bytes(), "z.json": wanted})
    done = fatturakit("convert", "outer.zip", "-j", "2", "-o", "deep/", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(list((tmp_path / "deep").iterdir())) == 3
