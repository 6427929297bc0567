"""``fatturakit render`` and ``fatturakit theme`` as a user calls them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pikepdf
import pytest

from ..shared import ROOT
from .run import fatturakit

INVOICES = ROOT / "fixtures" / "invoices"
CLEAN = INVOICES / "IT07654320071_00001.xml"
LAW = INVOICES / "IT07803150148_2026P.xml"


def test_html_goes_to_stdout() -> None:
    done = fatturakit("render", CLEAN)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("<!DOCTYPE html>")
    assert "Netto a pagare" in done.stdout


def test_stdin_is_an_input() -> None:
    done = fatturakit("render", "-", "-o", "-", "--stdin-filename", "IT1_A.xml", stdin=CLEAN.read_bytes())
    assert done.returncode == 0
    assert "IT1_A.xml" in done.stdout


def test_the_ending_decides(tmp_path: Path) -> None:
    assert fatturakit("render", CLEAN, "-o", tmp_path / "a.pdf").returncode == 0
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")
    assert fatturakit("render", CLEAN, "-o", tmp_path / "a.pdf").returncode == 6
    assert fatturakit("render", CLEAN, "-o", tmp_path / "a.pdf", "--force").returncode == 0


REFUSED = [
    ("--head-notes", "ciao"),
    ("--theme", "assosoftware", "--foot-notes", "ciao"),
    ("--theme", "acube", "--accent", "#ffff00"),
    ("--theme", "acube", "--head-notes", "@/nonexistent/note.txt"),
    ("--theme", "acube", "--logo", str(CLEAN)),
    ("--accent", "#1f4e79"),
    ("--theme", "liberty"),
    ("--lang", "fr"),
    ("--to", "docx"),
    ("--name-pattern", "{colour}"),
    ("--name-pattern", "../{number}"),
    ("--name-pattern", "{number:>10000000}"),
    ("--name-pattern", "{number!r}"),
    ("--merge", "--to", "html"),
]


@pytest.mark.parametrize("words", REFUSED, ids=" ".join)
def test_what_cannot_be_done_writes_nothing(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = fatturakit("render", CLEAN, *words, "-o", tmp_path / "out.html")
    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_notes_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "nota.txt").write_text("Riga uno\nRiga «due»", encoding="utf-8")
    done = fatturakit("render", CLEAN, "--theme", "acube", "--head-notes", f"@{tmp_path / 'nota.txt'}")
    assert "Riga «due»" in done.stdout


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_bad_file_does_not_stop_the_others(tmp_path: Path, jobs: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.xml").write_bytes(CLEAN.read_bytes())
    (tmp_path / "in" / "b.xml").write_text("<rotto")
    with zipfile.ZipFile(tmp_path / "in" / "c.zip", "w") as archive:
        archive.write(LAW, "dentro/a.xml")
    done = fatturakit("render", tmp_path / "in", "-o", tmp_path / "out/", "-j", jobs)
    assert done.returncode == 3
    assert "b.xml" in done.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a-2.html", "a.html"]
    assert "Parcella" in (tmp_path / "out" / "a-2.html").read_text(encoding="utf-8")


def test_several_documents_need_a_folder() -> None:
    assert fatturakit("render", CLEAN, LAW).returncode == 2


def test_names_are_made_of_what_documents_say(tmp_path: Path) -> None:
    done = fatturakit("render", CLEAN, LAW, "--name-pattern", "{date}_{type}_{number}", "-o", tmp_path)
    assert done.returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "2026-02-17_TD06_12.html",
        "2026-03-09_TD01_1_2026.html",
    ]


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    done = fatturakit("render", tmp_path / "niente.xml")
    assert done.returncode == 3
    assert "non esiste" in done.stderr


def test_many_become_one_pdf(tmp_path: Path) -> None:
    done = fatturakit("render", INVOICES, "--merge", "-o", tmp_path / "tutte.pdf", "--theme", "acube")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "tutte.pdf").read_bytes().startswith(b"%PDF-")


def test_findings_and_an_unverified_signature_are_shown() -> None:
    wrong = next((ROOT / "fixtures" / "wrong").glob("*XSDKO.xml"))
    done = fatturakit("render", wrong, "--with-findings")
    assert done.returncode == 0
    assert "Esito dei controlli" in done.stdout
    assert "00200" in done.stdout


@pytest.mark.parametrize("words", [("-o", "a.html"), ("--merge", "-o", "a.pdf")], ids=" ".join)
def test_a_json_that_is_no_document_is_unreadable(tmp_path: Path, words: tuple[str, ...]) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"FatturaElettronicaHeader": {}, "FatturaElettronicaBody": [7]}', encoding="utf-8")
    done = fatturakit("render", wrong, *words[:-1], tmp_path / words[-1])
    assert done.returncode == 3
    assert "wrong.json" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / words[-1]).exists()


def test_a_json_is_embedded_as_it_was_given(tmp_path: Path) -> None:
    given, made = tmp_path / "IT1_A.json", tmp_path / "a.pdf"
    assert fatturakit("convert", CLEAN, "-o", given).returncode == 0
    assert fatturakit("render", given, "-o", made).returncode == 0
    with pikepdf.open(made) as found:
        inside = {name: spec.get_file().read_bytes() for name, spec in found.attachments.items()}
        assert [str(spec.AFRelationship) for spec in found.Root.AF] == ["/Source", "/Source"]
    assert sorted(inside) == ["IT1_A.json", "IT1_A.xml"]
    assert inside["IT1_A.json"] == given.read_bytes()
    assert inside["IT1_A.xml"].startswith(b"<?xml")


def test_what_is_no_invoice_is_unreadable() -> None:
    done = fatturakit("render", "-", stdin=b"<Invoice/>")
    assert done.returncode == 3
    assert "Invoice" in done.stderr


def test_languages_of_pages_are_not_those_of_messages() -> None:
    done = fatturakit("render", CLEAN, "--lang", "it+de")
    assert "Zahlbetrag" in done.stdout
    assert "Amount due" in fatturakit("render", CLEAN, FATTURAKIT_LANG="en").stdout
    assert "Zahlbetrag" in fatturakit("render", CLEAN, FATTURAKIT_LANG="de").stdout


def test_themes_are_listed_made_and_checked(tmp_path: Path) -> None:
    assert [line.split()[0] for line in fatturakit("theme", "list").stdout.splitlines()] == [
        "acube",
        "assosoftware",
        "standard",
    ]
    folder = tmp_path / "mio"
    assert fatturakit("theme", "new", folder, "--extends", "acube").returncode == 0
    assert fatturakit("theme", "new", folder).returncode == 6
    assert fatturakit("theme", "check", folder, CLEAN).returncode == 0
    assert fatturakit("render", CLEAN, "--theme", folder, "--accent", "#7a1f1f").returncode == 0
    (folder / "theme.css").write_text("@import url(https://example.org/x.css);")
    assert fatturakit("theme", "check", folder, CLEAN).returncode == 1
    (folder / "document.html.j2").write_text("{% broken")
    done = fatturakit("render", CLEAN, "--theme", folder)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
