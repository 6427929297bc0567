"""The screen of ``fatturakit doctor``: what is installed, what is missing, and the exact line that brings it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal

from ..texts import Language, Text
from .screen import Column, Page

Status = Literal["ok", "missing", "broken"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at. status: "missing" is optional, "broken" is of the core; advice: a command, as typed."""

    section: str
    name: str
    value: str | Text
    status: Status = "ok"
    advice: str = ""


SECTIONS: Final = {
    "python": Text("Python", "Python"),
    "packages": Text("Pacchetti", "Packages"),
    "extras": Text("Extra", "Extras"),
    "libraries": Text("Librerie", "Libraries"),
    "schemas": Text("Schemi", "Schemas"),
    "data": Text("Dati", "Data"),
    "system": Text("Sistema", "System"),
    "config": Text("Config.", "Config"),
}
_MARKS: Final = {
    "ok": Text("", ""),
    "missing": Text("manca", "missing"),
    "broken": Text("PROBLEMA", "PROBLEM"),
}
_COLOURS: Final = {"ok": "", "missing": "warning", "broken": "error"}
_TITLE: Final = Text("fatturakit {version}", "fatturakit {version}")
_WELL: Final = Text("tutto bene", "all well")
_SICK: Final = Text("qualcosa manca", "something is missing")
_REPAIR: Final = Text("Rimedio", "Fix")


def screen(page: Page, version: str, checks: Sequence[Check]) -> Iterator[str]:
    """Every line of the screen."""
    yield from page.heading(page.words(_TITLE, version=version), page.words(_WELL if healthy(checks) else _SICK))
    for section, rows in groupby(checks, key=lambda check: check.section):
        yield from page.beside(SECTIONS[section], _section(page, list(rows)))
    broken = [check for check in checks if check.status == "broken"]
    yield from page.labelled(_REPAIR, [check.advice for check in broken if check.advice], "error")


def _section(page: Page, checks: list[Check]) -> Iterator[str]:
    rows = [[page.value(check.name), page.words(_MARKS[check.status]), spoken(check, page.lang)] for check in checks]
    heads = [Column("", most=30), Column(""), Column("", flexible=True)]
    lines = page.table(heads, [[*row[:2], page.name(row[2])] for row in rows], width=page.width - 13, height=9)
    sizes = [len(check.advice) > 0 for check in checks]
    if not any(sizes):
        yield from lines
        return
    for check, row in zip(checks, rows, strict=True):
        yield from (page.paint(line, _COLOURS[check.status]) for line in _one(page, heads, row, rows))
        if check.advice:
            yield f"  {page.name(check.advice)}"


def _one(page: Page, heads: list[Column], row: list[str], rows: list[list[str]]) -> Iterator[str]:
    """A row as wide as in the table of all of them."""
    names = max(len(other[0]) for other in rows)
    marks = max(len(other[1]) for other in rows)
    return page.table(heads, [[row[0].ljust(names), row[1].ljust(marks), row[2]]], width=page.width - 13, height=9)


def spoken(check: Check, lang: Language) -> str:
    """The value in words."""
    return check.value.say(lang) if isinstance(check.value, Text) else check.value


def healthy(checks: Sequence[Check]) -> bool:
    """Whether the core is whole; a missing extra is no illness."""
    return all(check.status != "broken" for check in checks)


def as_dict(version: str, checks: Sequence[Check], lang: Language) -> dict[str, object]:
    """``fatturakit/doctor@1``: the same as data."""
    rows: dict[str, list[dict[str, str]]] = {}
    for check in checks:
        entry = {"name": check.name, "value": spoken(check, lang), "status": check.status, "advice": check.advice}
        rows.setdefault(check.section, []).append(entry)
    return {"schema": "fatturakit/doctor@1", "version": version, "healthy": healthy(checks), **rows}
