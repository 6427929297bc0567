"""The explanations people read: complete in both languages, alike in their numbers, and right in their sums."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable
from fractions import Fraction

import pytest
from stdnum.eu import vat

from fatturakit.report.rule_text import rows
from fatturakit.rules._foreign import CODES, CURRENT
from fatturakit.rules._unevaluated import CONTROLS
from fatturakit.rules.advice.fk002_iban import possible
from fatturakit.rules.declare import catalogue
from fatturakit.rules.explain import SECTIONS, explanations, parse
from fatturakit.taxid import is_tax_code, is_vat_number
from fatturakit.texts import LANGUAGES, Language

from ..shared import ROOT

NOW = sorted({*catalogue(), *CONTROLS})
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
SUM = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?: [×/+−] \d+(?:\.\d+)?)+ = \d+(?:\.\d+)?")
TOKEN = re.compile(r"[×/+−=]|\d+(?:\.\d+)?")
ENGLISH = re.compile(r"\b(the|with|appendix|of|our advice|rejected|passes|fails)\b", re.IGNORECASE)
ITALIAN = re.compile(r"\b(il|che|con|appendice|consiglio|scartat[oa]|avviso)\b", re.IGNORECASE)
NAMED = {"rule": r"«[^»]*»|\"[^\"]*\"|<[^>]*>", "source": r"Elenco (dei )?controlli|Guida alla.*?elettroniche"}


def test_no_table_is_missing_or_left_over() -> None:
    tables = tomllib.loads((ROOT / "src/fatturakit/rules/italian.toml").read_text(encoding="utf-8"))
    assert sorted(tables) == NOW
    names = {"titolo", "cosa", "perche", "rimedio", "esempio", "fonte"}
    assert {code: set(row) ^ names for code, row in tables.items() if set(row) != names} == {}
    assert {code for code, row in CURRENT.items() if row[2]} == set(NOW) - set(catalogue())


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_a_docstring_has_every_heading_and_no_other(code: str) -> None:
    assert set(parse(catalogue()[code].doc)) == {"title", *SECTIONS}
    headings = re.findall(r"^(\w+):", catalogue()[code].doc, re.MULTILINE)
    assert headings == [name.capitalize() for name in SECTIONS]


@pytest.mark.parametrize("code", NOW)
def test_both_languages_say_everything(code: str) -> None:
    each = explanations()[code]
    assert set(each.sections) == set(SECTIONS)
    assert not [title for title in each.title.both if not title or title.endswith(".")]
    assert not [said for text in each.sections.values() for said in text.both if not said.endswith(".")]
    assert not [name for name, text in each.sections.items() if name != "source" and text.it == text.en]


@pytest.mark.parametrize("code", NOW)
def test_no_language_is_mixed_up(code: str) -> None:
    for name, text in explanations()[code].sections.items():
        quoted = re.compile("|".join(NAMED.values()))
        assert not ENGLISH.search(quoted.sub("", text.it)), (name, text.it)
        assert not ITALIAN.search(quoted.sub("", text.en)), (name, text.en)


@pytest.mark.parametrize("code", NOW)
def test_examples_have_the_same_numbers(code: str) -> None:
    example = explanations()[code].sections["example"]
    assert Counter(NUMBER.findall(example.it)) == Counter(NUMBER.findall(example.en))


@pytest.mark.parametrize("code", sorted(CODES))
def test_codes_that_are_never_raised(code: str) -> None:
    each = explanations()[code]
    assert set(each.sections) == {"fix"}
    assert all((*each.sections["fix"].both, *each.reason.both, *each.title.both))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sums_are_right(lang: Language) -> None:
    examples = [explanations()[code].sections["example"] for code in NOW]
    sums = [found for text in examples for found in SUM.findall(text.en if lang == "en" else text.it)]
    assert len(sums) >= 18
    for written in sums:
        left, _, right = written.partition(" = ")
        assert computed(left) == Fraction(right), written


def computed(text: str) -> Fraction:
    """A sum of products, exactly.

    >>> computed("2 + 3 × 4 / 6 − 1")
    Fraction(3, 1)
    """
    total, product, sign = Fraction(0), Fraction(0), "+"
    for operator, number in zip(["+", *TOKEN.findall(text)[1::2]], TOKEN.findall(text)[::2], strict=True):
        if operator in "+−":
            total, product, sign = total + (product if sign == "+" else -product), Fraction(number), operator
        else:
            product = product * Fraction(number) if operator == "×" else product / Fraction(number)
    return total + (product if sign == "+" else -product)


@pytest.mark.parametrize(("text", "value"), [("2 + 3 × 4 / 6 − 1", 3), ("10 − 4 − 3", 3), ("0.25 × 22 / 100", "0.055")])
def test_the_sums_themselves(text: str, value: str) -> None:
    assert computed(text) == Fraction(value)


@pytest.mark.parametrize(
    ("code", "judge", "right", "wrong"),
    [
        ("00300", is_tax_code, "", "01879020516"),
        ("00301", is_vat_number, "", "01234567890"),
        ("00302", is_tax_code, "", "RSSMRA80A01H501X"),
        ("00303", is_vat_number, "01234567897", "01234567890"),
        ("00304", is_tax_code, "RSSMRA80A01H501U", "RSSMRA80A01H501X"),
        ("00305", is_tax_code, "80012345676", "01234567890"),
        ("00306", is_tax_code, "RSSMRA80A01H50MM", "RSSMRA80A01H501X"),
        ("FK001", lambda number: vat.is_valid(f"DE{number}"), "123456788", "123456789"),
        ("FK002", possible, "IT60X0542811101000000123456", "IT60X0542811101000000123457"),
    ],
)
def test_numbers_in_examples(code: str, judge: Callable[[str], bool], right: str, wrong: str) -> None:
    for example in explanations()[code].sections["example"].both:
        assert right in example
        assert wrong in example
    assert not judge(wrong)
    assert not right or judge(right)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", NOW)
def test_everything_is_shown(code: str, lang: Language) -> None:
    shown = {label.en for label, _ in rows(explanations()[code], lang)}
    assert {"What", "Why", "Fix", "Example", "Source", "Formats", "Severity", "In force", "Control"} <= shown
    assert ("Module" in shown) == ("Message" in shown) == (code in catalogue())
