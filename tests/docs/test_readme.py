"""The examples in the pages people read are run as they stand.

In a ``console`` block every line after ``$ `` is a command and the lines below it are what the terminal shows; a line
``...`` stands for any lines, ``...`` inside a line for anything. In a ``python`` block ``print(x)  # text`` shows text.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from ..shared import ROOT

PAGES = {"README.md": "en", "docs/guide/it/README.md": "it"}
BLOCK = re.compile(r"^```(?P<kind>console|python)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
SHOWN = re.compile(r"^\s*print\(.*\)  # (.*)$", re.MULTILINE)
RECORD_SEPARATOR = "\x1e"
KINDS = ("console", "python")


class Block(NamedTuple):
    """One example: the page it is on, its line there, and its language."""

    page: str
    line: int
    kind: str
    text: str


def blocks() -> Iterator[Block]:
    for page in PAGES:
        text = (ROOT / page).read_text(encoding="utf-8")
        for found in BLOCK.finditer(text):
            yield Block(page, text.count("\n", 0, found.start()) + 1, found["kind"], found["text"])


BLOCKS = list(blocks())


def named(block: Block) -> str:
    return f"{block.page}:{block.line}"


def environment(page: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FATTURAKIT_", "LC_", "LANG"))}
    scripts = str(Path(sys.executable).parent)
    path = os.pathsep.join((scripts, kept.get("PATH", "")))
    return kept | {"PATH": path, "FATTURAKIT_LANG": PAGES[page], "LC_ALL": "C.UTF-8", "COLUMNS": "100"}


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder as the reader has it: a copy of the fixtures, nothing else."""
    shutil.copytree(ROOT / "fixtures", tmp_path / "fixtures")
    return tmp_path


def steps(text: str) -> list[tuple[str, str]]:
    """The commands of a console block, each with what it should show."""
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line.rstrip())
    return [(command, "\n".join(shown)) for command, shown in found]


def script(commands: list[str]) -> str:
    """One shell program for a block, so that ``$?`` and files carry over; each output ends with its exit code."""
    mark = "__code=$?; printf '\\036%d\\036' $__code; (exit $__code)"
    return "\n".join(f"{command}\n{mark}" for command in commands)


def pattern(shown: str) -> re.Pattern[str]:
    """What a documented output admits: ``...`` alone on a line is any number of lines, else any text of the line."""
    parts = [re.escape(line).replace(r"\.\.\.", ".*") for line in shown.splitlines()]
    return re.compile("".join(r"(?:.*\n)*" if part == ".*" else f"{part}\n" for part in parts))


def test_there_are_examples() -> None:
    assert {(block.page, block.kind) for block in BLOCKS} == {(page, kind) for page in PAGES for kind in KINDS}


@pytest.mark.parametrize("block", [block for block in BLOCKS if block.kind == "console"], ids=named)
def test_console_examples(block: Block, desk: Path) -> None:
    wanted = steps(block.text)
    done = subprocess.run(
        ["bash", "-c", script([command for command, _ in wanted])],
        cwd=desk,
        env=environment(block.page),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    pieces = done.stdout.split(RECORD_SEPARATOR)
    results = list(zip(wanted, pieces[::2], pieces[1::2], strict=False))
    assert len(results) == len(wanted)
    for (command, shown), output, _ in results:
        tidy = "".join(f"{line.rstrip()}\n" for line in output.splitlines())
        assert pattern(shown).fullmatch(tidy), f"$ {command}\n{tidy}"
    following = [command for command, _ in wanted[1:]] + [""]
    silent = [row[0][0] for row, then in zip(results, following, strict=True) if row[2] != "0" and then != "echo $?"]
    assert not silent, "an exit code other than 0 is shown with: echo $?"


@pytest.mark.parametrize("block", [block for block in BLOCKS if block.kind == "python"], ids=named)
def test_python_examples(block: Block, desk: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", block.text],
        cwd=desk,
        env=environment(block.page),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == SHOWN.findall(block.text)


@pytest.mark.parametrize(
    ("shown", "output", "answer"),
    [
        ("one\n...\nthree", "one\ntwo\nand a half\nthree\n", True),
        ("one\n...", "one\n", True),
        ("one ... two", "one and two\n", True),
        ("one", "one\ntwo\n", False),
        ("", "", True),
        ("", "something\n", False),
    ],
)
def test_the_comparison_itself(shown: str, output: str, answer: bool) -> None:
    assert bool(pattern(shown).fullmatch(output)) is answer
