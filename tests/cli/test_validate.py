"""``fatturakit validate``: exit codes, streams, options, interruptions."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ..samples import NAME, archive_of, invoice
from ..shared import manifest, needs_shared, shared
from .run import COMMAND, environment, fatturakit

BAD = invoice(("TD01", "TD99"))
UNNAMED = "x.xml"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / NAME).write_bytes(invoice())
    (tmp_path / "IT01879020517_00002.xml").write_bytes(BAD)
    (tmp_path / "IT01879020517_00003.xml").write_bytes(b"<cut")
    (tmp_path / UNNAMED).write_bytes(invoice())
    return tmp_path


GOOD, WRONG, BROKEN = NAME, "IT01879020517_00002.xml", "IT01879020517_00003.xml"
EXIT_CODES = [
    (["validate", GOOD], 0),
    (["validate", UNNAMED], 0),
    (["validate", UNNAMED, "--fail-on", "warning"], 1),
    (["validate", WRONG], 1),
    (["validate", WRONG, "--fail-on", "never"], 0),
    (["validate", WRONG, "--exit-zero"], 0),
    (["validate", WRONG, "--ignore", "00200"], 0),
    (["validate", WRONG, GOOD], 1),
    (["validate", BROKEN], 3),
    (["validate", BROKEN, WRONG, GOOD], 3),
    (["validate", "missing.xml"], 3),
    (["validate", "--no-such-option", GOOD], 2),
    (["validate", "--format", "yaml", GOOD], 2),
    (["validate", "--as-of", "domani", GOOD], 2),
    (["validate", "--received-on", "2026-13-01", GOOD], 2),
    (["validate", "@nolist", GOOD], 2),
    (["validate", "--config", "nofile.toml", GOOD], 2),
    (["nonsense"], 2),
    (["validate", GOOD, "-o", "no/such/folder/x.txt"], 6),
    (["validate", GOOD, "-o", UNNAMED], 6),
    (["validate", GOOD, "-o", "/dev/full"], 6),
    (["validate", "--help"], 0),
    (["--version"], 0),
]


@pytest.mark.parametrize(
    ("words", "code"), EXIT_CODES, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_exit_codes(words: list[str], code: int, home: Path) -> None:
    """One row for every ending; a failure always has a sentence and never a traceback."""
    if "/dev/full" in words and not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    done = fatturakit(*words, cwd=home)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    if code in {2, 6}:
        assert done.stderr.strip()
        assert not done.stdout


def test_a_bug_is_a_sentence_and_70(home: Path) -> None:
    """An internal error ends with 70, its name, and how to report it."""
    program = (
        "import sys; from fatturakit.batch import run; from fatturakit.cli import main\n"
        "def broken(*a, **k): raise ZeroDivisionError('oops')\n"
        "run.judge = broken if sys.argv[1] == 'document' else run.judge\n"
        "run.reports = broken if sys.argv[1] == 'run' else run.reports\n"
        f"sys.exit(main.run(['validate', '{GOOD}']))"
    )
    for where in ("document", "run"):
        done = subprocess.run(
            [sys.executable, "-c", program, where],
            capture_output=True,
            cwd=home,
            env=environment(),
            text=True,
            check=False,
        )
        assert done.returncode == 70
        assert "oops" in done.stderr + done.stdout
        assert "Traceback" not in done.stderr


def test_stdout_is_data_and_stderr_is_empty(home: Path) -> None:
    """Piped JSON is JSON, whatever went wrong; the shape is the contract's."""
    done = fatturakit("validate", WRONG, BROKEN, "--format", "json", cwd=home)
    assert done.stderr == ""
    answer = json.loads(done.stdout)
    assert answer["schema"] == "fatturakit/report@1"
    wrong, broken = answer["documents"]
    assert (wrong["path"], wrong["kind"], wrong["verdict"], wrong["layers"]) == (WRONG, "FPR12", "invalid", ["xml"])
    assert wrong["bodies"] == [{"index": 1, "tipo_documento": "TD99", "numero": "12/A", "data": "2026-11-03"}]
    (finding,) = wrong["findings"]
    assert (
        finding["path"]
        == "/p:FatturaElettronica/FatturaElettronicaBody[1]/DatiGenerali/DatiGeneraliDocumento/TipoDocumento"
    )
    assert (finding["code"], finding["severity"], finding["layer"], finding["field"], finding["body"]) == (
        "00200", "error", "xsd", "2.1.1.1", 1,
    )  # fmt: skip
    assert finding["args"]["found"] == "TD99"
    assert broken["verdict"] == "unreadable"
    assert broken["findings"][0]["code"] == "00200"


@pytest.mark.parametrize("name", ["", NAME])
def test_standard_input(name: str, home: Path) -> None:
    """``-``, or no FILE and a pipe; --stdin-filename gives the name that 00001 wants."""
    words = ["--stdin-filename", name] if name else []
    for dash in (["-"], []):
        done = fatturakit("validate", *dash, "--format", "json", *words, stdin=invoice())
        (document,) = json.loads(done.stdout)["documents"]
        assert document["path"] == name or "-"
        listed = {row["code"] for row in document["not_evaluated"]}
        assert ("00001" in listed) is not bool(name)


