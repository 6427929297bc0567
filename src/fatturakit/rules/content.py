"""Run the content controls over one document: header, every body, then the bodies against each other."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any, Final

from ..document import Document
from ..findings import Finding
from ._index import MODULES
from .declare import Control, controls
from .facts import Header
from .options import Options

Check = tuple[frozenset[str], Callable[[Any], Iterable[Finding] | None]]
"""The words a control needs (none: it always runs) and its check."""
_AREAS: Final = ("header", "body", "lot")
_JUDGED: Final = ("ordinary-1.2.3", "simplified-1.0.2")


def findings(document: Document, options: Options) -> Iterator[Finding]:
    """What the content controls in force find, in order of area and code."""
    if document.profile is None or document.profile.name not in _JUDGED:
        return
    on_header, on_body, on_lot = _in_force(document.kind, options.as_of, options.select, options.ignore)
    if not (on_header or on_body or on_lot):
        return
    header = Header(document, options)
    yield from _run(on_header, header, header.words)
    bodies = header.read_bodies()
    for body in bodies:
        yield from _run(on_body, body, body.words)
    if len(bodies) > 1:
        yield from _run(on_lot, bodies, set())


def _run(checks: tuple[Check, ...], facts: object, words: set[str | None]) -> Iterator[Finding]:
    for needs, judge in checks:
        if needs and words.isdisjoint(needs):
            continue
        found = judge(facts)
        if found:
            yield from found


@cache
def _in_force(kind: str, day: date, select: tuple[str, ...], ignore: tuple[str, ...]) -> tuple[tuple[Check, ...], ...]:
    """The controls of each area for a kind of document on a day. An unknown kind gets those of every format."""
    wanted = Options(select=select, ignore=ignore).wants
    load()
    return tuple(
        tuple(
            (each.needs, each.judge)
            for each in controls(area)
            if each.rule.in_force(day) and _applies(each, kind) and wanted(each.rule.code)
        )
        for area in _AREAS
    )


def _applies(control: Control[..., Any], kind: str) -> bool:
    return kind in control.rule.formats or kind == "unknown"


@cache
def load() -> None:
    """Import every module that declares a control."""
    for name in MODULES:
        importlib.import_module(f"{__package__}.{name}")
