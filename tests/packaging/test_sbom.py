"""The bill of materials lists exactly what an installation of the core brings, in the versions it is tested with."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ..shared import ROOT

TOOL = [sys.executable, str(ROOT / "tools" / "sbom.py")]


def made() -> bytes:
    return subprocess.run(TOOL, capture_output=True, check=True).stdout


@pytest.fixture(scope="module")
def bill() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(made())
    return found


def test_it_begins_with_what_the_project_asks_for(bill: dict[str, Any]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {canonicalize_name(Requirement(row).name) for row in project["dependencies"]}
    own = bill["metadata"]["component"]["bom-ref"]
    [direct] = [each["dependsOn"] for each in bill["dependencies"] if each["ref"] == own]
    assert {ref.removeprefix("pkg:pypi/").partition("@")[0] for ref in direct} == asked


def test_nothing_is_missing_and_nothing_is_there_for_no_reason(bill: dict[str, Any]) -> None:
    edges = {each["ref"]: set(each["dependsOn"]) for each in bill["dependencies"]}
    own = bill["metadata"]["component"]["bom-ref"]
    reached, waiting = set(), [own]
    while waiting:
        ref = waiting.pop()
        reached.add(ref)
        waiting += edges[ref] - reached
    assert reached - {own} == {each["bom-ref"] for each in bill["components"]}
    assert reached == set(edges)


def test_versions_are_those_everything_is_tested_with(bill: dict[str, Any]) -> None:
    pins = dict(
        row.split("==") for row in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if "==" in row
    )
    found = {each["name"]: each["version"] for each in bill["components"]}
    assert found == {name: pins.get(name) for name in found}


def test_every_part_has_a_licence(bill: dict[str, Any]) -> None:
    assert not [each["name"] for each in bill["components"] if "unknown" in str(each["licenses"])]


def test_the_same_installation_gives_the_same_bytes() -> None:
    assert made() == made()
