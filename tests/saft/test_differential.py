"""Our streaming engine beside ``xmlschema`` with the official schemas, on damaged files: the same verdict."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from lxml import etree

from fatturakit.findings import Report, Severity
from fatturakit.saft.validating import Options, validate

from ..shared import needs_shared, shared
from .mutate import mutated
from .small import SMALL

SAMPLE, WHOLE = 30, 3000
MENDED = (2968,)
"""Seeds on which the two once differed: a second Header."""
OF_THE_SCHEMA = ("PT2", "PT3", "PT4001", "PT4011", "PT4012", "PT4013", "PT4014")
ROOT = etree.fromstring(SMALL)


@cache
def official(revision: str) -> Any:
    import xmlschema

    return xmlschema.XMLSchema11(str(shared("official", f"saft-pt-1.04_01-{revision}.xsd")))


def rejected(report: Report) -> bool:
    """Whether the schema, its asserts or its keys are broken; business rules apart."""
    return any(row.severity is Severity.ERROR and row.code.startswith(OF_THE_SCHEMA) for row in report.findings)


def disagreement(seed: int) -> str:
    """What the two say of one damaged file when they differ, "" when they agree."""
    revision = "2022" if seed % 3 else "2016"
    root = mutated(ROOT, seed)
    data = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    ours = validate(data, Options(revision=revision))
    plain = etree.fromstring(data, etree.XMLParser(remove_comments=True))
    theirs = next((str(error.reason) for error in official(revision).iter_errors(plain)), "")
    if rejected(ours) == bool(theirs):
        return ""
    said = [(row.code, row.say("en")) for row in ours.findings][:4]
    return f"seed {seed} ({revision}): ours {said}, theirs {theirs!r}"


@needs_shared
def test_a_sample_gets_the_same_verdict() -> None:
    assert not [said for seed in (*range(SAMPLE), *MENDED) if (said := disagreement(seed))]


@needs_shared
@pytest.mark.slow
def test_all_get_the_same_verdict() -> None:
    assert not [said for seed in range(WHOLE) if (said := disagreement(seed))]


@needs_shared
def test_the_undamaged_file_is_accepted_by_both_and_damage_is_not_always() -> None:
    assert not rejected(validate(SMALL))
    assert official("2022").is_valid(etree.fromstring(SMALL))
    verdicts = {rejected(validate(etree.tostring(mutated(ROOT, seed)))) for seed in range(20)}
    assert verdicts == {True, False}
