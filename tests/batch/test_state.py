"""Going on after an interruption: nothing is done twice, nothing is missing, and no wrong state is trusted."""

from __future__ import annotations

import json
import os
import pickle
import signal
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import fatturakit as fk
from fatturakit.batch import many, run, safe
from fatturakit.batch.inputs import Input, expand
from fatturakit.batch.state import State
from fatturakit.errors import FatturakitError, OutputError, UsageError
from fatturakit.findings import Report, Severity
from fatturakit.limits import DEFAULT
from fatturakit.receipts import Context
from fatturakit.rules.options import Options
from fatturakit.texts import Amount, Text

from ..cli.run import environment, fatturakit
from ..samples import archive_of, invoice

ABOUT = {"verb": "validate"}
AT = ("--received-on", "2026-11-21")
KILLED = """
import os, signal, sys
from fatturakit.batch import {module} as module
from fatturakit.cli import main
work = module.{name}
def deadly(document, *more, **said):
    if deadly.left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    deadly.left -= 1
    return work(document, *more, **said)
deadly.left = {after}
module.{name} = deadly
sys.exit(main.run(sys.argv[1:]))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "in"
    home.mkdir()
    for number in range(60):
        data = b"<broken" if number % 7 == 3 else invoice(("12/A", f"{number % 50}/A"))
        (home / f"IT01879020517_{number:05}.xml").write_bytes(data)
    archive_of(home / "z.zip", {f"IT01879020517_{number:05}.xml": invoice() for number in range(55, 65)})
    return home


def killed(words: list[str], cwd: Path, *, module: str = "run", name: str = "judge", after: int = 45) -> None:
    """Run a command line that is killed, past any handler, at its ``after``-th document."""
    program = KILLED.format(module=module, name=name, after=after)
    command = [sys.executable, "-c", program, *words]
    done = subprocess.run(command, cwd=cwd, env=environment(), capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr


class Counted:
    """Judging, counted."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.paths: list[str] = []
        judge = run.judge

        def counting(document: object, path: str, *more: object) -> Report:
            self.paths.append(Path(path).name)
            return judge(document, path, *more)  # type: ignore[arg-type]

        monkeypatch.setattr(run, "judge", counting)


def judged(folder: Path, state: Path, options: Options, jobs: int = 1) -> list[Report]:
    with State(str(state), ABOUT) as kept:
        return list(run.reports(expand([str(folder)], DEFAULT), options, how=many.How(jobs, kept)))


def test_killed_and_resumed_is_as_if_never_interrupted(folder: Path) -> None:
    """A kill -9 in the middle, once more the same command: report and exit code of the whole, byte for byte."""
    home = folder.parent
    words = ["validate", "in", *AT, "-j", "1", "--format"]
    wholes = {name: fatturakit(*words, name, cwd=home) for name in ("json", "jsonl")}
    killed([*words, "json", "--resume", "state", "-o", "report"], home)
    assert not (home / "report").exists()
    with sqlite3.connect(home / "state") as base:
        assert 0 < base.execute("SELECT count(*) FROM done").fetchone()[0] < 70
    for name in ("json", "jsonl"):  # the second time nothing is left to do, and the report there is this run's own
        again = fatturakit(*words, name, "--resume", "state", "-o", "report", cwd=home)
        assert (again.returncode, again.stderr) == (wholes[name].returncode, "")
        assert (home / "report").read_text(encoding="utf-8") == wholes[name].stdout


