"""``fatturakit archive`` and ``export`` as a user meets them: words, shapes, exit codes."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

import fatturakit as fk
from fatturakit.cli.main import run

from ..archive.made import OURS, message, received, sent
from .run import fatturakit


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for name, data in (sent(1), sent(2), received(3), message("RC", sent(1)[0]), ("bad.xml", b"<a")):
        (tmp_path / "in" / name).write_bytes(data)
    return tmp_path


def test_from_nothing_to_the_zip(home: Path) -> None:
    added = fatturakit("archive", "add", "in", cwd=home)
    assert added.returncode == 3
    assert "bad.xml" in added.stderr
    assert fatturakit("archive", "company", "add", OURS, cwd=home).returncode == 0
    assert fatturakit("archive", "company", "list", cwd=home).stdout.strip() == OURS
    rows = json.loads(fatturakit("archive", "list", "--type", "sent", "--format", "json", cwd=home).stdout)["documents"]
    assert [(row["invoice_number"], row["marking"]) for row in rows] == [("2/A", "sent"), ("1/A", "delivered")]
    shown = fatturakit("archive", "show", sent(1)[0], cwd=home)
    assert "emessa e consegnata" in shown.stdout
    assert fatturakit("archive", "show", "1", "--raw", cwd=home).stdout.encode() == sent(1)[1]
    dry = fatturakit("export", "--dry-run", cwd=home)
    assert (dry.returncode, "emesse 1, ricevute 1" in dry.stderr) == (0, True)
    done = fatturakit("export", "--year", 2026, "--month", 11, "-o", "x.zip", cwd=home)
    assert (done.returncode, "restano fuori" in done.stderr) == (0, True)
    assert len(zipfile.ZipFile(home / "x.zip").namelist()) == 2
    assert fatturakit("archive", "check", cwd=home).returncode == 0


def test_straight_from_a_folder(home: Path) -> None:
    done = fatturakit("export", "in", "--company", OURS, "--with", "manifest", "-o", "x.zip", cwd=home)
    assert (done.returncode, "in/bad.xml" in done.stderr) == (3, True)
    assert "sha256sums.txt" in zipfile.ZipFile(home / "x.zip").namelist()
    assert not (home / "fatturakit.db").exists()


@pytest.mark.parametrize("shape", ["csv", "xlsx"])
def test_tables(home: Path, shape: str) -> None:
    fatturakit("archive", "add", "in", cwd=home)
    assert fatturakit("archive", "list", "-o", f"x.{shape}", cwd=home).returncode == 0
    assert (home / f"x.{shape}").stat().st_size > 100
    assert fatturakit("archive", "list", "-o", f"x.{shape}", cwd=home).returncode == 6


ENDINGS = [
    (("archive", "list"), 2),
    (("archive", "show", "1"), 2),
    (("archive", "list", "--archive", "postgresql://me:secret@nowhere/x"), 2),
    (("archive", "add", "in", "--archive", "in"), 3),
    (("archive", "add"), 2),
    (("archive", "mark", "1"), 2),
    (("export", "in", "-o", "x.zip"), 2),
    (("export", "--year", "2026", "-o", "x.zip"), 2),
    (("export",), 2),
    (("archive", "company", "add", "x"), 2),
    (("archive", "draft", "show", "x", "--archive", "new.db"), 2),
]


@pytest.mark.parametrize(("line", "code"), ENDINGS)
def test_endings(home: Path, line: tuple[str, ...], code: int) -> None:
    done = fatturakit(*line, cwd=home)
    assert done.returncode == code, done.stderr
    assert "secret" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_an_archive_that_cannot_be_opened(tmp_path: Path) -> None:
    """In words, and in Italian."""
    (tmp_path / "x.db").mkdir()
    done = fatturakit("archive", "add", tmp_path, "--archive", tmp_path / "x.db")
    assert (done.returncode, "non si può aprire o creare" in done.stderr) == (3, True)


def test_nothing_to_export_is_fine(home: Path) -> None:
    fatturakit("archive", "company", "add", OURS, cwd=home)
    done = fatturakit("export", "-o", "x.zip", cwd=home)
    assert (done.returncode, (home / "x.zip").exists()) == (0, False)
    assert "non ho scritto nulla" in done.stderr


def test_drafts_report_and_preservation(home: Path) -> None:
    created = fatturakit("archive", "draft", "create", "in/" + sent(2)[0], "--name", sent(2)[0], cwd=home)
    uuid = created.stdout.strip()
    assert uuid in fatturakit("archive", "draft", "list", cwd=home).stdout
    assert fatturakit("archive", "draft", "send", uuid, "-o", "out", cwd=home).returncode == 0
    assert (home / "out" / sent(2)[0]).read_bytes() == sent(2)[1]
    again = fatturakit("archive", "draft", "delete", uuid, cwd=home)
    assert (again.returncode, "non è più una bozza" in again.stderr) == (2, True)
    fatturakit("archive", "company", "add", OURS, cwd=home)
    fatturakit("archive", "add", "in", cwd=home)
    assert json.loads(fatturakit("archive", "report", "--format", "json", cwd=home).stdout)["strangers"] == 0
    assert "<svg" in fatturakit("archive", "report", "--format", "html", cwd=home).stdout
    assert fatturakit("archive", "preserve", "-o", "p.zip", cwd=home).returncode == 0


@pytest.mark.parametrize(
    "words", ["list --state rejcted", "list --marking delivred", "preserve --status stored", "report --company IT1"]
)
def test_a_word_that_means_nothing_is_said(tmp_path: Path, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "a.db"
    with fk.Archive(place) as archive:
        archive.add(sent(1))
    assert run(["archive", *words.split(), "--archive", str(place)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert run(["archive", "list", "--state", "TRANSMITTED", "--marking", "sent,signed", "--archive", str(place)]) == 0
