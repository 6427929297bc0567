"""The published JSON Schemas accept every converted document, and refuse what reading refuses."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import fatturakit as fk
from fatturakit.convert.text import to_bytes
from fatturakit.convert.writing import converted
from tests.shared import ROOT

from .test_round_trips import dialects_for, files, opened

FOLDER = ROOT / "docs" / "schemas"
SCHEMAS = sorted(FOLDER.glob("*.schema.json"))


@cache
def validator(dialect: str, profile: str) -> Any:
    schema = json.loads((FOLDER / f"{dialect}-{profile}.schema.json").read_text(encoding="utf-8"))
    return Draft202012Validator(schema)


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_they_are_json_schemas(path: Path) -> None:
    Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


WAYS: tuple[dict[str, bool], ...] = ({}, {"nulls": True}, {"lossless": True})


def cases(path: Path) -> list[tuple[fk.Document, str, dict[str, bool]]]:
    """A document in every dialect it has, each in every way."""
    document = opened(path)
    if document is None or document.profile is None:
        pytest.skip("not a document that can be read, or not one of ours")
    return [(document, dialect, way) for dialect in dialects_for(document) for way in WAYS]


def accepted(document: fk.Document, dialect: str, way: dict[str, bool]) -> None:
    assert document.profile is not None
    judge = validator(dialect, document.profile.name)
    data = json.loads(to_bytes(converted(document, dialect, **way)[0]))
    assert judge.is_valid(data), next(judge.iter_errors(data))


@pytest.mark.parametrize(("number", "path"), list(enumerate(files())), ids=lambda each: getattr(each, "name", ""))
def test_they_accept_what_converts(number: int, path: Path) -> None:
    """Every document in one dialect, one way; the next document the next."""
    found = cases(path)
    accepted(*found[number % len(found)])


@pytest.mark.slow
@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_they_accept_what_converts_in_every_way(path: Path) -> None:
    for case in cases(path):
        accepted(*case)


@pytest.mark.parametrize(
    "change",
    [{"colour": "red"}, {"fattura_elettronica_body": {}}, {"fattura_elettronica_header": "x"}, {"_fatturakit": {}}],
)
def test_they_refuse(change: dict[str, Any]) -> None:
    data = fk.to_json(fk.open(ROOT / "fixtures/invoices/IT07654320071_00001.xml"))
    judge = validator("acube", "ordinary-1.2.3")
    assert judge.is_valid(data)
    assert not judge.is_valid(data | change)
