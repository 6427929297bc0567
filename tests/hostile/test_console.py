"""Consoles of every kind: no colour where none is wanted, no crash where a character cannot be shown."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ..cli.run import COMMAND, environment, fatturakit
from ..samples import invoice

OLD = {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}
VERBS = (
    ("validate", "e.xml"),
    ("inspect", "e.xml"),
    ("unwrap", "e.xml"),
    ("rule", "00423"),
    ("validate", "--format", "json", "manca.xml"),
    ("convert", "e.xml"),
)
CHANGED = (("Tavolo", "Tavolo → €  「木」"), ("<Imposta>22.00", "<Imposta>23.00"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("console")
    (folder / "e.xml").write_bytes(invoice(*CHANGED))
    return folder


@pytest.mark.parametrize("words", VERBS, ids=lambda words: " ".join(words))
def test_pipes_are_the_same_everywhere(home: Path, words: tuple[str, ...]) -> None:
    """What an old console says about itself changes no byte in a pipe."""
    plain = fatturakit(*words, cwd=home, FATTURAKIT_LANG="it")
    old = fatturakit(*words, cwd=home, FATTURAKIT_LANG="it", PYTHONIOENCODING="cp1252", **OLD)
    assert (old.returncode, old.stdout, old.stderr) == (plain.returncode, plain.stdout, plain.stderr)
    assert "interno" not in plain.stderr
    assert "\x1b" not in plain.stdout + plain.stderr


TERMINAL = """
import io, sys
class Terminal(io.TextIOWrapper):
    def isatty(self): return True
sys.stdout = Terminal(sys.stdout.buffer, encoding=sys.argv[1], errors="strict")
sys.stderr = Terminal(sys.stderr.buffer, encoding=sys.argv[1], errors="strict")
from fatturakit.cli.start import run
code = run(sys.argv[2:])
sys.stdout.flush()
sys.exit(code)
"""


def on_terminal(home: Path, encoding: str, *words: str, **env: str) -> tuple[int, bytes]:
    done = subprocess.run(
        [sys.executable, "-c", TERMINAL, encoding, *words],
        cwd=home,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        env={key: value for key, value in environment(FATTURAKIT_LANG="it", **env).items() if value},
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "ascii", "utf-8"])
def test_terminals_show_what_they_can(home: Path, encoding: str) -> None:
    for verb, expected in (("inspect", 0), ("validate", 1)):
        code, shown = on_terminal(home, encoding, verb, "e.xml")
        assert code == expected, shown
        assert b"interno" not in shown
        shown.decode(encoding)


@pytest.mark.parametrize(
    ("env", "options", "coloured"),
    [
        ({"NO_COLOR": "", "TERM": "xterm"}, (), True),
        ({"NO_COLOR": "1", "TERM": "xterm"}, (), False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1", "TERM": "xterm"}, (), False),
        ({"NO_COLOR": "", "TERM": "dumb"}, (), False),
        ({"NO_COLOR": "", "TERM": "dumb", "FORCE_COLOR": "1"}, (), True),
        ({"NO_COLOR": "1", "TERM": "xterm"}, ("--color", "always"), True),
        ({"NO_COLOR": "", "TERM": "xterm"}, ("--color", "never"), False),
    ],
    ids=str,
)
def test_colour_is_as_asked_on_a_terminal(
    home: Path, env: dict[str, str], options: tuple[str, ...], coloured: bool
) -> None:
    code, shown = on_terminal(home, "utf-8", "validate", "e.xml", *options, **env)
    assert code == 1
    assert (b"\x1b[" in shown) is coloured


def test_without_streams(home: Path) -> None:
    """A program without a console (a service, a window) has no stdout at all."""
    script = "import sys; sys.stdout = sys.stderr = sys.stdin = None\nfrom fatturakit.cli.start import run\n"
    for verb in ("validate", "inspect"):
        words = [verb, "e.xml", "-o", f"{verb}.txt"]
        done = subprocess.run(
            [sys.executable, "-c", f"{script}import os; os._exit(run({words}))"], cwd=home, check=False
        )
        assert done.returncode == (1 if verb == "validate" else 0)
        assert (home / f"{verb}.txt").stat().st_size


POSIX_ONLY = """
import sys
import subprocess  # before it takes the system for Windows
sys.modules["msvcrt"] = __import__("types").SimpleNamespace(locking=lambda *_: None, LK_NBLCK=2, LK_UNLCK=0)
for name in ("fcntl", "resource", "pwd", "grp", "termios", "_posixshmem"):
    sys.modules[name] = None
import os, signal
for name in ("fork", "register_at_fork", "sched_getaffinity", "getuid", "geteuid", "link", "fchmod", "mkfifo"):
    if hasattr(os, name): delattr(os, name)
for name in ("SIGPIPE", "SIGHUP", "SIGUSR1", "SIGALRM"):
    if hasattr(signal, name): delattr(signal, name)
from fatturakit.cli.start import run
sys.exit(run(sys.argv[1:]))
"""


@pytest.mark.parametrize(
    "words",
    [
        ("validate", "e.xml", "-j", "1"),
        ("inspect", "e.xml"),
        ("convert", "e.xml", "-o", "a.json"),
        ("render", "e.xml", "-o", "a.html"),
        ("unwrap", "e.xml", "-o", "b.xml"),
        ("archive", "add", "e.xml", "--archive", "a.db"),
        ("export", "a.db", "-o", "c.zip"),
        ("doctor",),
    ],
    ids=lambda words: words[0],
)
def test_without_what_only_posix_has(home: Path, words: tuple[str, ...]) -> None:
    """On a system without those modules, calls and signals every verb still works."""
    done = subprocess.run(
        [sys.executable, "-c", POSIX_ONLY, *words, *(("--force",) if "-o" in words else ())],
        cwd=home,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        env=environment(),
        check=False,
        timeout=60,
    )
    assert done.returncode in {0, 1}, done.stderr.decode()
    assert b"interno" not in done.stderr, done.stderr.decode()


def test_a_reader_that_goes_away(home: Path) -> None:
    """``| head -1``: no traceback, exit code 0."""
    names = ["e.xml"] * 150
    done = subprocess.Popen(
        [*COMMAND, "validate", *names], cwd=home, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    )
    assert done.stdout
    assert done.stderr
    os.read(done.stdout.fileno(), 10)
    done.stdout.close()
    said = done.stderr.read()
    done.stderr.close()
    assert done.wait(60) == 0
    assert b"Traceback" not in said
