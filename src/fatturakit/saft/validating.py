"""Validate an audit file of any size: one pass over its records, and a report as for any other document."""

from __future__ import annotations

import decimal
import os
from datetime import UTC, date, datetime
from typing import Final, NamedTuple

from ..errors import InputError
from ..findings import Finding, Report, Verdict
from ..limits import DEFAULT, Limits
from .desk import Desk
from .encoding import FALLBACK, UTF8, WINDOWS
from .explain import Explainer
from .head import BadEncoding, Head, head_of
from .judge import Judge
from .reader import Reader, Record
from .rules.declare import NOWHERE
from .rules.reading import READING
from .schema import streaming
from .source import Source, source_of
from .tree import local_name

_PRECISION: Final = 60


class Options(NamedTuple):
    """How an audit file is judged.

    revision: of the schema ("2022", "2016"; None: by the date the file was made); profile: "strict" or "efatura";
    fiscal_year_start: month 1 to 12, for files that do not span their fiscal year; select, ignore: prefixes of codes.
    """

    revision: str | None = None
    profile: str = "strict"
    fiscal_year_start: int | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    limits: Limits = DEFAULT


def validate(given: Source | str | os.PathLike[str] | bytes, options: Options | None = None) -> Report:
    """The report on one audit file (a path, bytes or a ``Source``). Never raises for a bad file."""
    source = given if isinstance(given, Source) else source_of(given)
    options = options or Options()
    try:
        return _pass(source, options, None)
    except BadEncoding:
        pass
    except InputError as error:
        return unreadable(source, error)
    try:
        return _pass(source, options, FALLBACK)
    except InputError as error:
        return unreadable(source, error)


def unreadable(source: Source, error: InputError, kind: str = "unknown", found: tuple[Finding, ...] = ()) -> Report:
    """The report on a file that could not be read, or not to its end."""
    said = (error.finding,) if error.finding else ()
    return Report(source.shown, kind, Verdict.UNREADABLE, today(), layers=source.layers, findings=(*found, *said))


def today() -> date:
    """The day a report is made."""
    return datetime.now(UTC).date()


def _pass(source: Source, options: Options, encoding: str | None) -> Report:
    head = head_of(source, options.limits, encoding)
    revision = head.revision(options.revision)
    desk = Desk(options.limits, options.profile, options.select, options.ignore)
    reader = Reader(source, head.variant, options.limits, streaming(head.variant, revision), encoding)
    with decimal.localcontext(prec=_PRECISION):
        _judged(reader, Explainer(head.variant, revision, desk), _judge(head, desk, options))
    _about_encoding(reader, head, desk, encoding)
    findings = desk.findings()
    if isinstance(reader.trouble, BadEncoding) and encoding is None:
        raise reader.trouble
    if reader.trouble is not None:
        return unreadable(source, reader.trouble, head.variant.kind, findings)
    verdict = Verdict.INVALID if desk.errors else Verdict.VALID
    return Report(source.shown, head.variant.kind, verdict, today(), layers=source.layers, findings=findings)


def _judge(head: Head, desk: Desk, options: Options) -> Judge | None:
    """The business rules, where the variant has some."""
    if not head.variant.engine:
        return None
    return Judge(head.variant, desk, options.limits, options.fiscal_year_start)


def _judged(reader: Reader, explainer: Explainer, judge: Judge | None) -> None:
    records = reader.known
    for record in reader.records():
        suspect = record.suspect or (record.name == "Header" and _is_odd(record))
        if suspect and (record.home, record.name) in records:
            explainer.explain(record.element, _number(record))
        if judge is not None:
            judge.record(record)
    if reader.broken and reader.root is not None:
        explainer.explain(reader.root)
    if judge is not None and reader.trouble is None:
        judge.end()
        judge.size(reader.watch.total)


def _is_odd(record: Record) -> bool:
    """Whether a value that the 2016 revision fixes is not quite that value: libxml2 is not exact about those."""
    fixed = (node for node in record.element.iter() if local_name(str(node.tag)) in _FIXED)
    return any(len(node) or node.attrib or node.text != _FIXED[local_name(str(node.tag))] for node in fixed)


_FIXED: Final = {"CurrencyCode": "EUR", "Country": "PT"}


def _number(record: Record) -> str:
    for child in record.element:
        if isinstance(child.tag, str) and local_name(child.tag) in _NUMBERS:
            return child.text or ""
    return ""


_NUMBERS: Final = frozenset({"InvoiceNo", "DocumentNumber", "PaymentRefNo", "TransactionID"})


def _about_encoding(reader: Reader, head: Head, desk: Desk, forced: str | None) -> None:
    watch, declared = reader.watch, head.declared
    if head.bom:
        desk.add(READING["PT1006"], NOWHERE)
    if forced is not None and watch.undefined is not None:
        byte, offset = watch.undefined
        desk.add(READING["PT1008"], NOWHERE, byte=f"{byte:02X}", offset=offset)
    windows = declared.lower() in WINDOWS
    if forced is not None and (head.bom or not windows):
        desk.add(
            READING["PT1004"], NOWHERE, declared="UTF-8" if windows else declared or "UTF-8", offset=watch.bad or 0
        )
    elif windows and watch.looks_like_utf8:
        desk.add(READING["PT1005"], NOWHERE, declared=declared)
    elif windows and watch.utf8 is not None:
        desk.add(READING["PT1015"], NOWHERE, declared=declared, offset=watch.utf8)
    if not declared and not head.bom and forced is None and declared in UTF8:
        desk.add(READING["PT1007"], NOWHERE)
