"""Angola and Norway: the same engine with other tables; our schemas beside the official ones on damaged files."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from lxml import etree

from fatturakit.findings import Report, Severity, Verdict
from fatturakit.saft.inspecting import inspect
from fatturakit.saft.source import source_of
from fatturakit.saft.validating import validate

from ..shared import needs_shared, shared
from .mutate import mutated

pytestmark = needs_shared
FILES = {"ao": ("ao-purchase-invoices.xml", "saft-ao-1.01_01.xsd"), "no": ("no-1.30-biggest.xml", "saft-no-1.30.xsd")}
OF_THE_SCHEMA = ("PT2", "PT4001", "PT4011", "PT4012", "PT4013", "PT4014")


@cache
def root(name: str) -> etree._Element:
    data = shared("corpus", "saft", FILES[name][0]).read_bytes()
    return etree.fromstring(data, etree.XMLParser(remove_comments=True))


@cache
def official(name: str) -> Any:
    return etree.XMLSchema(etree.parse(str(shared("official", FILES[name][1]))))


def rejected(report: Report) -> bool:
    return any(row.severity is Severity.ERROR and row.code.startswith(OF_THE_SCHEMA) for row in report.findings)


@pytest.mark.parametrize("name", FILES)
def test_damaged_files_get_the_official_verdict(name: str) -> None:
    """Dates with blanks around them apart: libxml2, the other side here, refuses what the standard allows."""
    wrong = []
    for seed in range(80):
        damaged = mutated(root(name), seed)
        data = etree.tostring(damaged, encoding="UTF-8", xml_declaration=True)
        theirs = not official(name).validate(etree.fromstring(data, etree.XMLParser(remove_comments=True)))
        if rejected(validate(data)) != theirs and b"> 2025" not in data:
            wrong.append((seed, str(official(name).error_log)[:200]))
    assert not wrong


def test_norway_says_its_kind_and_can_be_inspected() -> None:
    path = shared("corpus", "saft", FILES["no"][0])
    assert (validate(path).kind, validate(path).verdict) == ("SAFT-NO", Verdict.VALID)
    summary = inspect(source_of(path))
    assert summary.header["CompanyName"] == "Ice ice baby"
    assert summary.masters["Customer"] == 3


def test_angola_has_the_rules_it_shares_with_portugal_and_no_others() -> None:
    path = shared("corpus", "saft", FILES["ao"][0])
    assert validate(path).kind == "SAFT-AO"
    assert not validate(path).findings
    text = path.read_text("utf-8")
    wrong = text.replace("<EndDate>", "<EndDate>1", 1)
    assert validate(wrong.encode()).verdict is Verdict.INVALID
