"""json and jsonl: the published schema, nothing beside it, and exactly what ``Report.to_dict`` says."""

from __future__ import annotations

import json
import pickle
import re
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from fatturakit import __version__
from fatturakit.findings import NotEvaluated
from fatturakit.report import renderer
from fatturakit.texts import Language, Text

from .cases import CASES, CLEAN, LANGUAGES, LOST, UNJUDGED, WRONG, render, report, totals

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "report.schema.json").read_text(encoding="utf-8"))
EVERY = [(case, lang) for case in CASES for lang in LANGUAGES]


def closed(node: Any) -> Any:
    """The schema with every object closed: readers must accept additions, our own output must not surprise us."""
    if isinstance(node, list):
        return [closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    shut = {"additionalProperties": False} if isinstance(node.get("properties"), dict) and "type" in node else {}
    return {**shut, **{name: closed(value) for name, value in node.items()}}


WHOLE = Draft202012Validator(closed(SCHEMA), format_checker=Draft202012Validator.FORMAT_CHECKER)
ENTRY = WHOLE.evolve(schema={"$ref": "#/$defs/document", "$defs": closed(SCHEMA)["$defs"]})


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert not WHOLE.is_valid({"schema": "fatturakit/report@1"})
    assert not ENTRY.is_valid({**CLEAN.to_dict(), "surprise": 1})


@pytest.mark.parametrize("interrupted", [False, True])
@pytest.mark.parametrize(("case", "lang"), EVERY)
def test_json_is_the_published_shape(case: str, lang: Language, interrupted: bool) -> None:
    data = json.loads(render("json", CASES[case], lang, interrupted=interrupted))
    WHOLE.validate(data)
    assert data["tool"] == {"name": "fatturakit", "version": __version__}
    assert data["documents"] == [wellformed(each.to_dict(lang)) for each in CASES[case]]
    assert data["summary"] == totals(CASES[case], interrupted=interrupted).to_dict()


@pytest.mark.parametrize(("case", "lang"), EVERY)
def test_jsonl_is_one_entry_per_line(case: str, lang: Language) -> None:
    output = render("jsonl", CASES[case], lang)
    entries = [json.loads(line) for line in output.splitlines()]  # splitlines knows more line ends than "\n"
    assert entries == [wellformed(each.to_dict(lang)) for each in CASES[case]]
    for entry in entries:
        ENTRY.validate(entry)


def wellformed(value: Any) -> Any:
    """``value`` with what no UTF-8 file can hold replaced."""
    return json.loads(re.sub("[\ud800-\udfff]", "\ufffd", json.dumps(value, ensure_ascii=False)))


def test_a_document_entry_is_one_block() -> None:
    lines = render("json", (CLEAN, WRONG)).splitlines()
    assert sum(line.startswith('  {"path"') for line in lines) == 2
    assert sum(line.startswith('    {"code"') for line in lines) == len(WRONG.findings)


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_not_evaluated_is_remembered_by_value_never_mistaken(name: str) -> None:
    """Fresh twins (as from a worker process), other tuples, and ids used again must each give their own text."""
    twin = pickle.loads(pickle.dumps(UNJUDGED))
    rows = [twin, UNJUDGED, (), *((NotEvaluated(str(n), Text(f"m{n}", "")),) for n in range(600)), UNJUDGED[:1]]
    view = renderer(name, lang="it")
    text = "".join([*view.begin()] + [piece for row in rows for piece in view.document(report("x", not_evaluated=row))])
    got = _documents(name, text + "".join(view.end(totals(()))))
    assert [[row["code"] for row in each["not_evaluated"]] for each in got] == [
        [row.code for row in row] for row in rows
    ]


def _documents(name: str, text: str) -> list[dict[str, Any]]:
    documents: list[dict[str, Any]] = json.loads(text)["documents"] if name == "json" else []
    return documents or [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_clean_documents_are_cheap(name: str) -> None:
    """Rendering must not dominate a big batch. The limit is ten times what it takes, for slow machines."""
    unjudged = tuple(NotEvaluated(f"{n:05}", Text("motivo " * 12, "reason " * 12)) for n in range(40))
    documents = [report(f"IT01234567890_{n:05}.xml", not_evaluated=unjudged) for n in range(2000)]
    view = renderer(name, lang="it")
    start = process_time()
    for each in documents:
        for _ in view.document(each):
            pass
    assert (process_time() - start) / len(documents) < 600e-6


def test_an_unreadable_input_has_an_entry() -> None:
    entry = json.loads(render("jsonl", (LOST,)))
    assert (entry["verdict"], entry["findings"][0]["code"]) == ("unreadable", "00305")
