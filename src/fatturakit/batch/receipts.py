"""Where receipts and the reading of JSON meet: files to reports, in order; one bad file never stops the rest."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from ..convert.parsing import exact
from ..errors import FatturakitError, InputError
from ..findings import Report, Verdict
from ..limits import Limits
from ..receipts.context import Context
from ..receipts.judge import KIND
from . import many
from .crashes import crash, is_unsettled_text
from .inputs import Input
from .many import How
from .tasks import Task

Duplicates = Mapping[int, tuple[str, ...]]
Judge = Callable[[Any, str, Duplicates], Report]


def reports(
    items: Iterable[Input], limits: Limits, given: Context, judge: Judge, how: How | None = None
) -> Generator[Report]:
    """A report for every receipt; a file with a list of them gives ``file.json#1``, ``file.json#2`` …"""
    named = (item for item in items if item.archive != "")
    for found in many.results(named, task(limits, given, judge), how or How()):
        yield from found


def task(limits: Limits, given: Context, judge: Judge) -> Task[tuple[Report, ...]]:
    """The judging of receipts, as it travels."""
    return Task(partial(_judged, limits, given, judge), partial(_lost, given), settled=_is_settled)


def _judged(limits: Limits, given: Context, judge: Judge, item: Input) -> tuple[Report, ...]:
    try:
        parsed = exact(item.read(limits), limits)
        return tuple([judge(data, path, parsed.duplicates) for path, data in _each(item.shown, parsed.data)])
    except InputError as error:
        return (_unreadable(item.shown, error, given),)
    except FatturakitError:
        raise  # what is wrong with the call is wrong for all
    except Exception as error:
        return (_unreadable(item.shown, crash(f"{type(error).__name__}: {error}"), given),)


def _lost(given: Context, item: Input) -> tuple[Report, ...]:
    return (_unreadable(item.shown, crash("process died"), given),)


def _is_settled(found: tuple[Report, ...]) -> bool:
    return not any(is_unsettled_text(finding.message) for report in found for finding in report.findings)


def _each(path: str, data: Any) -> Iterator[tuple[str, Any]]:
    if not isinstance(data, list):
        yield path, data
        return
    for number, entry in enumerate(data, 1):
        yield f"{path}#{number}", entry


def _unreadable(path: str, error: InputError, given: Context) -> Report:
    findings = () if error.finding is None else (error.finding,)
    return Report(path, KIND, Verdict.UNREADABLE, given.local.date(), findings=findings)