def test_language(home: Path) -> None:
    """--lang, then FATTURAKIT_LANG, then the locale, then Italian."""
    for words, env, expected in (
        (["--lang", "en"], {"FATTURAKIT_LANG": "it"}, "valid"),
        ([], {"FATTURAKIT_LANG": "en"}, "valid"),
        ([], {"LC_ALL": "en_US.UTF-8"}, "valid"),
        ([], {"LC_ALL": "it_IT.UTF-8"}, "valida"),
        ([], {}, "valida"),
    ):
        done = fatturakit("validate", GOOD, *words, cwd=home, **env)
        assert done.stdout.splitlines()[0].split()[-1] == expected
    assert "Would SdI reject" in fatturakit("--help", "--lang", "en").stdout + fatturakit("-h", LANG="en_GB").stdout


def test_output_files(home: Path) -> None:
    """-o writes a whole file or none; --force overwrites; a folder gets one file a document."""
    report = home / "report.json"
    assert fatturakit("validate", WRONG, "--format", "json", "-o", report, cwd=home).returncode == 1
    first = report.read_bytes()
    assert json.loads(first)["documents"]
    again = fatturakit("validate", GOOD, "--format", "json", "-o", report, cwd=home)
    assert (again.returncode, report.read_bytes()) == (6, first)
    assert "--force" in again.stderr
    assert fatturakit("validate", GOOD, "--format", "json", "-o", report, "-f", cwd=home).returncode == 0
    assert report.read_bytes() != first
    (home / "sub").mkdir()
    (home / "sub" / GOOD).write_bytes(invoice())
    assert fatturakit("validate", GOOD, WRONG, "sub", "--format", "json", "-o", "out/", cwd=home).returncode == 1
    assert sorted(path.name for path in (home / "out").iterdir()) == [
        "IT01879020517_00001-2.json",
        "IT01879020517_00001.json",
        "IT01879020517_00002.json",
    ]
    assert not list(home.glob(".*")), "temporary files are left behind"


def test_jobs_keep_the_order(tmp_path: Path) -> None:
    """Results come in the order of the inputs for any --jobs."""
    for number in range(120):
        (tmp_path / f"IT01879020517_{number:05}.xml").write_bytes(BAD if number % 5 else invoice())
    words = ("validate", ".", "--format", "jsonl", "--received-on", "2026-11-21")
    outputs = {fatturakit(*words, "-j", jobs, cwd=tmp_path).stdout for jobs in (1, 2, 4)}
    assert len(outputs) == 1
    paths = [json.loads(line)["path"] for line in outputs.pop().splitlines()]
    assert paths == sorted(paths)
    assert len(paths) == 120


def test_preflight_and_names(home: Path) -> None:
    """A bad name warns on a working copy and fails before sending."""
    assert fatturakit("validate", UNNAMED, cwd=home).returncode == 0
    assert fatturakit("validate", "--preflight", UNNAMED, cwd=home).returncode == 1
    packed = archive_of(home / "fatture.zip", {GOOD: invoice()})
    assert fatturakit("validate", packed).returncode == 0
    assert fatturakit("validate", "--preflight", packed).returncode == 1


def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    """``fatturakit … | head -1`` says nothing on stderr."""
    for number in range(3000):
        (tmp_path / f"{number}.xml").write_bytes(b"<a/>")
    for jobs in ("1", "2"):
        writer = subprocess.Popen(
            [*COMMAND, "validate", ".", "--format", "concise", "-j", jobs],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, cwd=tmp_path, env=environment(),
        )  # fmt: skip
        assert writer.stdout is not None
        assert writer.stderr is not None
        writer.stdout.readline()
        writer.stdout.close()
        assert writer.stderr.read() == b""
        assert writer.wait(60) in {0, 1}


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("target", ["-", "out.json"])
def test_interrupted(tmp_path: Path, jobs: str, target: str) -> None:
    """Ctrl-C: 130; what was written to stdout is whole JSON; a file is not made; no process stays behind."""
    for number in range(4000):
        (tmp_path / f"{number:04}.xml").write_bytes(BAD)
    process = subprocess.Popen(
        [*COMMAND, "validate", ".", "--format", "json", "-j", jobs, "-o", target],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, env=environment(), start_new_session=True,
        bufsize=0,
    )  # fmt: skip
    assert process.stdout is not None
    head = b""
    while target == "-" and head.count(b'"path"') < 2:
        head += process.stdout.read(1000)
    while target != "-" and process.poll() is None and not list(tmp_path.glob(f".{target}.*")):
        time.sleep(0.1)
    time.sleep(0.5 if target != "-" else 0)
    os.killpg(process.pid, signal.SIGINT)
    rest, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert b"Traceback" not in errors
    if target == "-":
        answer = json.loads(head + rest)
        assert answer["summary"]["interrupted"] is True
        assert 0 < len(answer["documents"]) == answer["summary"]["documents"] < 4000
    assert [path.name for path in tmp_path.iterdir() if not path.name[0].isdigit()] == []


