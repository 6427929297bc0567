"""Judge many documents: one process or several, results always in the order of the inputs."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from functools import partial
from typing import Any, Final

from ..document import from_bytes
from ..errors import InputError, MissingExtra
from ..findings import Report, Severity, Verdict
from ..rules.between import Key, Sent, keys_of
from ..rules.engine import archive_report, judge, unreadable
from ..rules.facts import Reading
from ..rules.options import Options
from ..rules.sdi import e00002_nome_ripetuto as repeated
from ..rules.transmission import Transmission
from . import audit, audit_source, many
from .crashes import crash, is_crash_text, is_unsettled_text
from .inputs import Input
from .many import How
from .names import Names
from .tasks import Task

Judged = tuple[Report, tuple[Key, ...]]
ONE_PROCESS_UP_TO: Final = 20
_NOTICES: Final = frozenset(["RC", "NS", "MC", "NE", "DT", "AT", "EC", "SE", "MT", "SAFT-PT", "SAFT-AO", "SAFT-NO"])


def reports(
    inputs: Iterable[Input], options: Options, jobs: int | None = None, how: How | None = None
) -> Generator[Report]:
    """The reports, in order. jobs: processes; 0 all processors; None one for up to 20 inputs, else all.

    how: the same and more (a state to resume from, a cluster).
    """
    return _compared(many.results(inputs, task(options), how or How(jobs)), options)


def task(options: Options) -> Task[Judged]:
    """The judging of documents, as it travels."""
    return Task(
        partial(_judged, options=options),
        partial(_lost, options=options),
        _packed,
        _unpacked,
        settled=_is_settled,
        few=ONE_PROCESS_UP_TO,
    )


def _packed(judged: Iterable[Judged | None]) -> Any:
    from ._wire import pack  # not for those who need one process

    return pack(judged)


def _unpacked(parcel: Any) -> Iterable[Judged | None]:
    from ._wire import unpack

    return unpack(parcel)


def _lost(item: Input, options: Options) -> Judged:
    return unreadable(crash("process died"), item.shown, options), ()


def _is_settled(judged: Judged) -> bool:
    """False when the document was not seen, or not by any fault of its own."""
    return not any(is_unsettled_text(finding.message) for finding in judged[0].findings)


def one(item: Input, options: Options) -> Report | None:
    """The report on one input; None for a sound archive, whose members speak for themselves."""
    return next((report for report, _ in serial([item], options)), None)


def _judged(item: Input, options: Options) -> Judged | None:
    if item.archive is not None:
        about = archive_report(item.shown, item.size, options, item.archive or None)
        return None if about is None else (about, ())
    try:
        data = item.read(options.limits)
        if audit_source.is_one(data):
            return audit.report(item, options, data), ()
        document = from_bytes(
            data, item.name, layers=item.layers, limits=options.limits, strict=options.strict, lean=True
        )
        reading = Reading(document, options, fresh=True)
        return judge(reading, item.shown), keys_of(reading)
    except MissingExtra:
        raise  # what is missing is missing for all
    except InputError as error:
        if audit.is_large_one(item):
            return audit.report(item, options), ()
        return unreadable(error, item.shown, options, item.layers), ()
    except Exception as error:
        return unreadable(crash(f"{type(error).__name__}: {error}"), item.shown, options), ()


def serial(inputs: Iterable[Input], options: Options) -> Iterator[Judged]:
    """The reports made in this process, each with the keys of its document."""
    return (judged for item in inputs if (judged := _judged(item, options)) is not None)


def _compared(found: Iterable[Judged], options: Options) -> Generator[Report]:
    """The reports with what only shows between files: equal names (00002), documents sent twice (00404)."""
    seen, sent = Names(), Sent()
    wanted = options.wants("00002")
    for report, keys in found:
        yield sent.compared(_with_repeated_name(report, seen, options) if wanted else report, keys)


def _with_repeated_name(report: Report, seen: Names, options: Options) -> Report:
    if report.kind in _NOTICES or report.layers[-1:] == ("zip",) or report.path == "-":
        return report
    name = report.path.replace("!", "/").rpartition("/")[2]
    before = seen.met(name, report.path) if name else None
    if before is None:
        return report
    file = Transmission(name, 0, report.kind, preflight=options.preflight)
    finding = repeated.check(file, dict([before]), report.path)
    if finding is None:
        return report
    error = finding.severity is Severity.ERROR and report.verdict is not Verdict.UNREADABLE
    return report._replace(findings=(finding, *report.findings), verdict=Verdict.INVALID if error else report.verdict)


def is_crash(report: Report) -> bool:
    """True when the report stands for a document that fatturakit itself failed on."""
    return any(is_crash_text(finding.message) for finding in report.findings)
