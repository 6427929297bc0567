"""Every code is explained: those that are checked, those that are not, those that are never raised."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

import fatturakit as fk
from fatturakit.errors import UsageError
from fatturakit.report.rule_json import rule as as_dict
from fatturakit.report.rule_markdown import index, page
from fatturakit.rules._foreign import CODES, CURRENT
from fatturakit.rules._unevaluated import CONTROLS
from fatturakit.rules.changes import between, changes, history, span, versions
from fatturakit.rules.declare import catalogue
from fatturakit.rules.explain import GROUPS, SECTIONS, explanations, look_up, parse
from fatturakit.schema.table import table
from fatturakit.texts import Language

from ..shared import ROOT, needs_shared, shared

ALL = list(explanations())
LANGUAGES: tuple[Language, ...] = ("it", "en")
DOC = """A title.

What:    The first line
         and the second.
Why:     In English.
Example: 1 + 1 = 2.
         2 + 2 = 4 stands
         on two lines.
Source:  A book.
"""


def test_every_code_is_explained() -> None:
    assert set(ALL) == {*catalogue(), *CONTROLS, *CURRENT, *CODES}
    assert not set(CODES) & {*catalogue(), *CONTROLS}


@pytest.mark.parametrize("code", ALL)
def test_nothing_is_missing(code: str) -> None:
    each = explanations()[code]
    assert all(each.title.both), each.title
    assert each.group in GROUPS
    assert "{" not in each.title.it + each.title.en
    if each.judged == "never":
        assert all(each.reason.both)
        return
    assert each.formats
    assert (each.judged in {"no", "part"}) == (code in CONTROLS) == any(each.reason)
    assert (each.file != "") == (code in catalogue())
    assert not each.file or (ROOT / "src" / each.file).is_file()


@pytest.mark.parametrize("code", sorted(CURRENT))
def test_fields_are_of_the_format(code: str) -> None:
    ordinary, simplified = CURRENT[code][:2]
    for name, numbers in (("ordinary-1.2.3", ordinary), ("simplified-1.0.2", simplified)):
        assert all(table(name).by_field(number) for number in numbers)


@pytest.mark.parametrize(
    ("code", "judged", "since"),
    [
        ("00200", "yes", None),
        ("00002", "part", None),
        ("00101", "no", None),
        ("00327", "no", date(2026, 5, 15)),
        ("00445", "yes", date(2021, 1, 1)),
        ("00426", "never", None),
        ("00600", "never", None),
    ],
)
def test_judged(code: str, judged: str, since: date | None) -> None:
    (each,) = look_up(code)
    assert (each.judged, each.since) == (judged, since)


@pytest.mark.parametrize(
    ("code", "severity", "fields"),
    [
        ("00423", "error; a warning where there is doubt", "2.2.1.11 PrezzoTotale"),
        ("00400", "error: SdI rejects the file", "2.2.1.14 Natura"),
        ("00460", "error: SdI rejects the file", "2.2.2 Importo (FSM10)"),
        ("00301", "error; a warning where there is doubt", "1.2.1.1.2 IdCodice"),
        ("00101", "error: SdI rejects the file", ""),
        ("EN00", "error: SdI rejects the notice", ""),
        ("FK002", "warning or note: SdI does not reject for it", "2.4.2.13 IBAN"),
    ],
)
def test_severity_and_first_field(code: str, severity: str, fields: str) -> None:
    """How loudly a control speaks, and of what first."""
    (each,) = look_up(code)
    assert (each.severity.en, next(iter(each.fields), "")) == (severity, fields)


def test_every_change_belongs_to_a_version() -> None:
    """Also those that only the controls themselves state."""
    named = {version.name for version in versions()}
    assert [change for change in changes() if change.version not in named] == []
    assert ("1.6", "new") in {(change.version, change.kind) for change in history("00443")}


def test_only_an_example_keeps_its_sentences_apart() -> None:
    """Every other section is one paragraph."""
    doc = "Title.\n\nWhat:    One.\n         Two.\nExample: Three.\n         Four."
    assert parse(doc) == {"title": "Title", "what": "One. Two.", "example": "Three.\nFour."}


def test_parse() -> None:
    assert parse(DOC) == {
        "title": "A title",
        "what": "The first line and the second.",
        "why": "In English.",
        "example": "1 + 1 = 2.\n2 + 2 = 4 stands on two lines.",
        "source": "A book.",
    }


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("00423", ["00423"]),
        ("423", ["00423"]),
        ("fk003", ["FK003"]),
        ("0010", sorted(c for c in ALL if c[:4] == "0010")),
    ],
)
def test_look_up(word: str, codes: list[str]) -> None:
    assert [each.code for each in look_up(word)] == codes


@pytest.mark.parametrize(("word", "near"), [("00452", "00445"), ("0423X", "00423"), ("FK999", "FK009"), ("", "0")])
def test_unknown_codes_have_three_neighbours(word: str, near: str) -> None:
    with pytest.raises(UsageError) as caught:
        look_up(word)
    neighbours = str(caught.value.args_["near"]).split(", ")
    assert len(neighbours) == 3
    assert any(code.startswith(near) for code in neighbours)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_other_shapes(lang: Language) -> None:
    for each in explanations().values():
        data = as_dict(each, lang)
        assert {"code", "title", "evaluated", "file", *SECTIONS} <= data.keys()
        assert "``" not in json.dumps(data)
        said = "\n".join(page(each, lang))
        assert said.startswith(f"# {each.code} · ")
        assert not re.search(r"\{\w+\}", said)
    assert sum(f"| {code} |" in line for line in index(explanations().values(), lang) for code in ALL) == len(ALL)


def test_timeline() -> None:
    days = [version.date for version in versions()]
    assert days == sorted(set(days))
    assert versions()[-1][:2] == ("1.9.1", date(2026, 5, 15))
    assert all(change.code in explanations() for change in changes())
    assert all(all(change.text.both) for change in changes() if change.kind == "changed")


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_first_days_agree(code: str) -> None:
    """What the controls state of themselves is what the timeline says."""
    stated = catalogue()[code].since
    new = [change.date for change in history(code) if change.kind == "new"]
    assert stated == date.min or new == [stated]


@pytest.mark.parametrize(
    ("first", "second", "kind", "codes"),
    [
        ("1.9", "1.9.1", "new", {"00327"}),
        ("1.9.1", "1.9", "new", {"00327"}),
        ("1.9", "1.9.1", "changed", set()),
        ("1.7.1", "1.8", "new", {"00477"}),
        (
            "2024-02-01",
            "2025-04-01",
            "changed",
            {"00200", "00301", "00323", "00404", "00409", "00460", "00471", "00473", "00475"},
        ),
        ("1.6", "2020-12-31", "new", set()),
        ("1.6.1", "1.6.2", "new", {"00445"}),
        ("1.5", "1.6", "new", {"00443", "00444", "00471", "00472", "00473", "00474"}),
    ],
)
def test_between(first: str, second: str, kind: str, codes: set[str]) -> None:
    assert {change.code for change in between(*span(first, second)) if change.kind == kind} == codes


def test_unknown_version() -> None:
    with pytest.raises(UsageError, match=r"1\.9\.1"):
        span("1.9", "2.0")


@needs_shared
def test_the_whole_list_of_controls() -> None:
    for row in json.loads(shared("facts", "sdi-controls.json").read_text(encoding="utf-8")):
        assert (row["status"] == "current") == (explanations()[row["code"]].judged != "never")


def test_a_code_that_may_only_warn_says_so() -> None:
    """Whatever a document of the fixtures gets as a warning is not called an error without more."""
    warned = {
        finding.code
        for path in (ROOT / "fixtures" / "rules").glob("*/ok-*warn*.xml")
        for finding in fk.validate(path.read_bytes(), received_on="2026-11-21").findings
        if finding.severity is fk.Severity.WARNING
    }
    assert {"00305", "00421"} <= warned
    assert [code for code in sorted(warned) if explanations()[code].severity.it.startswith("errore: ")] == []