def test_only_what_is_new_or_changed_is_done(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """New, changed and unreadable-for-now inputs are judged; the others are remembered; the report has them all."""
    options = Options()
    first = judged(folder, tmp_path / "state", options)
    counted = Counted(monkeypatch)
    assert judged(folder, tmp_path / "state", options) == first
    assert counted.paths == []
    (folder / "IT01879020517_00005.xml").write_bytes(invoice(("TD01", "TD99")))
    (folder / "IT01879020517_00004a.xml").write_bytes(invoice(("12/A", "400/A")))
    again = judged(folder, tmp_path / "state", options, jobs=1)
    assert counted.paths == ["IT01879020517_00004a.xml", "IT01879020517_00005.xml"]
    assert again == list(run.reports(expand([str(folder)], DEFAULT), options, 1))


def test_what_could_not_be_reached_is_tried_again(tmp_path: Path) -> None:
    """A file that was not there is no result to keep."""
    name = tmp_path / "IT01879020517_00001.xml"
    options = Options()
    with State(str(tmp_path / "state"), ABOUT) as state:
        (before,) = run.reports([Input(str(name), str(name))], options, how=many.How(1, state))
        name.write_bytes(invoice())
        (after,) = run.reports([Input(str(name), str(name))], options, how=many.How(1, state))
    assert (before.verdict, after.verdict) == ("unreadable", "valid")


@pytest.mark.parametrize("jobs", [1, 2])
def test_processes_and_state_together(folder: Path, tmp_path: Path, jobs: int) -> None:
    options = Options()
    assert judged(folder, tmp_path / "state", options, jobs) == judged(folder, tmp_path / "state", options)


def other_database(path: Path) -> None:
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE invoice (id INTEGER)")


WRONG = [
    (lambda path: State(str(path), {"verb": "convert"}).__exit__(), UsageError, "verb: convert before, validate now"),
    (lambda path: path.write_bytes(b"no database " * 50), UsageError, "damaged"),
    (other_database, UsageError, "another database"),
    (lambda path: path.mkdir(), OutputError, "cannot be written"),
]


@pytest.mark.parametrize(("made", "error", "words"), WRONG, ids=[row[2] for row in WRONG])
def test_a_wrong_state_is_refused(tmp_path: Path, made: object, error: type[FatturakitError], words: str) -> None:
    """Another command, other options, another file: a sentence, and the file is left as it was."""
    path = tmp_path / "state"
    made(path)  # type: ignore[operator]
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(error) as refused:
        State(str(path), ABOUT)
    assert words in refused.value.say("en")
    assert before is None or path.read_bytes() == before


def test_a_state_in_use_is_refused(tmp_path: Path) -> None:
    with State(str(tmp_path / "state"), ABOUT), pytest.raises(UsageError, match=r"in use|in uso"):
        State(str(tmp_path / "state"), ABOUT)


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else False, reason="root may write everything")
def test_a_state_that_cannot_be_written(tmp_path: Path) -> None:
    State(str(tmp_path / "state"), ABOUT).__exit__()
    (tmp_path / "state").chmod(0o400)
    with pytest.raises(OutputError):
        State(str(tmp_path / "state"), ABOUT)


class Evil:
    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, ("harm",)