def test_configuration(home: Path) -> None:
    """The nearest file sets defaults; a wrong key is named; --isolated ignores it; nothing else can be set."""
    config = home / "fatturakit.toml"
    config.write_text('lang = "en"\nfail-on = "warning"\nignore = ["00001"]\n')
    assert fatturakit("validate", UNNAMED, cwd=home).stdout.splitlines()[0].endswith("valid")
    assert fatturakit("validate", UNNAMED, "--isolated", cwd=home).stdout.splitlines()[0].endswith("valida")
    config.write_text('formatt = "json"\n')
    done = fatturakit("validate", UNNAMED, cwd=home)
    assert done.returncode == 2
    assert "format" in done.stderr
    config.write_text('output = "/tmp/x"\n')
    assert fatturakit("validate", UNNAMED, cwd=home).returncode == 2
    config.unlink()
    (home / "pyproject.toml").write_text('[tool.fatturakit]\nformat = "jsonl"\n')
    assert json.loads(fatturakit("validate", GOOD, cwd=home).stdout)["verdict"] == "valid"


def test_progress_is_for_terminals(tmp_path: Path) -> None:
    """Many documents and a terminal on stderr: a line that goes away; a pipe gets none."""
    for number in range(3000):
        (tmp_path / f"{number}.xml").write_bytes(b"<a/>")
    piped = fatturakit("validate", ".", "--format", "jsonl", "--exit-zero", cwd=tmp_path)
    assert piped.stderr == ""
    reader, writer = pty.openpty()
    with os.fdopen(writer, "wb") as terminal:
        subprocess.run(
            [*COMMAND, "validate", ".", "--format", "jsonl", "--progress", "-j", "1"],
            stdout=subprocess.DEVNULL, stderr=terminal, stdin=subprocess.DEVNULL, cwd=tmp_path, env=environment(),
            check=False,
        )  # fmt: skip
        assert select.select([reader], [], [], 1)[0], "nothing was shown"
        shown = os.read(reader, 100_000).decode()
    assert "%, ancora" in shown
    assert "errori" in shown
    assert shown.rpartition("\r\x1b[2K")[2].startswith("3000 documenti")  # the line goes, its sum stays


def test_strange_names(tmp_path: Path) -> None:
    """Blanks, accents and stray bytes in names are no obstacle."""
    names = (b"nome con spazi.xml", "è già.xml".encode(), b"caff\xe8.xml", b"-dash.xml", b"new\nline.xml")
    for number, name in enumerate(names):
        data = invoice(("12/A", f"{number}/A"))  # the same number twice would be 00404
        Path(os.fsdecode(bytes(tmp_path) + b"/" + name)).write_bytes(data)
    done = fatturakit("validate", ".", "--format", "jsonl", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 5
    assert fatturakit("validate", "--", "-dash.xml", cwd=tmp_path).returncode == 0


def test_a_huge_file_is_refused_at_once(tmp_path: Path) -> None:
    """A gigabyte is not read; the limit can be changed by name."""
    huge = tmp_path / NAME
    with huge.open("wb") as stream:
        stream.truncate(1 << 30)
    done = fatturakit("validate", huge, "--format", "concise")
    assert done.returncode == 3
    assert "00003" in done.stdout
    assert fatturakit("validate", huge, FATTURAKIT_LIMIT_DOCUMENT_BYTES="abc").returncode == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_no_permission(home: Path) -> None:
    """A file that may not be read is said so."""
    (home / GOOD).chmod(0)
    done = fatturakit("validate", GOOD, cwd=home)
    assert done.returncode == 3
    assert "permessi" in done.stdout


@needs_shared
def test_the_whole_corpus_in_one_call() -> None:
    """Every file has an entry, no traceback, and the schema verdict of the manifest (dates with blanks apart)."""
    folders = [shared("corpus", name) for name in ("invoices", "simplified", "notifications", "broken")]
    done = fatturakit("validate", *folders, "--format", "json", "--lang", "en")
    assert (done.returncode, done.stderr) == (3, "")
    documents = {"/".join(Path(row["path"]).parts[-2:]): row for row in json.loads(done.stdout)["documents"]}
    rows = [row for row in manifest() if row["file"].split("/")[0] in {folder.name for folder in folders}]
    assert len(documents) == len(rows) > 600
    different = {}
    for row in rows:
        found = documents[row["file"]]
        valid = "00200" not in {finding["code"] for finding in found["findings"]}
        if row["xsd_valid"] and valid is not (row["xsd_valid"] == "true"):
            different[row["file"]] = row["xsd_first_error"]
        if not row["xsd_valid"]:
            assert not valid, row["file"]
    # One row of the manifest was judged by schema 1.2; see docs/decisions/0003-manifest.md.
    assert different.pop("invoices/d351edee_IT01234567890_FPR13.xml", "")
    assert all("Element 'Data'" in error for error in different.values()), different
