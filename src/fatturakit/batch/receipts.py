"""Where receipts and the reading of JSON meet: files to reports, in order; one bad file never stops the rest."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from typing import Any

from ..convert.parsing import exact
from ..errors import InputError
from ..findings import Report, Verdict
from ..limits import Limits
from ..receipts.context import Context
from ..receipts.judge import KIND
from .inputs import Input

Duplicates = Mapping[int, tuple[str, ...]]
Judge = Callable[[Any, str, Duplicates], Report]


def reports(items: Iterable[Input], limits: Limits, given: Context, judge: Judge) -> Generator[Report]:
    """A report for every receipt; a file with a list of them gives ``file.json#1``, ``file.json#2`` …"""
    for item in items:
        try:
            parsed = exact(item.read(limits), limits)
        except InputError as error:
            yield _unreadable(item.shown, error, given)
            continue
        for path, data in _each(item.shown, parsed.data):
            yield judge(data, path, parsed.duplicates)


def _each(path: str, data: Any) -> Iterator[tuple[str, Any]]:
    if not isinstance(data, list):
        yield path, data
        return
    for number, entry in enumerate(data, 1):
        yield f"{path}#{number}", entry


def _unreadable(path: str, error: InputError, given: Context) -> Report:
    findings = () if error.finding is None else (error.finding,)
    return Report(path, KIND, Verdict.UNREADABLE, given.local.date(), findings=findings)
