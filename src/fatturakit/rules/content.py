"""Run the content controls over one document: header, every body, then the bodies against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from importlib import import_module
from typing import Any, Final

from ..findings import Finding
from ._index import CONTROLS
from .declare import declared
from .facts import Reading
from .options import Options

Judge = Callable[[Any], Iterable[Finding] | None]
_AREAS: Final = ("header", "body", "lot")
_JUDGED: Final = ("ordinary-1.2.3", "simplified-1.0.2")


def findings(reading: Reading) -> Iterator[Finding]:
    """What the content controls in force find, in order of area and code."""
    document, options = reading.document, reading.options
    if document.profile is None or document.profile.name not in _JUDGED:
        return
    on_header, on_body, on_lot = _in_force(document.kind, options.as_of, options.select, options.ignore)
    if not (on_header or on_body or on_lot):
        return
    yield from _run(on_header, reading.header, reading.header.words)
    for body in reading.bodies:
        yield from _run(on_body, body, body.words)
    if len(reading.bodies) > 1:
        yield from _run(on_lot, reading.bodies, set())


def _run(checks: tuple[Check, ...], facts: object, words: set[str | None]) -> Iterator[Finding]:
    for check in checks:
        if check.needs and words.isdisjoint(check.needs):
            continue
        found = (check.judge or check.load())(facts)
        if found:
            yield from found


class Check:
    """A control in force: the words it needs (none: it always runs) and its check, loaded when first needed."""

    __slots__ = ("_code", "_module", "judge", "needs")

    def __init__(self, module: str, code: str, needs: str) -> None:
        self.needs = frozenset(needs.split())
        self.judge: Judge | None = None
        self._module = module
        self._code = code

    def load(self) -> Judge:
        """Import the control's module; the check."""
        import_module(f"{__package__}.{self._module}")
        self.judge = declared(self._code).judge
        return self.judge


@cache
def _in_force(kind: str, day: date, select: tuple[str, ...], ignore: tuple[str, ...]) -> tuple[tuple[Check, ...], ...]:
    """The controls of each area for a kind of document on a day. An unknown kind gets those of every format."""
    wanted, today = Options(select=select, ignore=ignore).wants, day.isoformat()
    rows = [
        (area, Check(module, code, needs))
        for module, code, area, formats, since, until, needs in CONTROLS
        if since <= today <= until and (kind in formats.split() or kind == "unknown") and wanted(code)
    ]
    return tuple(tuple(check for area, check in rows if area == each) for each in _AREAS)
