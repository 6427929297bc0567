"""The JSON Schema of what ``fatturakit new`` and ``compose`` take, found out from the code that reads it.

Every entry is read through a ``Section``: which keys, and as what. Here the sections are watched while the examples are
composed, as every type of document, with the blocks found so far put in where they are missing, until nothing new is
read. So the schema names no entry that is not read, and forgets none that is.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import wraps
from typing import Any
from unittest.mock import patch

from fatturakit.invoice.compose import ComposeError, compose
from fatturakit.invoice.compose.examples import EXAMPLES, example
from fatturakit.invoice.compose.kinds import KINDS
from fatturakit.invoice.compose.reader import Section
from fatturakit.invoice.compose.source import load

Seen = dict[str, dict[str, dict[str, Any]]]
"""Path of a section -> key -> how it is read -> the names of a choice (None for what is none)."""
NAME = "compose"
WAYS = ("text", "number", "day", "flag", "choice", "sub", "each", "items", "fill", "ignore", "take")
BLOCKS = ("sub", "each", "items")
TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": ["string", "number", "null"]},
    "number": {"type": ["number", "string", "null"]},
    "day": {"type": ["string", "null"], "description": "YYYY-MM-DD"},
    "flag": {"type": ["boolean", "string", "number", "null"], "description": "yes, no"},
    "fill": {"type": ["string", "number", "boolean", "null"]},
}


@contextmanager
def watched(seen: Seen) -> Iterator[None]:
    """Within this, ``seen`` takes down what every section is asked for."""
    inside: list[str] = []

    def watching(way: str) -> Any:
        real = getattr(Section, way)

        @wraps(real)
        def asked(self: Section, *given: Any, **named: Any) -> Any:
            if not inside:
                _note(seen.setdefault(re.sub(r"\[\d+\]", "[]", self.path), {}), way, given)
            inside.append(way)
            try:
                return real(self, *given, **named)
            finally:
                inside.pop()

        return asked

    with ExitStack() as stack:
        for way in WAYS:
            stack.enter_context(patch.object(Section, way, watching(way)))
        yield


def _note(keys: dict[str, dict[str, Any]], way: str, given: tuple[Any, ...]) -> None:
    if way == "fill":
        names, choice = list(given[1]), None
    elif way == "ignore":
        names, choice = list(given), None
    else:
        names, choice = [given[0]], given[1] if way == "choice" else None
    for name in names:
        if "[" not in name:  # one value of a list, read on its own
            keys.setdefault(name, {})[way] = choice


def entries() -> Seen:
    """Everything that is read, wherever."""
    seen: Seen = {}
    starts = [start for name in EXAMPLES for start in _both_ways(load(example(name).encode(), f"{name}.yaml"))]
    with watched(seen):
        known = -1
        while known != sum(map(len, seen.values())):
            known = sum(map(len, seen.values()))
            for number, tipo in enumerate(KINDS):
                for start in starts if known <= 0 else (starts[number % len(starts)], starts[0], starts[1], starts[-1]):
                    data = copy.deepcopy(start) if known <= 0 else _with_blocks(copy.deepcopy(start), "", seen)
                    with suppress(ComposeError):
                        compose(data | {"type": tipo})
    return seen


def _both_ways(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """An example, and the same by ``company`` and ``counterparty``."""
    yield data
    names = {"seller": "company", "buyer": "counterparty", "company": "seller", "counterparty": "buyer"}
    yield {names.get(key, key): value for key, value in data.items()}


def _with_blocks(data: dict[str, Any], path: str, seen: Seen) -> dict[str, Any]:
    """The same with something in every block, so that its reader is asked."""
    for key, ways in seen.get(path, {}).items():
        below = f"{path}.{key}" if path else key
        if not set(ways) & set(BLOCKS) or (
            path == "" and key in {"seller", "buyer", "company", "counterparty"} - set(data)
        ):
            continue
        listed = "sub" not in ways
        value = data.get(key) or ([{"-": "x"}] if listed else {"-": "x"})
        if isinstance(value, dict):
            data[key] = _with_blocks(value, below if not listed else f"{below}[]", seen)
        elif isinstance(value, list):
            data[key] = [_with_blocks(one, f"{below}[]", seen) if isinstance(one, dict) else one for one in value]
    return data


def schema() -> dict[str, Any]:
    """The schema of the input."""
    seen = entries()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:fatturakit:schemas:{NAME}",
        "title": "What fatturakit new and compose take",
        **_section("", seen),
    }


def _section(path: str, seen: Seen) -> dict[str, Any]:
    properties = {key: _entry(f"{path}.{key}" if path else key, ways, seen) for key, ways in sorted(seen[path].items())}
    return {
        "type": "object",
        "properties": properties,
        "patternProperties": {"^[A-Z]": {"description": "An element under its XML name"}},
        "additionalProperties": False,
    }


def _entry(path: str, ways: dict[str, Any], seen: Seen) -> dict[str, Any]:
    """What may stand under a key: each of the ways in which it is read."""
    if f"{path}[]" in seen or "each" in ways or "items" in ways:
        one = [_section(f"{path}[]", seen)] if f"{path}[]" in seen else []
        one += [] if "each" in ways else [TYPES["fill"]]
        return {"anyOf": [{"type": "array", "items": {"anyOf": one}}, *one, {"type": "null"}]}
    if path in seen:
        return {"anyOf": [_section(path, seen), {"type": "null"}]}
    if "choice" in ways:
        names = sorted({*ways["choice"], *ways["choice"].values()})
        return {"anyOf": [{"enum": names}, {"type": ["string", "number", "null"]}]}
    return next((TYPES[way] for way in TYPES if way in ways), {})
