"""Documents that lack something are the schema's to refuse: no control stumbles over them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from lxml import etree

import fatturakit as fk
from fatturakit.rules import content
from fatturakit.rules._index import CONTROLS

from ..shared import ROOT

FIXTURES = ROOT / "fixtures"
PATHS = (
    FIXTURES / "invoices" / "IT07599810939_PA001.xml",
    FIXTURES / "invoices" / "IT07744190328_EXP09.xml",
    FIXTURES / "simplified" / "IT07700930097_00S01.xml",
)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_element_gone(path: Path) -> None:
    """All the elements of a name away, or empty: a report each time."""
    whole = etree.fromstring(path.read_bytes())
    for name in {str(node.tag) for node in whole.iter(etree.Element)} - {str(whole.tag)}:
        for empty in (False, True):
            root = etree.fromstring(path.read_bytes())
            for node in list(root.iter(name)):
                parent = node.getparent()
                if empty:
                    node[:], node.text = [], None
                elif parent is not None:
                    parent.remove(node)
            report = fk.validate(etree.tostring(root), received_on="2026-11-21")
            assert report.verdict.value in {"valid", "invalid"}, name


def _codes(kind: str, day: str) -> set[str]:
    return {check._code for checks in content._in_force(kind, date.fromisoformat(day), (), ()) for check in checks}


def _beside(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def test_controls_are_in_force_from_their_first_day_to_their_last() -> None:
    limited = [row for row in CONTROLS if row[4] > "0001-01-01" or row[5] < "9999-12-31"]
    assert len(limited) > 10
    for _, code, _, formats, since, until, _ in limited:
        kind = formats.split()[0]
        assert code in _codes(kind, since)
        assert code in _codes(kind, until)
        assert since == "0001-01-01" or code not in _codes(kind, _beside(since, -1))
        assert until == "9999-12-31" or code not in _codes(kind, _beside(until, 1))


def test_without_the_number_of_the_seller_nobody_knows_whether_it_is_the_buyer() -> None:
    """The schema refuses the document; 00472 has nothing to compare."""
    text = (FIXTURES / "rules" / "00472" / "ok-td27.xml").read_text(encoding="utf-8")
    start = text.index("<IdCodice>", text.index("<CedentePrestatore>"))
    data = text[:start] + text[text.index("</IdCodice>", start) + len("</IdCodice>") :]
    found = {finding.code for finding in fk.validate(data.encode(), received_on="2026-11-21").findings}
    assert "00200" in found
    assert found.isdisjoint({"00471", "00472"})
