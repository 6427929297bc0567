"""No regular expression of ours takes more than about linear time, whatever the text."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from functools import cache
from itertools import product
from pathlib import Path
from typing import Final

import pytest

import fatturakit

SIGNS: Final = " aA0.-_/:,;<>&#\"'=+%\n\r\t\x01@é(["
PIECES: Final = (
    *SIGNS,
    *(f"{one}{two}" for one, two in product(' a0.-<&\n\r#"', repeat=2) if one != two),
    "<!--",
    "&#",
)
ENDS: Final = ("", "\x00", "!", "<", "x")
SMALL: Final = 400


@cache
def patterns() -> dict[str, tuple[re.Pattern[str], bool]]:
    """Every pattern that is a global of a module, by place, and whether it is ever searched for within a text."""
    found: dict[str, tuple[re.Pattern[str], bool]] = {}
    for info in pkgutil.walk_packages(fatturakit.__path__, "fatturakit."):
        if info.name.endswith("__main__"):
            continue
        module = importlib.import_module(info.name)
        source = Path(str(module.__file__)).read_text(encoding="utf-8")
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern) and re.search(rf"^{name}\b", source, re.MULTILINE):
                searched = re.search(rf"\b{name}\.(?:search|sub|subn|finditer|findall|split)\b", source)
                found[f"{info.name.removeprefix('fatturakit.')}.{name}"] = value, bool(searched)
    return found


def seconds(pattern: re.Pattern[str], searched: bool, text: str | bytes) -> float:
    start = time.perf_counter()
    if searched:
        for _ in pattern.finditer(text):  # type: ignore[arg-type]
            pass
    else:
        pattern.fullmatch(text)  # type: ignore[arg-type]
    return time.perf_counter() - start


def worst(pattern: re.Pattern[str], searched: bool) -> tuple[float, str]:
    """The text that takes longest for its length, and how many times as long one of four times its length takes."""
    times = []
    for piece, end in product(PIECES, ENDS):
        text: str | bytes = piece * SMALL + end
        if isinstance(pattern.pattern, bytes):
            text = text.encode()
        times.append((seconds(pattern, searched, text), piece, end))
    _, piece, end = max(times)
    takes = []
    for size in (SMALL * 4, SMALL * 16):
        text = piece * size + end
        whole: str | bytes = text.encode() if isinstance(pattern.pattern, bytes) else text
        takes.append(min(seconds(pattern, searched, whole) for _ in range(2)))
    return (takes[1] / max(takes[0], 1e-4) if takes[1] > 0.02 else 0.0), repr(piece + "…" + end)


TRUSTED: Final = {
    "invoice.fields._PREFIX": "a word somebody types",
    "invoice.pieces._TAG": "a document that was parsed: what opens there is closed",
}


@pytest.mark.parametrize("name", sorted(patterns().keys() - TRUSTED.keys()))
def test_linear(name: str) -> None:
    ratio, text = worst(*patterns()[name])
    assert ratio < 9, text
