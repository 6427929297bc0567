"""The declaration itself: every element has a cell, every cell the type and the words of its element."""

from __future__ import annotations

from itertools import chain

import pytest

from fatturakit.convert.tables.labels import elements, heads, label
from fatturakit.convert.tables.reading import HEADER, Step
from fatturakit.convert.tables.rows import layout
from fatturakit.convert.tables.sheets import SHEETS
from fatturakit.convert.tables.spec import Column, Sheet
from fatturakit.schema.table import Element, table

COLUMNS = [(sheet, column) for sheet in SHEETS for column in sheet.all_columns]
FORMATS = [("ordinary-1.2.3", False), ("ordinary-1.1", False), ("ordinary-1.0", False), ("simplified-1.0.2", True)]
INVOICE_SHEETS = ["documents", "lines", "vat", "payments", "withholding", "references", "attachments"]
BASES = {"xs:decimal": "decimal", "xs:date": "date", "xs:integer": "integer"}
# A number one would never add up is text: references to several lines are joined.
TEXTS = {"riferimento_numero_linea"}


def named(pair: tuple[Sheet, Column]) -> str:
    return f"{pair[0].name}.{pair[1].name}"


def kind_by_schema(element: Element) -> str:
    assert element.type is not None
    if element.type.enumeration == ("SI",):
        return "boolean"
    return BASES.get(element.type.base, "text")


def leads_to_a_cell(path: str, simplified: bool) -> bool:
    _, _, part, *names = path.split("/")
    step: Step | None = layout(simplified).roots[HEADER if part == "FatturaElettronicaHeader" else ""]
    for name in names:
        step = step.below.get(name) if step else None
    return step is not None and not step.below


@pytest.mark.parametrize(("name", "simplified"), FORMATS)
def test_every_element_of_every_format_has_a_cell(name: str, simplified: bool) -> None:
    leaves = [item.path for item in table(name) if item.kind == "simple"]
    assert len(leaves) > 50
    assert [path for path in leaves if not leads_to_a_cell(path, simplified)] == []


def test_the_sheets_accountants_ask_for_come_first() -> None:
    assert [sheet.name for sheet in SHEETS][: len(INVOICE_SHEETS)] == INVOICE_SHEETS


@pytest.mark.parametrize("pair", COLUMNS, ids=map(named, COLUMNS))
def test_kinds_are_those_of_the_schema(pair: tuple[Sheet, Column]) -> None:
    sheet, column = pair
    found = list(elements(sheet, column))
    paths = column.paths if column.compute is None else ()
    assert found or not paths or column.name in {"numero_bollo", "norma_di_riferimento"}  # of formats before 1.2
    if column.name not in TEXTS:
        assert {kind_by_schema(element) for element in found} <= {column.kind}


@pytest.mark.parametrize("pair", COLUMNS, ids=map(named, COLUMNS))
def test_what_repeats_is_joined(pair: tuple[Sheet, Column]) -> None:
    sheet, column = pair
    assert column.joined or not [element for element in elements(sheet, column) if element.repeats]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
@pytest.mark.parametrize("lang", ["it", "en"])
def test_heads_are_said_in_both_languages_and_differ_within_a_sheet(sheet: Sheet, lang: str) -> None:
    found = heads(sheet, lang)  # type: ignore[arg-type]
    assert len(set(found)) == len(found)
    assert all(head and "_" not in head for head in found)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_names_differ_within_a_sheet(sheet: Sheet) -> None:
    names = [column.name for column in sheet.all_columns]
    assert len(set(names)) == len(names)
    assert all(name == name.lower() and name.isidentifier() for name in names)


def test_titles_differ_and_excel_takes_them() -> None:
    for lang in ("it", "en"):
        titles = [sheet.title.say(lang) for sheet in SHEETS]  # type: ignore[arg-type]
        assert len(set(titles)) == len(titles)
        assert all(len(f"{title} (99)") <= 31 and not set(title) & set("[]:*?/\\") for title in titles)


def test_labels_come_from_the_element_table() -> None:
    known = {named(pair): label(*pair) for pair in COLUMNS}
    assert known["lines.prezzo_totale"].both == ("Prezzo totale", "Line total")
    assert known["payments.condizioni_pagamento"].en == "Payment terms"


def test_every_body_sheet_begins_with_the_key_of_its_document() -> None:
    keyed = [sheet for sheet in SHEETS if sheet.name not in {"parties", "notes"}]
    starts = {tuple(column.name for column in sheet.all_columns[:2]) for sheet in keyed}
    assert starts == {("file", "body")}
    assert set(chain.from_iterable(sheet.ordinary for sheet in keyed))
