"""What only shows between documents: the series and number of each (00409 in a lot, 00404 among the files of a call).

A document's ``Key`` is made beside its report, in whatever process judges it; the keys meet in ``Sent``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from ..findings import Finding, Report, Severity, Verdict
from ..xmlio import line_of
from .facts import Body, Header, Reading
from .sdi import e00404_gia_trasmessa as sent_before
from .vocab import CREDIT_NOTES, listed, starting

BUYER_OWNED: Final = starting("2021-07-02", "TD16 TD17 TD18 TD19 TD20 TD22 TD23") | starting("2025-04-01", "TD28 TD29")
_CREDIT_NOTES_APART: Final = date(2020, 5, 4)
"""Since version 1.6 credit notes may have the numbers of invoices."""
_ISSUED_BY_BUYER_UNTIL: Final = date(2020, 12, 31)


class Series(NamedTuple):
    """What names one document: no two may share it. ``day`` is the year of Data, all of it with Art73 SI."""

    owner: str
    numero: str
    credit_note: bool
    day: date | int


class Key(NamedTuple):
    """A document's series as one text, with the place its finding would have."""

    series: str
    body: int
    line: int | None


def series_of(body: Body) -> Series | None:
    """The series of a document; None when number or date is missing. owner "" is a seller or buyer without number."""
    day, numero = body.data, body.numero
    if day is None or numero is None:
        return None
    whole = body.general.get("Art73") == "SI"
    apart = body.tipo in CREDIT_NOTES and body.header.as_of >= _CREDIT_NOTES_APART
    return Series(_owner(body), numero, apart, day if whole else day.year)


def keys_of(reading: Reading) -> tuple[Key, ...]:
    """The keys of a document's bodies, none for what 00404 does not look at."""
    if reading.document.kind not in sent_before.check.rule.formats or not reading.options.wants("00404"):
        return ()
    return tuple(_keys(reading.bodies))


class Sent:
    """The documents of a call by key, with the path of the first; small, for there may be millions.

    SdI compares with what it has taken: against a file with errors of its own a repetition is only a warning.
    """

    def __init__(self) -> None:
        self._taken: dict[str, str] = {}
        self._refused: dict[str, str] = {}

    def compared(self, report: Report, keys: tuple[Key, ...]) -> Report:
        """The report with a 00404 for every key that came before in another file."""
        found = list(self._repeated(report, keys)) if keys else []
        if found:
            error = any(finding.severity is Severity.ERROR for finding in found)
            verdict = Verdict.INVALID if error else report.verdict
            report = report._replace(findings=(*report.findings, *found), verdict=verdict)
        paths = self._refused if report.verdict is Verdict.INVALID else self._taken
        for key in keys:
            paths.setdefault(key.series, report.path)
        return report

    def _repeated(self, report: Report, keys: tuple[Key, ...]) -> Iterator[Finding]:
        for key in keys:
            taken = self._taken.get(key.series)
            other = taken or self._refused.get(key.series, report.path)
            found = None if other == report.path else sent_before.check(key, report, other)
            if found is not None:
                yield found if taken else found._replace(severity=Severity.WARNING)


def _owner(body: Body) -> str:
    header = body.header
    if listed(BUYER_OWNED, body.tipo, header) or _issued_by_buyer(header):
        return header.buyer.vat_number or header.buyer.tax_code or ""
    return header.seller.vat_number or ""


def _issued_by_buyer(header: Header) -> bool:
    """SoggettoEmittente CC makes the buyer owner towards the administration; elsewhere it did until 2020."""
    if header.block.get("SoggettoEmittente") != "CC":
        return False
    return header.kind == "FPA12" or header.as_of <= _ISSUED_BY_BUYER_UNTIL


def _keys(bodies: list[Body]) -> Iterator[Key]:
    for body in bodies:
        series = series_of(body)
        if series is not None and series.owner:
            node = body.general.children["Numero"]
            yield Key("\0".join(map(str, series)), body.index, line_of(node))
