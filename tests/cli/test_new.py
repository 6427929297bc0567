"""``fatturakit new``: examples, names, errors with their paths, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import fatturakit
from fatturakit.invoice.compose.examples import EXAMPLES, example

from .run import fatturakit as run


@pytest.mark.parametrize("kind", EXAMPLES)
def test_every_example_can_be_printed(kind: str) -> None:
    done = run("new", "--example", kind)
    assert (done.returncode, done.stdout, done.stderr) == (0, example(kind), "")


def test_from_example_to_invoice(tmp_path: Path) -> None:
    assert run("new", "--example", "-o", "invoice.yaml", cwd=tmp_path).returncode == 0
    done = run("new", "invoice.yaml", "-o", "out/", "--lang", "en", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "out/IT07803150148_00001.xml: FPR12 TD01 2026/1 of 2026-11-02\n"
    again = run("new", "invoice.yaml", "-o", "out/", "-q", cwd=tmp_path)
    assert (again.returncode, again.stderr) == (0, "")
    second = fatturakit.open(tmp_path / "out/IT07803150148_00002.xml")
    assert second.header.dati_trasmissione.progressivo_invio == "00002"


def test_json_on_standard_input_to_standard_output() -> None:
    place = {"street": "x", "city": "y", "postcode": "00100"}
    entries = {
        "number": "1",
        "date": "2026-03-02",
        "seller": {"vat": "IT07803150148", "name": "A", "address": place},
        "buyer": {
            "vat": "IT07661260112",
            "name": "B",
            "code": "ABC1234",
            "address": {"street": "x", "city": "y", "postcode": "00100"},
        },
        "lines": [{"description": "x", "price": 0.1, "vat": 22}],
    }
    done = run("new", stdin=json.dumps(entries).encode(), FATTURAKIT_LANG="en")
    assert done.returncode == 0
    assert "<PrezzoUnitario>0.10</PrezzoUnitario>" in done.stdout
    assert fatturakit.validate(done.stdout.encode(), name="IT07803150148_00001.xml").findings == ()


def test_the_progressive_of_the_name_asked_for(tmp_path: Path) -> None:
    (tmp_path / "i.yaml").write_text(example("invoice"), encoding="utf-8")
    assert run("new", "i.yaml", "-o", "IT07803150148_0A1C4.xml", cwd=tmp_path).returncode == 0
    made = fatturakit.open(tmp_path / "IT07803150148_0A1C4.xml")
    assert made.header.dati_trasmissione.progressivo_invio == "0A1C4"
    taken = run("new", "i.yaml", "-o", "IT07803150148_0A1C4.xml", cwd=tmp_path)
    assert (taken.returncode, "--force" in taken.stderr) == (6, True)
    assert run("new", "i.yaml", "-f", "-o", "IT07803150148_0A1C4.xml", cwd=tmp_path).returncode == 0


def test_mistakes_are_named_and_nothing_is_written(tmp_path: Path) -> None:
    text = example("invoice").replace("price: 450.00", "prise: 450.00").replace("IT07661260112", "IT07661260113")
    (tmp_path / "i.yaml").write_text(text, encoding="utf-8")
    done = run("new", "i.yaml", "-o", "out/", "--lang", "en", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    lines = done.stderr.splitlines()
    assert any(line.startswith("i.yaml: lines[0].price: is missing") for line in lines)
    assert any(line.startswith("i.yaml: lines[0].prise: unknown entry, perhaps “price”") for line in lines)
    assert any(line.startswith("i.yaml: buyer.vat: “IT07661260113”") for line in lines)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("text", [b"number: [", b"\xff\xfe\x00", b"- a"])
def test_what_is_no_yaml_is_unreadable(text: bytes, tmp_path: Path) -> None:
    (tmp_path / "i.yaml").write_bytes(text)
    done = run("new", "i.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, "")
    assert "Traceback" not in done.stderr


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(example("fee"), encoding="utf-8")
    (tmp_path / "bad.yaml").write_text("number: 1", encoding="utf-8")
    done = run("new", "bad.yaml", "none.yaml", "good.yaml", "-o", "out/", cwd=tmp_path)
    assert done.returncode == 3
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["ITMNTCHR81M58M992I_00001.xml"]
    assert run("new", "bad.yaml", "good.yaml", cwd=tmp_path).returncode == 2


def test_what_the_input_asked_for_is_said(tmp_path: Path) -> None:
    text = example("invoice").replace("IT60X0542811101000000123456", "IT61X0542811101000000123456")
    (tmp_path / "i.yaml").write_text(text, encoding="utf-8")
    done = run("new", "i.yaml", "-o", "out/", cwd=tmp_path)
    assert (done.returncode, "FK002" in done.stderr) == (0, True)
