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
from pathlib import Path

import pytest

from ..shared import ROOT
from .pages import PROJECT, READ, RUN, Block, blocks, in_project, put, walks

SHOWN = re.compile(r"^\s*print\(.*\)  # (.*)$", re.MULTILINE)
RECORD_SEPARATOR = "\x1e"
WALKS = list(walks())


def environment(block: Block, desk: Path) -> dict[str, str]:
    left_out = ("FATTURAKIT_", "LC_", "LANG", "CI")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    scripts = str(Path(sys.executable).parent)
    kept |= {"PATH": os.pathsep.join((scripts, kept.get("PATH", ""))), "FATTURAKIT_LANG": block.lang}
    if in_project(block.page):
        kept["PYTHONPATH"] = str(desk / "src")
    return kept | {"LC_ALL": "C.UTF-8", "COLUMNS": "100"}


def furnish(desk: Path, page: str) -> None:
    """A folder as the reader has it: a copy of the fixtures, or of the project (with what Python compiled of it)."""
    for name in PROJECT if in_project(page) else ("fixtures",):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, desk / name, ignore=shutil.ignore_patterns("*.pyc.*"))  # being written
        else:
            shutil.copy(ROOT / name, desk / name)


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


def test_there_are_examples_and_no_block_is_of_an_unknown_kind() -> None:
    found = list(blocks())
    assert {(block.lang, block.kind) for block in found} >= {(lang, kind) for lang in ("it", "en") for kind in RUN}
    assert not [str(block) for block in found if block.kind not in (*RUN, *READ)]


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: str(walk[0]))
def test_examples(walk: list[Block], tmp_path: Path) -> None:
    furnish(tmp_path, walk[0].page)
    for block in walk:
        if block.how:
            put(block, tmp_path)
        elif block.kind == "console":
            on_the_console(block, tmp_path)
        else:
            in_python(block, tmp_path)


def on_the_console(block: Block, desk: Path) -> None:
    wanted = steps(block.text)
    done = subprocess.run(
        ["bash", "-c", script([command for command, _ in wanted])],
        cwd=desk,
        env=environment(block, desk),
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
        assert pattern(shown).fullmatch(tidy), f"{block}\n$ {command}\n{tidy}"
    following = [command for command, _ in wanted[1:]] + [""]
    silent = [row[0][0] for row, then in zip(results, following, strict=True) if row[2] != "0" and then != "echo $?"]
    assert not silent, f"{block}: an exit code other than 0 is shown with: echo $?"


def in_python(block: Block, desk: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", block.text],
        cwd=desk,
        env=environment(block, desk),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{block}\n{done.stderr}"
    assert done.stdout.splitlines() == SHOWN.findall(block.text), str(block)


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
