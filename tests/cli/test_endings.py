"""Streams that are closed or full, and outputs that would destroy what is read: a sentence, a code, nothing lost."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from ..samples import NAME, invoice
from .run import COMMAND, environment, fatturakit


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / NAME).write_bytes(invoice())
    return tmp_path


@pytest.mark.parametrize("verb", ["validate", "convert", "--help", "completion bash"])
@pytest.mark.parametrize(("to", "says"), [("&-", "chiuso"), ("/dev/full", "pieno")])
def test_stdout_that_takes_nothing(verb: str, to: str, says: str, home: Path) -> None:
    """6 and one line, whether the caller closed it or the disk is full."""
    file = NAME if verb in {"validate", "convert"} else ""
    line = f'exec "$@" {verb} {file} >{to}'
    done = subprocess.run(
        ["/bin/sh", "-c", line, "sh", *COMMAND], cwd=home, env=environment(), stderr=subprocess.PIPE, check=False
    )
    assert (done.returncode, done.stderr.decode().splitlines()) == (
        6,
        [f"fatturakit: «-» non si può scrivere: {'è' if says == 'chiuso' else 'il disco è'} {says}."],
    )


def test_the_other_streams_closed(home: Path) -> None:
    """Without stderr the answer is the same; without stdin there is nothing in it."""
    for line, code in ((f"validate {NAME} 2>&-", 0), ("validate - <&-", 3), ("validate nope.xml 2>&- >&-", 6)):
        command = ["/bin/sh", "-c", f'exec "$@" {line}', "sh", *COMMAND]
        done = subprocess.run(command, cwd=home, env=environment(), capture_output=True, check=False)
        assert done.returncode == code, done.stderr


@pytest.mark.parametrize("verb", ["validate", "convert", "render", "inspect", "unwrap", "join", "diff", "export"])
def test_an_input_is_never_written_over(verb: str, home: Path) -> None:
    """Not even with --force, nor by another name of the same file."""
    os.link(home / NAME, home / "other.xml")
    words = {"diff": [verb, NAME, NAME], "export": [verb, NAME, "--company", "IT01879020517"]}.get(verb, [verb, NAME])
    done = fatturakit(*words, "--force", "-o", "other.xml", cwd=home)
    assert (done.returncode, "da leggere" in done.stderr) == (6, True)
    assert (home / NAME).read_bytes() == invoice()


@pytest.mark.parametrize(("option", "word", "near"), [("--select", "423", "00423"), ("--ignore", "FX,FK", "FK0")])
def test_a_code_that_there_is_not(option: str, word: str, near: str, home: Path) -> None:
    """It would choose nothing, and everything would look well."""
    done = fatturakit("validate", NAME, option, word, cwd=home)
    assert (done.returncode, near in done.stderr, done.stdout) == (2, True, "")


@pytest.mark.parametrize(
    "word", ["004", "FK", "00426,00101", "EN", "PT10", "00404,00002", "00106,00200,00201,00003", "00107"]
)
def test_codes_that_there_are(word: str, home: Path) -> None:
    assert fatturakit("validate", NAME, "--select", word, cwd=home).returncode == 0
