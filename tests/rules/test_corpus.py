"""Every finding on the public corpus was looked at by hand; a new or a vanished one is news.

``known_findings.csv`` has one row for each file, code, severity and field, with how many there are and the reason why
they are right. The second opinion (``second_opinion.py``) agrees with every error on every schema-valid invoice.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest
from lxml import etree

import fatturakit as fk

from ..schema.judges import parser
from ..shared import ROOT, needs_shared, shared
from .second_opinion import Opinion, opinions

KNOWN = ROOT / "tests" / "known_findings.csv"
FOLDERS = ("broken", "invoices", "notifications", "simplified")
RECEIVED = "2026-11-21"
Row = tuple[str, str, str, str]


@cache
def reports() -> dict[str, fk.Report]:
    """The report on every file of the corpus, under the name its author gave it."""
    files = [file for folder in FOLDERS for file in sorted(shared("corpus", folder).iterdir())]
    return {
        f"{file.parent.name}/{file.name}": fk.validate(file, name=file.name.partition("_")[2], received_on=RECEIVED)
        for file in files
    }


def seen() -> Counter[Row]:
    """How often each file has a finding of that code, severity and field (the element where there is no field)."""
    return Counter(
        (file, finding.code, finding.severity.value, finding.field or element(finding.path))
        for file, report in reports().items()
        for finding in report.findings
    )


def element(path: str | None) -> str:
    """The last name of an XPath."""
    return (path or "").rpartition("/")[2].partition("[")[0].rpartition(":")[2]


def known() -> Iterator[tuple[Row, int, str]]:
    """The reviewed rows."""
    with KNOWN.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            yield (row["file"], row["code"], row["severity"], row["field"]), int(row["count"]), row["reason"]


@needs_shared
def test_only_reviewed_findings() -> None:
    """Neither more nor less than what was looked at."""
    reviewed = {row: count for row, count, _ in known()}
    found = dict(seen())
    assert [row for row in found.items() if reviewed.get(row[0]) != row[1]] == []
    assert sorted(reviewed.keys() - found.keys()) == []


def test_every_row_has_a_reason() -> None:
    """In order, none twice, each with its reason."""
    rows = list(known())
    assert [row for row, _, reason in rows if not reason.strip()] == []
    keys = [row for row, _, _ in rows]
    assert keys == sorted(set(keys))


def judged() -> Iterator[tuple[str, fk.Report]]:
    """The invoices without a format error."""
    for file, report in reports().items():
        clean = all(finding.code not in {"00200", "00201"} for finding in report.findings)
        if clean and report.kind in {"FPA12", "FPR12", "FSM10"}:
            yield file, report


def spoken(report: fk.Report) -> set[Opinion]:
    """The loudest finding of each content control on each body."""
    loudest: dict[tuple[str, int | None], str] = {}
    for finding in sorted(report.findings, key=lambda each: each.severity.rank):
        if finding.layer is fk.Layer.SDI:
            loudest[finding.code, finding.body] = finding.severity.value
    return {Opinion(code, body, severity) for (code, body), severity in loudest.items()}


@needs_shared
def test_the_second_opinion_agrees() -> None:
    """No control says anything on a schema-valid invoice that the specification, read again, does not say."""
    files = dict(judged())
    assert len(files) > 350
    for file, report in files.items():
        root = etree.parse(str(shared("corpus", file)), parser()).getroot()
        assert spoken(report) == opinions(root, date.fromisoformat(RECEIVED)), file


@needs_shared
@pytest.mark.parametrize("day", ["2018-12-31", "2020-05-03", "2020-05-04", "2022-09-30", "2022-10-01", "2025-04-01"])
def test_the_second_opinion_agrees_on_other_days(day: str) -> None:
    """The controls in force on a day, on a tenth of the corpus."""
    for file, _ in list(judged())[::10]:
        report = fk.validate(shared("corpus", file), received_on=RECEIVED, as_of=date.fromisoformat(day))
        root = etree.parse(str(shared("corpus", file)), parser()).getroot()
        assert spoken(report) == opinions(root, date.fromisoformat(day), date.fromisoformat(RECEIVED)), (file, day)
