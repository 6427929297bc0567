"""The shell programs people and build servers start, and the versions they install."""

from __future__ import annotations

import os
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ..shared import ROOT

SCRIPTS = [*sorted(path for path in (ROOT / "script").iterdir() if path.is_file()), ROOT / ".ci" / "run"]
PINS = [
    Requirement(row)
    for row in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if not row.startswith("#")
]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
@pytest.mark.skipif(os.name == "nt", reason="bash programs")
def test_scripts_are_strict_bash(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    assert os.access(script, os.X_OK)
    assert text.startswith("#!/usr/bin/env bash\n")
    assert "\nset -euo pipefail\n" in text
    subprocess.run(["bash", "-n", script], check=True)


def wanted() -> list[Requirement]:
    """What pyproject.toml asks for: the core, the extras, the groups dev and test and lint."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    core, extras = project["project"]["dependencies"], project["project"]["optional-dependencies"].values()
    groups = [project["dependency-groups"][name] for name in ("dev", "test", "lint")]
    rows = [row for part in (core, *extras, *groups) for row in part if isinstance(row, str)]
    return [Requirement(row) for row in rows if not row.startswith("fatturakit[")]


def test_every_dependency_is_pinned_to_a_version_that_serves() -> None:
    pins = {canonicalize_name(pin.name): pin.specifier for pin in PINS}
    assert len(pins) == len(PINS)
    for requirement in wanted():
        [pin] = pins[canonicalize_name(requirement.name)]
        assert pin.operator == "=="
        assert requirement.specifier.contains(pin.version), requirement
