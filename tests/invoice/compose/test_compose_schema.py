"""The published JSON Schema of the input takes what compose takes, and knows every entry by name."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from fatturakit.invoice.compose.examples import EXAMPLES, example
from fatturakit.invoice.compose.source import load
from tests.shared import ROOT

from . import inputs

SCHEMA = json.loads((ROOT / "docs" / "schemas" / "compose.schema.json").read_bytes())
JUDGE = Draft202012Validator(SCHEMA)


def plain(data: object) -> Any:
    """The same as an editor sees it: dates and amounts as text."""
    return json.loads(json.dumps(data, default=str))


def test_it_is_a_json_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", EXAMPLES)
def test_it_takes_the_examples(name: str) -> None:
    JUDGE.validate(plain(load(example(name).encode(), f"{name}.yaml")))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(inputs.ordinary() | inputs.self_billed() | inputs.simplified())
def test_it_takes_whatever_composes(data: dict[str, Any]) -> None:
    JUDGE.validate(plain(data))


@pytest.mark.parametrize(
    "wrong",
    [
        {"sellr": {}},
        {"seller": {"vat_number": "IT1"}},
        {"lines": [{"discount": "10%"}]},
        {"seller": "x"},
        {"payments": [{"method": ["x"]}]},
        {"buyer": {"address": {"zip": "1"}}},
        {"type": True},
    ],
)
def test_it_refuses_what_is_no_entry(wrong: dict[str, Any]) -> None:
    assert not JUDGE.is_valid(wrong)


def test_it_knows_plain_names_for_completion() -> None:
    assert "credit_note" in SCHEMA["properties"]["type"]["anyOf"][0]["enum"]
    method = SCHEMA["properties"]["payments"]["anyOf"][1]["properties"]["method"]
    assert "bank_transfer" in method["anyOf"][0]["enum"]
