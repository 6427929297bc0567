"""The help of every verb, nested ones too: short, complete in two languages, with examples the verb really takes."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from typing import Any

import click
import pytest

from fatturakit.cli.main import cli

from ..shared import ROOT
from .run import environment

LINES = 60
EXAMPLES = 3
SAME_IN_BOTH = {"fatturakit remote acube", "fatturakit remote invoicetronic", "fatturakit remote invoicexpress"}
SAME_IN_BOTH |= {"fatturakit remote openapi"}  # a name is a name


def tree(lang: str) -> dict[str, dict[str, Any]]:
    """Every command by its path, as ``tools/cli_tree.py`` tells it."""
    told = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "cli_tree.py"), lang],
        env=environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return {each["path"]: each for each in json.loads(told.stdout)}


TREES = {lang: tree(lang) for lang in ("it", "en")}
PATHS = list(TREES["en"])


def test_both_languages_have_the_same_commands() -> None:
    assert list(TREES["it"]) == PATHS
    assert len(PATHS) > 90


@pytest.mark.parametrize("lang", TREES)
def test_every_verb_is_short_and_has_examples(lang: str) -> None:
    for path, each in TREES[lang].items():
        assert each["help"], path
        assert len(each["shown"].splitlines()) < LINES, path
        assert len(each["examples"]) >= EXAMPLES, path
        assert all(line.startswith("fatturakit ") for line in each["examples"]), path


def test_italian_is_complete() -> None:
    for path, english in TREES["en"].items():
        italian = TREES["it"][path]
        assert italian["help"] != english["help"] or path in SAME_IN_BOTH, path
        for (flag, it), (_, en) in zip(italian["options"], english["options"], strict=True):
            plain = re.sub(r"\[.*?\]|[\W\d_]", "", en)
            assert it != en or not plain, f"{path} {flag}"
        assert english["shown"].startswith("Usage: ")
        assert italian["shown"].startswith("Uso: ")


@pytest.mark.skipif(shutil.which("groff") is None, reason="no groff here")
def test_man_pages_are_set_without_a_warning() -> None:
    pages = sorted((ROOT / "man").rglob("*.1"))
    assert {path.stem for path in pages} == {"-".join(path.split()[:2]) for path in PATHS}
    words = ["groff", "-man", "-Tutf8", "-Kutf8", "-ww", "-z", *map(str, pages)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stderr == ""


def words_of(line: str) -> list[str]:
    """The words the command itself gets: not what a pipe or a redirection takes."""
    words = shlex.split(line)
    ends = [place for place, word in enumerate(words) if word in {"|", ">", "<"}]
    return words[1 : min(ends, default=len(words))]


def parsed(words: list[str]) -> click.Context:
    """As click takes it, without doing it: an unknown verb, option or value, or one that is missing, raises."""
    ctx = cli.make_context("fatturakit", [*words])
    while isinstance(ctx.command, click.Group) and (rest := [*ctx._protected_args, *ctx.args]):
        name, command, rest = ctx.command.resolve_command(ctx, rest)
        assert command is not None, words
        ctx = command.make_context(name, rest, parent=ctx)
    return ctx


@pytest.mark.parametrize("path", PATHS)
def test_every_example_is_what_the_verb_takes(path: str) -> None:
    for line in (*TREES["it"][path]["examples"], *TREES["en"][path]["examples"]):
        for part in re.split(r"\s\|\s(?=fatturakit )", line):
            try:
                ctx = parsed(words_of(part))
            except click.exceptions.Exit:  # --help and --version end here
                continue
            assert path == "fatturakit" or part != line or ctx.command_path.startswith(path), line