@pytest.mark.parametrize("data", [b"rubbish", zlib.compress(b"rubbish"), zlib.compress(pickle.dumps(Evil()))])
def test_damaged_results_are_made_again(
    folder: Path, tmp_path: Path, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A chunk that is damaged, or was made to do harm, is no result; its documents are judged again."""
    monkeypatch.chdir(tmp_path)
    options = Options()
    first = judged(folder, tmp_path / "state", options)
    with sqlite3.connect(tmp_path / "state") as base:
        base.execute("UPDATE chunk SET data = ? WHERE number = 1", (data,))
    assert judged(folder, tmp_path / "state", options) == first
    assert not (tmp_path / "harm").exists()


def harmless() -> Iterator[object]:
    yield from (1, "x", None, b"x", [1], {"a": (1,)}, date(2026, 11, 21), Decimal("1.10"), Severity.ERROR)
    yield datetime(2026, 11, 21, tzinfo=ZoneInfo("Europe/Rome"))
    yield Context(credentials_since=date(2026, 1, 1))
    yield Text("a", "b")
    yield fk.validate(invoice(("<Imposta>22.00", "<Imposta>21.00")), received_on="2026-11-21").findings
    yield UsageError(Text("a {x}", "b {x}"), x="1").text


@pytest.mark.parametrize("value", list(harmless()))
def test_our_values_can_be_read_back(value: object) -> None:
    assert safe.loads(pickle.dumps(value)) == value


def test_an_amount_is_still_one() -> None:
    assert type(safe.loads(pickle.dumps(Amount("901.64")))) is Amount


class ByName:
    """Pickled as ``getattr`` of something, as Python 3.11.2 does with members of enumerations."""

    def __init__(self, of: object, name: str) -> None:
        self.of, self.name = of, name

    def __reduce__(self) -> tuple[object, tuple[object, str]]:
        return getattr, (self.of, self.name)


def test_members_are_told_by_name_and_nothing_else_is() -> None:
    assert safe.loads(pickle.dumps(ByName(Severity, "ERROR"))) is Severity.ERROR
    for of, name in ((Severity, "__class__"), (Severity, "mro"), (Text, "say"), (UsageError, "__init__")):
        with pytest.raises(pickle.UnpicklingError):
            safe.loads(pickle.dumps(ByName(of, name)))


@pytest.mark.parametrize("value", [os.system, eval, Evil(), subprocess.Popen, Path("x"), run.is_crash, many.How])
def test_nothing_else_can(value: object) -> None:
    if value is many.How:
        assert safe.loads(pickle.dumps(value)) is value  # a named tuple of ours is a value
        return
    with pytest.raises(pickle.UnpicklingError):
        safe.loads(pickle.dumps(value))


def test_convert_goes_on_with_its_files(folder: Path) -> None:
    """Files written before the kill are kept, also one whose note was lost; a file taken away is made again."""
    home = folder.parent
    words = ["convert", "in", "-q", "-j", "1", "--lang", "en"]
    fatturakit(*words, "-o", "whole/", cwd=home)
    killed([*words, "-o", "out/", "--resume", "state"], home, module="convert", name="opened")
    made = {path.name: path.stat().st_mtime_ns for path in (home / "out").iterdir()}
    assert len(made) > 20
    gone = min(made)
    (home / "out" / gone).unlink()
    assert fatturakit(*words, "-o", "out/", "--resume", "state", cwd=home).returncode == 3
    contents = [{path.name: path.read_bytes() for path in (home / name).iterdir()} for name in ("whole", "out")]
    assert contents[0] == contents[1]
    kept = [name for name in sorted(made)[:15] if name != gone]
    assert [(home / "out" / name).stat().st_mtime_ns for name in kept] == [made[name] for name in kept]
    (folder / "IT01879020517_00002.xml").write_bytes(invoice(("12/A", "changed/A")))
    fatturakit(*words, "-o", "out/", "--resume", "state", cwd=home)
    assert "changed/A" in (home / "out" / "IT01879020517_00002.json").read_text(encoding="utf-8")


def test_pages_go_on_too(folder: Path) -> None:
    home = folder.parent
    words = ["render", "in/IT01879020517_00001.xml", "in/IT01879020517_00002.xml", "-o", "out/"]
    assert fatturakit(*words, "--resume", "state", cwd=home).returncode == 0
    assert fatturakit(*words, "--resume", "state", cwd=home).returncode == 0
    refused = fatturakit(*words, "--resume", "state", "--theme", "acube", "--lang", "en", cwd=home)
    assert (refused.returncode, "of another run" in refused.stderr) == (2, True)


def test_the_moment_of_the_first_run_is_that_of_all(folder: Path) -> None:
    """Without --received-on a run judges by its own moment; gone on from, by that of the first."""
    home = folder.parent
    one = fatturakit("validate", "in", "--format", "json", "--resume", "state", cwd=home)
    with sqlite3.connect(home / "state") as base:
        base.execute("UPDATE about SET value = '2026-01-02T03:04:05+00:00' WHERE name = 'moment'")
        base.execute("DELETE FROM done")
    two = fatturakit("validate", "in", "--format", "json", "--resume", "state", cwd=home)
    days = [{row["as_of"] for row in json.loads(done.stdout)["documents"]} for done in (one, two)]
    assert days[1] == {"2026-01-02"} != days[0]
