"""The endpoint tables say what the fact sheet says, row by row."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fatturakit.remote.endpoints import Endpoint
from fatturakit.remote.providers import NAMES, provider

from ..shared import SHARED, needs_shared, shared

FACTS: dict[str, Any] = {}
if SHARED is not None:
    FACTS = json.loads(shared("facts", "remote-endpoints.json").read_text(encoding="utf-8"))
ROWS = {row["id"]: row for row in FACTS.get("endpoints", ())}
OURS = {row.id: row for name in NAMES for row in (*provider(name).endpoints, *provider(name).callbacks)}


def test_every_row_has_a_verb_of_its_own() -> None:
    for name in NAMES:
        rows = (*provider(name).endpoints, *provider(name).callbacks, *provider(name).supporting)
        assert len({row.verb for row in rows}) == len(rows)
        assert all(row.title.it and row.title.en for row in rows)


@needs_shared
def test_every_row_of_the_sheet_is_in_a_table() -> None:
    assert set(OURS) == set(ROWS)
    assert len(OURS) == FACTS["meta"]["counts"]["total"] == 35


@needs_shared
@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_row(name: str) -> None:
    ours, fact = OURS[name], ROWS[name]
    assert (ours.method, ours.path, ours.inbound) == (fact["method"], fact["path"], fact["direction"] == "inbound")
    assert [reply.status for reply in ours.replies] == [reply["code"] for reply in fact["success"]]
    assert set(ours.errors) >= {error["code"] for error in fact["errors"]}
    assert parameters(ours) == {(each["name"], each["in"], each["required"]) for each in fact["params"]}
    if fact["request"]:
        assert ours.body is not None
        assert set(ours.body.kinds) == set(fact["request"]["content_types"])
    else:
        assert ours.body is None


def parameters(row: Endpoint) -> set[tuple[str, str, bool]]:
    """What the sheet lists as parameters: headers stand elsewhere there, and a secret is required of everybody."""
    secrets = {"api_key"}
    return {
        (each.name, each.place, each.required or each.name in secrets) for each in row.params if each.place != "header"
    }
