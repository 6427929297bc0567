"""The element table says what the facts say, and is what the schemas compile to."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from fatturakit.schema.table import Element, table, tables

from ..shared import ROOT, needs_shared, shared

FACTS = {"ordinary-1.2.3": "ordinary", "simplified-1.0.2": "simplified"}


def facts(name: str) -> dict[str, dict[str, object]]:
    """The elements of a format as the facts give them, by path."""
    elements = json.loads(shared("facts", "field-tree.json").read_text(encoding="utf-8"))[FACTS[name]]["elements"]
    return {fact["path"].replace("ds:", ""): fact for fact in elements}


def summary(element: Element) -> tuple[object, ...]:
    """What the facts state about an element."""
    alternative = {"group": element.choice[0], "alternative": element.choice[1]} if element.choice else None
    codes = set(element.type.enumeration) if element.type else set()
    return element.min, element.max, element.kind, element.field, alternative, codes


def stated(fact: dict[str, object]) -> tuple[object, ...]:
    """The same of a fact."""
    most = None if fact["max"] == "unbounded" else int(str(fact["max"]))
    codes = {value["value"] for value in fact.get("enum", ())}  # type: ignore[attr-defined]
    return fact["min"], most, fact["kind"], fact.get("sdi_number") or "", fact.get("choice"), codes


@needs_shared
@pytest.mark.parametrize("name", FACTS)
def test_same_elements_as_the_facts(name: str) -> None:
    """Same places in the same order, same occurrence, kind, SdI number, choice and codes."""
    want = facts(name)
    have = {element.path: element for element in table(name) if element.parent}
    assert list(have) == list(want)
    assert {path: summary(element) for path, element in have.items()} == {p: stated(f) for p, f in want.items()}


@pytest.mark.parametrize("name", tables())
def test_numbers_follow_positions(name: str) -> None:
    """A number is the number of the parent, a point and the position; messages have none."""
    form = table(name)
    for element in form:
        if element.kind == "attribute" or element.name == "Signature" or not element.parent or "messages" in name:
            assert element.field == ""
        else:
            above = form.get(element.parent)
            assert above is not None
            assert element.field == f"{above.field}.{element.order + 1}".lstrip(".")


@pytest.mark.parametrize("name", tables())
def test_every_row_is_complete(name: str) -> None:
    """Two labels, a type where there is text, a root where there is no parent; the indexes find each row."""
    form = table(name)
    assert len([*form]) == len(form) > 50
    assert tuple(root.name for root in form.children("")) == form.root
    for element in form:
        assert element.it
        assert element.en
        assert (element.type is None) == (element.kind == "complex")
        assert form.get(element.path) is element
        assert element in form.by_name(element.name)
        assert element in (*form.children(element.parent), *form.attributes(element.parent))
        assert not element.field or element in form.by_field(element.field)


def test_a_look_at_single_rows() -> None:
    """A few rows whose facts are easy to check by eye."""
    form = table("ordinary-1.2.3")
    (number,) = form.by_field("2.1.1.4")
    assert (number.name, number.it, number.en, number.repeats) == ("Numero", "Numero", "Number", False)
    (line,) = form.by_field("2.2.1")
    assert (line.name, line.max, line.repeats) == ("DettaglioLinee", None, True)
    country = form.get("/FatturaElettronica/FatturaElettronicaHeader/CedentePrestatore/Sede/Nazione")
    assert country is not None
    assert (country.default, country.type_name, country.field) == ("IT", "Country", "1.2.2.6")
    assert form.get("/FatturaElettronica/Nowhere") is None
    assert form.by_field("") == ()
    with pytest.raises(KeyError):
        table("ordinary-9.9")


def test_generated_modules_are_up_to_date() -> None:
    """What is committed is what the schemas compile to."""
    command = [sys.executable, str(ROOT / "tools" / "compile_tables.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
