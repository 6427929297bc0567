"""Completion in real shells: the text ``fatturakit completion`` prints, sourced, and asked what could come next."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .run import environment, fatturakit

pytestmark = pytest.mark.skipif(os.name == "nt", reason="shells of Unix")
SHELLS = ("bash", "zsh", "fish")
ASKED = {
    "fatturakit val": {"validate"},
    "fatturakit validate --format js": {"json", "jsonl"},
    "fatturakit rule 0042": {"00420", "00421", "00422", "00423", "00424", "00425", "00427", "00428", "00429"},
    "fatturakit remote invoicetronic export --type s": {"send"},
    "fatturakit in.xml --form": {"--format"},
}
BASH = """
ask() { COMP_WORDS=($1); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=(); _fatturakit_completion fatturakit
  echo "${COMPREPLY[*]}"; }
"""
ZSH = """
_describe() { local name=${@[-1]}; [[ $1 == -V ]] && name=$3; print -r -- "${(P)name}" >> $answer; }
compadd() { print -r -- "${(P)@[-1]}" >> $answer; }
ask() { words=(${=1}); CURRENT=$#words; answer=$(mktemp); _fatturakit_completion; print -r -- $(cat $answer); }
"""
FISH = """
function ask
  echo (complete --do-complete $argv[1] | string split --fields 1 \\t)
end
"""
FIRST = {"zsh": "compdef() { :; }"}
PREPARED = {"bash": BASH, "zsh": ZSH, "fish": FISH}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where a shell finds ``fatturakit``: this one."""
    folder = tmp_path_factory.mktemp("bin")
    command = folder / "fatturakit"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m fatturakit "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"


@pytest.mark.parametrize("shell", SHELLS)
def test_what_could_come_next(shell: str, path: str, tmp_path: Path) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"no {shell} here")
    source = fatturakit("completion", shell)
    assert (source.returncode, source.stderr) == (0, "")
    asked = "\n".join(f"ask '{line}'" for line in ASKED)
    done = subprocess.run(
        [program, *(["--norc"] if shell == "bash" else ["-f"] if shell == "zsh" else ["--no-config"])],
        input="\n".join((FIRST.get(shell, ""), source.stdout, PREPARED[shell], asked, "")),
        env=environment(PATH=path, HOME=str(tmp_path)) | {"TERM": "dumb"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    answers = [{word.partition(":")[0] for word in line.split()} for line in done.stdout.splitlines()]
    assert len(answers) == len(ASKED), done.stdout + done.stderr
    for (line, wanted), found in zip(ASKED.items(), answers, strict=True):
        assert wanted <= found, line


@pytest.mark.parametrize("words", [("completion",), ("completion", "tcsh")])
def test_a_shell_must_be_one_we_know(words: tuple[str, ...]) -> None:
    done = fatturakit(*words)
    assert done.returncode == 2
    assert done.stdout == ""


def test_powershell_has_a_text_too() -> None:
    assert "Register-ArgumentCompleter" in fatturakit("completion", "powershell").stdout
