"""Every format of every case, byte for byte. ``FATTURAKIT_UPDATE_GOLDEN=1 pytest`` writes the files anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fatturakit import __version__
from fatturakit.texts import Language

from .cases import ALL, CASES, FORMATS, render

GOLDEN = Path(__file__).with_name("golden")
UPDATE = os.environ.get("FATTURAKIT_UPDATE_GOLDEN") == "1"
# Every case in Italian; English, and the page with its style sheet, only where the wording varies most.
LARGE = {"many", "hostile"}
GOLDENS = [(name, case, lang) for name, case, lang in ALL if case in LARGE or (lang == "it" and name != "html")]
EXTENSIONS = {
    "text": "txt",
    "concise": "txt",
    "json": "json",
    "jsonl": "jsonl",
    "sarif": "sarif",
    "junit": "xml",
    "github": "txt",
}


def check(name: str, output: str) -> None:
    path = GOLDEN / name
    data = output.replace(f'"{__version__}"', '"VERSION"').replace(f"fatturakit {__version__};", "fatturakit VERSION;")
    if UPDATE:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data.encode())
    assert path.read_bytes().decode() == data


@pytest.mark.parametrize(("name", "case", "lang"), GOLDENS)
def test_golden(name: str, case: str, lang: Language) -> None:
    check(f"{case}.{name}.{lang}.{EXTENSIONS.get(name, name)}", render(name, CASES[case], lang))


@pytest.mark.parametrize("verbose", [1, 2])
def test_verbose_text(verbose: int) -> None:
    check("many.text-verbose.it.txt", render("text", CASES["many"], "it", verbose=verbose))


def test_narrow_coloured_ascii_text() -> None:
    check("many.text-narrow.it.txt", render("text", CASES["many"], "it", width=60, color=True, ascii_only=True))


@pytest.mark.parametrize("name", FORMATS)
def test_same_input_same_bytes(name: str) -> None:
    assert render(name, CASES["many"], "en") == render(name, CASES["many"], "en")


def test_no_stale_golden_file() -> None:
    expected = {f"{case}.{name}.{lang}.{EXTENSIONS.get(name, name)}" for name, case, lang in GOLDENS}
    extra = {"many.text-verbose.it.txt", "many.text-narrow.it.txt"}
    assert {path.name for path in GOLDEN.iterdir()} == expected | extra
