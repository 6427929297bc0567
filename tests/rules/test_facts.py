"""The controls we know against the fact sheet."""

from __future__ import annotations

import json

from fatturakit.rules import unevaluated
from fatturakit.rules.declare import catalogue

from ..shared import needs_shared, shared


@needs_shared
def test_every_current_code_is_a_module_or_a_row() -> None:
    """No current control is forgotten, none of another flow is raised, and formats agree."""
    controls = json.loads(shared("facts", "sdi-controls.json").read_text(encoding="utf-8"))
    current = {row["code"]: row for row in controls if row["status"] == "current"}
    rows = {kind: {row.code for row in unevaluated.rows(kind)} for kind in ("FPA12", "FPR12", "FSM10", "EC")}
    known = set(catalogue()).union(*rows.values())
    assert set(current) <= known
    assert {code[:2] for code in known - set(current)} <= {"FK"}
    for code, row in current.items():
        if code not in catalogue() and code != "EN01":
            assert {kind for kind in ("FPA12", "FPR12", "FSM10") if code in rows[kind]} == set(row["applies_to"]), code
