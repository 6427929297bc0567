"""The plain call and the call through click are one program: same output, same messages, same exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fatturakit.cli._plain import plain
from fatturakit.cli._validate import Given

from ..samples import NAME, archive_of, invoice
from ..shared import ROOT
from .run import environment

SHORT = (sys.executable, "-m", "fatturakit")
THROUGH_CLICK = (sys.executable, "-m", "fatturakit.cli.main")
WRONG, BROKEN, UNNAMED = "IT01879020517_00002.xml", "IT01879020517_00003.xml", "caffè.xml"
CALLS = [
    [NAME],
    [WRONG],
    [BROKEN, WRONG, NAME],
    [UNNAMED, "--fail-on", "warning"],
    [WRONG, "--fail-on", "never"],
    [NAME, "--lang", "en"],
    ["--lang", "it", WRONG],
    *([WRONG, BROKEN, "--format", name] for name in ("text", "concise", "json", "jsonl", "sarif", "github", "html")),
    ["--format", "json", "--format", "jsonl", NAME, NAME],
    ["folder", "-j", "2", "--format", "concise"],
    ["folder", "--jobs", "0", "--format", "jsonl"],
    ["folder"],
    ["empty"],
    ["*.xml", "--format", "concise"],
    ["many.zip", "--format", "concise"],
    ["@list.txt", "--format", "concise"],
    ["@nolist"],
    ["missing.xml"],
    ["-"],
    ["-", "--format", "jsonl"],
    [],
    [""],
    ["--", NAME],
    ["--format", "yaml", NAME],
    ["--format"],
    ["--format=json", NAME],
    ["--lang", "de", NAME],
    ["-j", "-1", NAME],
    ["-j", "x", NAME],
    ["-j2", NAME],
    ["--no-such-option", NAME],
    ["--exit-zero", WRONG],
    ["-q", WRONG],
    ["--preflight", UNNAMED],
    ["--help"],
]
CONFIGURATIONS = [
    ("fatturakit.toml", 'lang = "en"\nformat = "jsonl"\n'),
    ("fatturakit.toml", 'fail-on = "warning"\nselect = ["00001"]\n'),
    ("fatturakit.toml", 'formatt = "json"\n'),
    ("fatturakit.toml", "not toml"),
    ("fatturakit.toml", ""),
    ("pyproject.toml", '[tool.fatturakit]\nformat = "concise"\n'),
    ("pyproject.toml", '[project]\nname = "fatturakit"\n'),
    ("pyproject.toml", "[project\nbroken, and nothing to us"),
    ("pyproject.toml", "[tool.fatturakit\nbroken, and ours"),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("start")
    (folder / NAME).write_bytes(invoice())
    (folder / WRONG).write_bytes(invoice(("TD01", "TD99")))
    (folder / BROKEN).write_bytes(b"<cut")
    (folder / UNNAMED).write_bytes(invoice())
    (folder / "empty").mkdir()
    (folder / "folder").mkdir()
    for number in range(60):
        (folder / "folder" / f"IT01879020517_{number:05}.xml").write_bytes(invoice(("12/A", f"{number}/A")))
    archive_of(folder / "many.zip", {NAME: invoice(), WRONG: b"<cut"})
    (folder / "list.txt").write_text(f"# two\n{NAME}\n{BROKEN}\n", encoding="utf-8")
    return folder


def answers(command: tuple[str, ...], words: list[str], home: Path, **env: str) -> tuple[int, bytes, bytes]:
    done = subprocess.run(
        [*command, "validate", *words], input=invoice(), capture_output=True, cwd=home, env=environment(**env),
        timeout=120, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("words", CALLS, ids=" ".join)
def test_both_ways_are_one_program(words: list[str], home: Path) -> None:
    assert answers(SHORT, words, home) == answers(THROUGH_CLICK, words, home)


@pytest.mark.parametrize(("name", "text"), CONFIGURATIONS)
def test_configuration_speaks_in_both(name: str, text: str, home: Path, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    words = [str(home / UNNAMED), str(home / WRONG)]
    assert answers(SHORT, words, tmp_path) == answers(THROUGH_CLICK, words, tmp_path)


@pytest.mark.parametrize(
    "env",
    [{"FATTURAKIT_LANG": "en"}, {"FATTURAKIT_LIMIT_DEPTH": "x"}, {"FATTURAKIT_LIMIT_DEPTH": "2"}, {"FORCE_COLOR": "1"}],
    ids=str,
)
def test_environment_speaks_in_both(env: dict[str, str], home: Path) -> None:
    env = {"NO_COLOR": "", **env}
    assert answers(SHORT, [WRONG], home, **env) == answers(THROUGH_CLICK, [WRONG], home, **env)


def test_defaults_are_the_same() -> None:
    """What click fills in for an option that is not given is what ``Given`` says."""
    from fatturakit.cli.validate import command

    parsed = command.make_context("validate", [NAME]).params
    assert Given(**{name: parsed[name] for name in Given._fields}) == Given()


@pytest.mark.parametrize(
    ("argv", "answer"),
    [
        (["validate", "a.xml"], (("a.xml",), Given())),
        (["validate", "a", "-j", "2", "-"], (("a", "-"), Given(jobs=2))),
        (["validate", "--format", "json", "a", "--lang", "en"], (("a",), Given(format_name="json", lang="en"))),
        (["validate", "a", "--fail-on", "never"], (("a",), Given(fail_on="never"))),
        (["validate"], None),
        (["validate", "a", "--exit-zero"], None),
        (["validate", "--exit-zero", "a"], None),
        (["validate", "a", "-j"], None),
        (["validate", "a", "-j", "²"], None),
        (["inspect", "a"], None),
        (["a"], None),
        ([], None),
    ],
)
def test_what_is_plain(argv: list[str], answer: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert plain(argv) == answer


def loaded(words: list[str], home: Path) -> set[str]:
    """The modules a run of the program has loaded at its end."""
    program = (
        "import sys; from fatturakit.cli import start\n"
        f"code = start.run({words!r})\nprint(*sys.modules, file=sys.stderr); sys.exit(code)"
    )
    plainly = {name: value for name, value in environment().items() if not name.startswith("COVERAGE")}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=home, env=plainly)
    assert done.returncode == 0
    return set(done.stderr.split())


def test_the_plain_call_needs_no_click(home: Path) -> None:
    """Nor what else is slow to load and of no use to it."""
    assert not loaded(["validate", NAME], home) & {"click", "tomllib", "gettext", "tempfile", "zipfile", "json"}
    assert "click" in loaded(["validate", "--exit-zero", NAME], home)


def test_the_end_is_orderly_when_somebody_waits_for_it(home: Path) -> None:
    """Exit handlers run, a full disk is noticed."""
    program = (
        "import atexit, sys; from fatturakit.cli import start\n"
        "if sys.argv[1] == 'handler': atexit.register(print, 'bye')\nsys.argv[1:] = ['validate', sys.argv[2]]\n"
        "start.entry()"
    )
    for how, last in (("handler", "bye"), ("none", "")):
        done = subprocess.run(
            [sys.executable, "-c", program, how, NAME],
            capture_output=True,
            text=True,
            cwd=home,
            env=environment(),
            check=True,
        )
        assert NAME in done.stdout
        assert done.stdout.endswith("bye\n") is bool(last)
    full = Path("/dev/full")
    if full.exists():
        with full.open("wb") as stream:
            done = subprocess.run([*SHORT, "validate", NAME], stdout=stream, cwd=home, env=environment(), check=False)
        assert done.returncode == 6


def test_the_program_is_declared_once() -> None:
    """The console script, ``python -m fatturakit`` and this file speak of the same entry."""
    assert 'fatturakit = "fatturakit.cli.start:entry"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    done = subprocess.run(
        [*SHORT, "--version"], capture_output=True, text=True, check=True, env=os.environ | environment()
    )
    assert done.stdout.startswith("fatturakit")
