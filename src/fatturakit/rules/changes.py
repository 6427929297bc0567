"""The versions of the specification and what changed in the controls between two of them (``changes.toml``).

>>> [change.code for change in between(*span("1.9", "1.9.1"))]
['00327']
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Final, NamedTuple

from ..errors import UsageError
from ..texts import EMPTY, Text
from ._changes import CHANGES, VERSIONS
from ._foreign import CURRENT
from .declare import catalogue

_DAY_AFTER_ALL: Final = date.max


class Version(NamedTuple):
    """A version of the specification and the day it came into effect."""

    name: str
    date: date
    text: Text


class Change(NamedTuple):
    """One control that is "new", "gone" or "changed" from a day on; version "" where no specification names it."""

    date: date
    version: str
    code: str
    kind: str
    text: Text = EMPTY


def versions() -> tuple[Version, ...]:
    """The timeline, oldest first."""
    return tuple(Version(name, date.fromisoformat(day), Text(*text)) for name, (day, text) in VERSIONS.items())


@cache
def changes() -> tuple[Change, ...]:
    """Every change, by day and code: the declared ones, then the first and last days the controls themselves state."""
    rows = [Change(date.fromisoformat(row[0]), *row[1:4], Text(*row[4])) for row in CHANGES]
    told = {(row.code, row.kind) for row in rows}
    rows += [row for row in _stated() if (row.code, row.kind) not in told]
    return tuple(sorted(rows))


def _stated() -> list[Change]:
    days = {code: date.fromisoformat(row[-1]) for code, row in CURRENT.items() if row[-1]}
    days |= {rule.code: rule.since for rule in catalogue().values() if rule.since > date.min}
    gone = {rule.code: rule.until for rule in catalogue().values() if rule.until < _DAY_AFTER_ALL}
    rows = [Change(day, _version_of(day), code, "new") for code, day in days.items()]
    return rows + [Change(day, _version_of(day), code, "gone") for code, day in gone.items()]


def _version_of(day: date) -> str:
    return next((version.name for version in versions() if version.date == day), "")


def history(code: str) -> tuple[Change, ...]:
    """What changed in one control."""
    return tuple(change for change in changes() if change.code == code)


def span(first: str, second: str) -> tuple[date, date]:
    """The days two versions (or ISO dates) came into effect, the earlier first; ``UsageError`` for anything else."""
    one, other = sorted((_day(first), _day(second)))
    return one, other


def between(start: date, end: date) -> tuple[Change, ...]:
    """What is different on the day ``end`` from the day ``start``."""
    return tuple(change for change in changes() if start < change.date <= end)


def _day(word: str) -> date:
    known = {version.name: version.date for version in versions()}
    if word in known:
        return known[word]
    try:
        return date.fromisoformat(word)
    except ValueError as error:
        raise UsageError(_UNKNOWN, found=word, known=", ".join(known)) from error


_UNKNOWN: Final = Text(
    "«{found}» non è una versione delle specifiche né una data (AAAA-MM-GG). Versioni: {known}.",
    "“{found}” is neither a version of the specification nor a date (YYYY-MM-DD). Versions: {known}.",
)
