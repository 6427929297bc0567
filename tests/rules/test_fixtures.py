"""Every control has documents that pass and documents that fail it, at the boundaries: fixtures/rules/<code>/.

``ok-*.xml`` raises nothing of its code and no error at all; ``ko-*.xml`` raises its own code and no error besides.
``name@2020-12-31.xml`` is received on that day (else 2026-11-21). Names of files are not judged.
What the findings say besides their codes is kept in ``said.txt``; ``FATTURAKIT_UPDATE_GOLDEN=1 pytest tests/rules``
writes it anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

import fatturakit as fk
from fatturakit.rules.declare import catalogue

from ..shared import ROOT

HOME = ROOT / "fixtures" / "rules"
FILES = sorted(HOME.glob("*/*.xml"))
SIGNATURES = {"00100", "00102", "00103", "00104", "00105", "00107"}
NOT_IN_ONE_FILE = {"FK020", "00001", "00002", "00003", "00106", "00200", "00201", "00404", "EN00"} | SIGNATURES
"""Controls on names, sizes, envelopes, signatures and schemas, tested with documents made on the spot."""


GOLDEN = Path(__file__).with_name("said.txt")


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def judged(path: Path) -> tuple[fk.Finding, ...]:
    """All findings."""
    day = path.stem.partition("@")[2] or "2026-11-21"
    report = fk.validate(path.read_bytes(), received_on=day, ignore=("00102",))
    assert report.verdict is not fk.Verdict.UNREADABLE
    return report.findings


def said(path: Path, findings: tuple[fk.Finding, ...]) -> Iterator[str]:
    """Fixture, severity, code, line and what fills the sentence."""
    for finding in findings:
        filled = ", ".join(f"{key}={value}" for key, value in sorted(finding.to_dict("en")["args"].items()))
        yield f"{named(path)}: {finding.severity.value} {finding.code} line {finding.line} {filled}".rstrip()


if os.environ.get("FATTURAKIT_UPDATE_GOLDEN"):
    GOLDEN.write_text("".join(f"{row}\n" for path in FILES for row in said(path, judged(path))), encoding="utf-8")
KEPT = {
    name: list(rows)
    for name, rows in groupby(GOLDEN.read_text(encoding="utf-8").splitlines(), lambda row: row.partition(":")[0])
}


@pytest.mark.parametrize("path", FILES, ids=named)
def test_fixture(path: Path) -> None:
    """An ok raises no error, a ko only its own code; both say what they said."""
    code, findings = path.parent.name, judged(path)
    found = {each.code for each in findings if each.severity is fk.Severity.ERROR}
    everything = {each.code for each in findings}
    if path.name.startswith("ok-"):
        assert found == set()
        assert code not in everything or "warn" in path.stem
    elif code.startswith("FK"):
        assert found == set()
        assert code in everything
    else:
        assert found == {code}
    assert list(said(path, findings)) == KEPT.get(named(path), []), "not what said.txt keeps: see the top of this file"


def test_every_control_has_fixtures() -> None:
    """Two of each at least, for SdI's controls; one of each for advice."""
    few = {}
    for code in sorted(set(catalogue()) - NOT_IN_ONE_FILE):
        amount = {sort: len(list((HOME / code).glob(f"{sort}-*.xml"))) for sort in ("ok", "ko")}
        if min(amount.values()) < (1 if code.startswith("FK") else 2):
            few[code] = amount
    assert few == {}
