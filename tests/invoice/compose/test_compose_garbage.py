"""Whatever is handed to compose, the answer is a document or a list of problems, never another exception."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import fatturakit
from fatturakit.invoice.compose import source
from fatturakit.invoice.compose.examples import EXAMPLES, example

OFTEN = settings(max_examples=400, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
INPUTS = [source.load(example(kind).encode()) for kind in EXAMPLES]
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.binary(max_size=4),
    st.dates(),
    st.decimals(),
    st.sampled_from(
        ["10%", "-5", "1e9", "NaN", "TD04", "TD17", "TD21", "TD07", "RF19", "N3.5", "XXXXXXX", "\x00", "\ud800"]
    ),
    st.sampled_from([[], {}, [[]], {"a": {}}, (1, 2), [None], {1: 2}, date(1, 1, 1), Decimal("1E+30"), "9" * 50]),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in an input."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, each in items for found in [(*path, key), *places(each, (*path, key))]]


@st.composite
def damaged(draw: st.DrawFn) -> dict[Any, Any]:
    """An example in which a few values have become something else."""
    entries: dict[Any, Any] = deepcopy(draw(st.sampled_from(INPUTS)))
    for _ in range(draw(st.integers(1, 3))):
        *above, last = draw(st.sampled_from(places(entries)))
        target: Any = entries
        for key in above:
            target = target[key]
        target[last] = deepcopy(draw(ODD))
    return entries


def outcome(call: Callable[..., Any], *given: object) -> Any:
    """What a call answers, or how it refuses."""
    try:
        return call(*given)
    except (fatturakit.ComposeError, fatturakit.InputError) as error:
        return error


@OFTEN
@given(damaged())
def test_damaged_inputs(entries: dict[Any, Any]) -> None:
    found = outcome(fatturakit.compose, entries)
    if isinstance(found, fatturakit.ComposeError):
        assert found.problems
        assert found.say("it")
    else:
        report = fatturakit.validate(found, name=found.name, select=("00200", "004"), received_on="9999-01-01")
        assert [each.code for each in report.findings] == []


@OFTEN
@given(ODD)
def test_anything_as_an_input(value: Any) -> None:
    assert outcome(fatturakit.compose, value).problems


@OFTEN
@given(st.binary(max_size=40) | st.text(max_size=40).map(str.encode), st.sampled_from(["", "a.json", "a.yaml"]))
def test_any_bytes_as_yaml_or_json(data: bytes, name: str) -> None:
    found = outcome(source.load, data, name)
    assert isinstance(found, dict) or found.say("it")
