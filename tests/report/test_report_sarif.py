"""SARIF 2.1.0: a closed schema of the part we write, the official schema where it is at hand, and the meaning.

The official schema is not ours to copy and no Python package carries it for the jsonschema we use. With
``npm pack @microsoft/jest-sarif@1.0.0-beta.0`` it is ``package/lib/schemas/sarif-2.1.0-rtm.5.json``; name the
file in FATTURAKIT_SARIF_SCHEMA to run that test too.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.validators import validator_for

from fatturakit.report.sarif import uri_of
from fatturakit.texts import Language

from .cases import CASES, LANGUAGES, LOST, ODD, WRONG, render

USED = json.loads(Path(__file__).with_name("sarif_used.schema.json").read_text(encoding="utf-8"))
OFFICIAL = os.environ.get("FATTURAKIT_SARIF_SCHEMA", "")
EVERY = [(case, lang, interrupted) for case in CASES for lang in LANGUAGES for interrupted in (False, True)]


def run_of(case: str, lang: Language = "it", *, interrupted: bool = False) -> dict[str, Any]:
    run: dict[str, Any] = json.loads(render("sarif", CASES[case], lang, interrupted=interrupted))["runs"][0]
    return run


@pytest.mark.parametrize(("case", "lang", "interrupted"), EVERY)
def test_only_what_the_standard_knows(case: str, lang: Language, interrupted: bool) -> None:
    log = json.loads(render("sarif", CASES[case], lang, interrupted=interrupted))
    Draft202012Validator(USED, format_checker=FormatChecker()).validate(log)


@pytest.mark.skipif(not OFFICIAL, reason="FATTURAKIT_SARIF_SCHEMA does not name the official schema")
@pytest.mark.parametrize(("case", "lang", "interrupted"), EVERY)
def test_official_schema(case: str, lang: Language, interrupted: bool) -> None:
    schema = json.loads(Path(OFFICIAL).read_text(encoding="utf-8"))
    log = json.loads(render("sarif", CASES[case], lang, interrupted=interrupted))
    validator_for(schema)(schema, format_checker=FormatChecker()).validate(log)


@pytest.mark.parametrize("case", list(CASES))
def test_every_result_points_at_its_rule(case: str) -> None:
    run = run_of(case)
    rules = run["tool"]["driver"]["rules"]
    assert [rules[row["ruleIndex"]]["id"] for row in run["results"]] == [row["ruleId"] for row in run["results"]]
    assert {rule["id"] for rule in rules} == {row["ruleId"] for row in run["results"]}
    assert len(run["results"]) == sum(len(each.findings) for each in CASES[case])


def test_levels_and_places() -> None:
    results = run_of("errors")["results"]
    assert [row["level"] for row in results] == ["error", "warning", "note"]
    location = results[0]["locations"][0]
    assert location["physicalLocation"]["region"] == {"startLine": WRONG.findings[0].line}
    assert location["logicalLocations"] == [{"fullyQualifiedName": WRONG.findings[0].path}]
    assert "region" not in results[1]["locations"][0]["physicalLocation"]


def test_a_rule_says_nothing_of_one_invoice() -> None:
    rules = json.dumps(run_of("many")["tool"])
    assert "901.67" not in rules
    assert "ABC" not in rules


def test_fingerprints_are_stable_and_tell_files_apart() -> None:
    prints = [row["partialFingerprints"]["codePath/v1"] for row in run_of("many")["results"]]
    assert len(set(prints)) == len(prints)
    english = [row["partialFingerprints"]["codePath/v1"] for row in run_of("many", "en")["results"]]
    assert prints == english


def test_interruption_is_told() -> None:
    assert run_of("many")["invocations"] == [{"executionSuccessful": True}]
    assert not run_of("many", interrupted=True)["invocations"][0]["executionSuccessful"]


def test_no_value_becomes_a_link_or_a_placeholder() -> None:
    text = json.loads(render("sarif", (ODD,)))["runs"][0]["results"][0]["message"]["text"]
    assert "\x1b" not in text
    assert "](" not in text
    assert json.loads(render("sarif", (LOST,)))["runs"][0]["results"][0]["message"]["text"]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("in/a b#c?.xml", "in/a%20b%23c%3F.xml"),
        ("è.xml", "%C3%A8.xml"),
        ("\udce8.xml", "%E8.xml"),
        ("\ud800.xml", "%EF%BF%BD.xml"),
        ("javascript:x", "javascript%3Ax"),
        ("//host/x.xml", "file:////host/x.xml"),
        ("C:\\dati\\n. 1.xml", "file:///C:/dati/n.%201.xml"),
        ("-", "-"),
    ],
)
def test_uri(path: str, uri: str) -> None:
    assert uri_of(path) == uri
