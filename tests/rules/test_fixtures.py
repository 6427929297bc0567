"""Every control has documents that pass and documents that fail it, at the boundaries: fixtures/rules/<code>/.

``ok-*.xml`` raises nothing of its code and no error at all; ``ko-*.xml`` raises its own code and no error besides.
``name@2020-12-31.xml`` is received on that day (else 2026-11-21). Names of files are not judged.
"""

from __future__ import annotations

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


def errors(path: Path) -> tuple[set[str], set[str]]:
    """The codes of errors, and of everything."""
    day = path.stem.partition("@")[2] or "2026-11-21"
    report = fk.validate(path.read_bytes(), received_on=day, ignore=("00102",))
    assert report.verdict is not fk.Verdict.UNREADABLE
    return {f.code for f in report.findings if f.severity is fk.Severity.ERROR}, {f.code for f in report.findings}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_fixture(path: Path) -> None:
    """An ok raises no error, a ko only its own code."""
    code = path.parent.name
    found, everything = errors(path)
    if path.name.startswith("ok-"):
        assert found == set()
        assert code not in everything or "warn" in path.stem
    elif code.startswith("FK"):
        assert found == set()
        assert code in everything
    else:
        assert found == {code}


def test_every_control_has_fixtures() -> None:
    """Two of each at least, for SdI's controls; one of each for advice."""
    few = {}
    for code in sorted(set(catalogue()) - NOT_IN_ONE_FILE):
        amount = {sort: len(list((HOME / code).glob(f"{sort}-*.xml"))) for sort in ("ok", "ko")}
        if min(amount.values()) < (1 if code.startswith("FK") else 2):
            few[code] = amount
    assert few == {}
