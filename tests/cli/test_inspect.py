"""``fatturakit inspect`` as a user runs it: exit codes, streams, shapes, fields, many files."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import time
import zipfile
from pathlib import Path

import pytest

from ..samples import NAME, invoice
from ..shared import ROOT
from .run import COMMAND, environment, fatturakit

FIXTURES = ROOT / "fixtures"
PLAIN = FIXTURES / "invoices" / "IT07654320071_00001.xml"
LOT = FIXTURES / "invoices" / "IT07688300081_LT003.xml"
CUT = FIXTURES / "wrong" / "IT07599810939_CUT00.xml"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / NAME).write_bytes(invoice())
    (tmp_path / "cut.xml").write_bytes(b"<cut")
    (tmp_path / "Natura").write_bytes(invoice())
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a.xml", invoice())
        archive.writestr("b.xml", invoice(("12/A", "13/A")))
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 nothing")
    (tmp_path / "list.txt").write_text(f"{NAME}\nNatura\n")
    (tmp_path / "empty").mkdir()
    return tmp_path


EXIT_CODES = [
    (["inspect", NAME], 0),
    ([NAME], 0),
    (["inspect", NAME, "two.zip", "@list.txt", "*.xml"], 3),
    (["inspect", "cut.xml"], 3),
    (["inspect", "cut.xml", NAME, "--format", "json"], 3),
    (["inspect", "missing.xml"], 3),
    (["inspect", "./missing"], 3),
    (["inspect", "broken.zip"], 3),
    (["inspect", "empty"], 3),
    (["inspect", "two.zip"], 0),
    (["inspect", "2.2.1.14"], 0),
    (["2.2.1.14"], 0),
    (["inspect", "prezzounitario", "TD17", NAME], 0),
    (["inspect", "2.2.1.99"], 2),
    (["inspect", "pippo"], 2),
    (["inspect", "pippo", NAME], 2),
    (["inspect", "--format", "yaml", NAME], 2),
    (["inspect", "@nolist"], 2),
    (["inspect", NAME, "-o", "no/such/folder/x.txt"], 6),
    (["inspect", NAME, "-o", "cut.xml"], 6),
    (["inspect", "--help"], 0),
]


@pytest.mark.parametrize(("words", "code"), EXIT_CODES, ids=str)
def test_exit_codes(home: Path, words: list[str], code: int) -> None:
    done = fatturakit(*words, cwd=home)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert bool(done.stdout) == (code == 0 or (len(words) > 2 and code == 3))


def test_unreadable_files_are_said_on_stderr_and_the_others_shown() -> None:
    done = fatturakit("inspect", CUT, PLAIN)
    assert "Fattura 1/2026" in done.stdout
    assert "troncato" in done.stderr
    assert str(CUT) in done.stderr
    assert not fatturakit("inspect", "-q", CUT).stderr


def test_standard_input() -> None:
    done = fatturakit("inspect", "-", stdin=PLAIN.read_bytes())
    assert done.stdout.startswith("Fattura 1/2026")
    assert fatturakit("inspect", stdin=PLAIN.read_bytes()).stdout == done.stdout
    named = fatturakit("inspect", "-", "--format", "json", "--stdin-filename", "x.xml", stdin=PLAIN.read_bytes())
    assert json.loads(named.stdout)["documents"][0]["path"] == "x.xml"


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        (
            "TD17",
            ["TD17", "TipoDocumento", "acquisto servizi dall'estero", "services bought", "dal 01/10/2020", "2.1.1.1"],
        ),
        ("td29", ["TD29", "dal 01/04/2025"]),
        ("N3.5", ["N3.5", "dichiarazioni d'intento", "declaration of intent", "2.2.1.14", "2.2.4"]),
        ("N2", ["fino al 31/12/2020"]),
        ("MP05", ["Bonifico", "Credit transfer", "2.4.2.2"]),
        ("RF20", ["franchigia", "1.2.1.8"]),
        ("2.2.1.14", ["2.2.1.14 Natura"]),
        ("00423", ["00423  Prezzo totale", "11 × 81.97 = 901.67"]),
        ("423", ["00423  Prezzo totale"]),
        ("fk003", ["FK003  Totale del documento"]),
        ("EN01", ["EN01  Notifica di esito"]),
    ],
)
def test_a_code_needs_no_verb(home: Path, word: str, shown: list[str]) -> None:
    done = fatturakit(word, cwd=home)
    assert (done.returncode, done.stderr) == (0, "")
    assert not [text for text in shown if text not in done.stdout]


@pytest.mark.parametrize(("word", "code"), [("00999", 2), ("TD99", 2), ("FK999", 2), ("naturo", 2), ("Natura", 0)])
def test_other_words_are_no_code(home: Path, word: str, code: int) -> None:
    done = fatturakit(word, cwd=home)
    assert done.returncode == code
    assert bool(done.stdout) is (code == 0)
    assert code == 0 or word in done.stderr


def test_both_languages_of_a_code() -> None:
    assert "Meaning      Credit note\n             Nota di credito\n" in fatturakit("TD04", "--lang", "en").stdout
    assert "Significato  Nota di credito\n             Credit note\n" in fatturakit("TD04").stdout


def test_a_file_wins_over_a_field_of_its_name(home: Path) -> None:
    assert "Fattura 12/A" in fatturakit("inspect", "Natura", cwd=home).stdout
    assert "N6.3" in fatturakit("inspect", "Natura", cwd=home / "empty").stdout


def test_several_documents_are_titled(home: Path) -> None:
    done = fatturakit("inspect", "two.zip", cwd=home)
    assert [line for line in done.stdout.splitlines() if "!" in line] == ["two.zip!a.xml", "two.zip!b.xml"]
    assert "\n\ntwo.zip!b.xml\nFattura 13/A" in done.stdout
    assert NAME not in fatturakit("inspect", NAME, cwd=home).stdout.splitlines()[0]


def test_json_has_an_entry_for_every_input(home: Path) -> None:
    done = fatturakit("inspect", "TD17", NAME, "cut.xml", "broken.zip", "two.zip", "--format", "json", cwd=home)
    data = json.loads(done.stdout)
    assert data["schema"] == "fatturakit/summary@1"
    assert [entry["path"] for entry in data["documents"]] == [
        NAME,
        "cut.xml",
        "broken.zip",
        "two.zip!a.xml",
        "two.zip!b.xml",
    ]
    good, cut, broken, *_ = data["documents"]
    assert good["bodies"][0]["numero"] == "12/A"
    assert good["bodies"][0]["due"]["amount"] == "122.00"
    assert good["header"]["cedente_prestatore"]["name"] == "Falegnameria Colle"
    assert set(good["findings"]) == {"errors", "warnings"}
    assert cut["error"]["message"]
    assert broken["error"]["code"] == "00106"
    assert data["fields"][0]["codes"][0]["list"] == "TipoDocumento"


def test_json_counts_what_validate_counts() -> None:
    path = FIXTURES / "wrong" / "IT07599810939_XSDKO.xml"
    summary = json.loads(fatturakit("inspect", path, "--format", "json").stdout)["documents"][0]
    report = json.loads(fatturakit("validate", path, "--format", "json").stdout)["documents"][0]
    errors = [finding for finding in report["findings"] if finding["severity"] == "error"]
    assert summary["findings"]["errors"] == len(errors) > 0


def test_output_files(home: Path) -> None:
    assert fatturakit("inspect", NAME, "-o", "one.txt", cwd=home).returncode == 0
    assert (home / "one.txt").read_text(encoding="utf-8").startswith("Fattura 12/A")
    assert fatturakit("inspect", NAME, "-o", "one.txt", "--force", cwd=home).returncode == 0
    assert fatturakit("inspect", "two.zip", NAME, "-o", "out/", cwd=home).returncode == 0
    assert sorted(path.name for path in (home / "out").iterdir()) == ["IT01879020517_00001.txt", "a.txt", "b.txt"]
    assert fatturakit("inspect", "two.zip", "-o", "data/", "--format", "json", cwd=home).returncode == 0
    assert json.loads((home / "data" / "a.json").read_text(encoding="utf-8"))["documents"]


def test_language() -> None:
    assert "Document total" in fatturakit("inspect", PLAIN, "--lang", "en").stdout
    assert "Document total" in fatturakit("inspect", PLAIN, FATTURAKIT_LANG="en").stdout
    assert "Totale documento" in fatturakit("inspect", PLAIN).stdout


def test_configuration_for_validate_does_not_disturb(home: Path) -> None:
    (home / "fatturakit.toml").write_text('format = "sarif"\nlang = "en"\njobs = 2\n')
    done = fatturakit("inspect", NAME, cwd=home)
    assert done.returncode == 0
    assert "Document total" in done.stdout


def test_unknown_fields_have_three_suggestions() -> None:
    done = fatturakit("inspect", "2.2.1.99")
    assert len(re.findall(r"\d+(?:\.\d+)+", done.stderr.partition("Forse")[2])) == 3


FIELDS = [
    (["2.2.1.14"], ["2.2.1.14 Natura", "DettaglioLinee/Natura", "N6.3", "fino al 31/12/2020", "2.2.2.2"]),
    (["Numero"], ["2.1.1.4", "obbligatorio, una volta", "1-20 caratteri"]),
    (["DettaglioLinee"], ["2.2.1.11", "PrezzoTotale", "TipoCessionePrestazione"]),
    (["TD29"], ["dal 01/04/2025", "2.1.1.1"]),
    (["TD29", "--lang", "en"], ["from 1 Apr 2025", "Meaning"]),
    (["2.2.4"], ["FSM10", "N2.1"]),
]


@pytest.mark.parametrize(("words", "wanted"), FIELDS, ids=lambda value: value[0])
def test_fields(words: list[str], wanted: list[str]) -> None:
    done = fatturakit("inspect", *words)
    assert not [text for text in wanted if text not in done.stdout]


def test_a_simplified_field_lists_its_own_codes_only() -> None:
    codes = json.loads(fatturakit("inspect", "2.2.4", "--format", "json").stdout)["fields"][0]["places"]
    simplified = next(place for place in codes if place["format"] == "simplified-1.0.2")
    assert not [code for code in simplified["codes"] if code["code"].startswith("N6")]


def on_terminal(*words: object, columns: int = 80, **env: str) -> str:
    """What a person sees on a terminal of this width."""
    master, slave = pty.openpty()
    import fcntl
    import struct
    import termios

    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    kept = {key: value for key, value in environment(TERM="xterm", **env).items() if key != "NO_COLOR"}
    process = subprocess.Popen([*COMMAND, *map(str, words)], stdin=slave, stdout=slave, stderr=slave, env=kept)
    os.close(slave)
    seen = b""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            piece = os.read(master, 65536)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    process.wait(60)
    os.close(master)
    return seen.decode("utf-8", "replace").replace("\r\n", "\n")


def test_terminal_width_and_colour() -> None:
    wide = on_terminal("inspect", PLAIN, columns=140, PYTHONIOENCODING="utf-8")
    assert "\x1b[1m" in wide
    assert max(len(line) for line in re.sub(r"\x1b\[[0-9;]*m", "", wide).splitlines()) == 100
    assert "\x1b" not in on_terminal("inspect", PLAIN, "--color", "never")


def test_a_terminal_without_unicode() -> None:
    assert on_terminal("inspect", LOT, "--color", "never", PYTHONIOENCODING="ascii").isascii()


def test_a_closed_pipe_is_no_error() -> None:
    if not shutil.which("head"):
        pytest.skip("no head here")
    command = " ".join([*COMMAND, "inspect", str(FIXTURES / "invoices"), "| head -1"])
    done = subprocess.run(command, shell=True, capture_output=True, env=environment(), timeout=60, check=False)
    assert b"Traceback" not in done.stderr


def test_help_is_one_screen() -> None:
    done = fatturakit("inspect", "--help")
    assert len(done.stdout.splitlines()) < 60
    assert "fatturakit inspect 2.2.1.14" in done.stdout
