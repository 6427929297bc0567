"""The published forms of ``inspect`` and ``doctor`` as JSON: real output fits, and every name is described."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from fatturakit.document import open_document
from fatturakit.errors import InputError
from fatturakit.invoice import foreign, messages, model
from fatturakit.invoice.summary import summarise
from fatturakit.report import screen_json
from fatturakit.report.screen_doctor import SECTIONS

from ..shared import ROOT, needs_shared, shared
from .run import fatturakit

SUMMARY, DOCTOR = (json.loads((ROOT / "docs" / f"{name}.schema.json").read_bytes()) for name in ("summary", "doctor"))
RECORDS = {
    "header": model.InvoiceFile,
    "party": model.Party,
    "invoice": model.Invoice,
    "line": model.Line,
    "adjustment": model.Adjustment,
    "vat_group": model.VatGroup,
    "withholding": model.Withholding,
    "fund": model.Fund,
    "stamp": model.Stamp,
    "payment": model.Payment,
    "reference": model.Reference,
    "attachment": model.Attachment,
    "due": model.Due,
    "message": messages.Message,
    "message_error": messages.MessageError,
    "other": foreign.Foreign,
}


def closed(schema: Any) -> Any:
    """The schema with no name allowed that it does not describe."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {name: closed(value) for name, value in schema.items()}
    return {"additionalProperties": False, **inner} if isinstance(schema.get("properties"), dict) else inner


def judge(schema: dict[str, Any], data: object) -> None:
    """Fits the schema, closed or as published."""
    for each in (schema, closed(schema)):
        jsonschema.Draft202012Validator(each, format_checker=jsonschema.FormatChecker()).validate(data)


@pytest.mark.parametrize("schema", [SUMMARY, DOCTOR], ids=lambda schema: schema["title"])
def test_the_schemas_are_schemas(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize(("name", "record"), RECORDS.items())
def test_every_name_of_a_record_is_described(name: str, record: type) -> None:
    """A field that is added to a record must be added to the schema."""
    names = [item.name for item in fields(record)] if is_dataclass(record) else list(record._fields)  # type: ignore[attr-defined]
    assert list(SUMMARY["$defs"][name]["properties"]) == [
        each for each in names if (name, each) != ("header", "bodies")
    ]


@pytest.mark.parametrize("lang", ["it", "en"])
def test_inspect(lang: str) -> None:
    """All our fixtures, also the broken ones, and fields and codes."""
    words = ("TD17", "2.2.1.14", "Natura", "ImponibileImporto")
    done = fatturakit("inspect", *words, ROOT / "fixtures", "--format", "json", "--lang", lang)
    data = json.loads(done.stdout)
    judge(SUMMARY, data)
    seen = {key for entry in data["documents"] for key in entry}
    assert seen >= {"header", "bodies", "message", "error", "findings", "layers", "signature"}
    assert len(data["fields"]) == len(words)


@needs_shared
@pytest.mark.parametrize("folder", ["invoices", "simplified", "notifications", "broken", "saft"])
def test_inspect_on_public_files(folder: str) -> None:
    """Whatever others wrote; every fifth of the invoices."""
    files = sorted(path for path in Path(shared("corpus", folder)).rglob("*.xml"))
    entries = [json.loads(entry(path)) for path in files[:: 5 if folder == "invoices" else 1]]
    assert entries
    tool = {"name": "fatturakit", "version": "0"}
    judge(SUMMARY, {"schema": "fatturakit/summary@1", "tool": tool, "documents": entries})


def entry(path: Path) -> str:
    """What ``inspect`` writes about one file."""
    try:
        return screen_json.document(str(path), summarise(open_document(path)), None)
    except InputError as error:
        return screen_json.unreadable(str(path), error, "it")


@pytest.mark.parametrize("more", [(), ("--show-config", "--lang", "en")])
def test_doctor(more: tuple[str, ...]) -> None:
    """As it is here."""
    data = json.loads(fatturakit("doctor", "--format", "json", *more).stdout)
    judge(DOCTOR, data)
    assert set(data) == {"schema", "version", "healthy", *SECTIONS}
