"""The heads of the columns in a language: our own words, else the label of the element a column is read from."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from ...schema.table import Element, table
from ...texts import Language, Text
from .spec import Column, Sheet

_FORMATS: Final = (
    ("ordinary-1.2.3", "/FatturaElettronica", "ordinary"),
    ("simplified-1.0.2", "/FatturaElettronicaSemplificata", "simplified"),
)
_VERSIONS: Final = {
    False: (("ordinary-1.2.3", "ordinary-1.1", "ordinary-1.0"), "/FatturaElettronica"),
    True: (("simplified-1.0.2",), "/FatturaElettronicaSemplificata"),
}


@cache
def element_of(sheet: Sheet, column: Column) -> Element | None:
    """The element a column is read from first, None when there is none; its ``field`` is the SdI number."""
    return next(elements(sheet, column), None)


def elements(sheet: Sheet, column: Column) -> Iterator[Element]:
    """Every element of the current formats a column is read from."""
    for name, root, anchors in _FORMATS:
        known = table(name)
        for path in column.paths:
            for anchor in getattr(sheet, anchors):
                element = known.get(root + whole_path(path, anchor))
                if element is not None and element.kind == "simple":
                    yield element


@cache
def exists(path: str, anchors: tuple[str, ...], *, simplified: bool) -> bool:
    """Whether any version of a format has an element at a column's path for one of the rows."""
    names, root = _VERSIONS[simplified]
    return any(root + whole_path(path, anchor) in table(name) for name in names for anchor in anchors)


def whole_path(path: str, anchor: str) -> str:
    """The path below the root of what a column's path means for a row at ``anchor``.

    >>> whole_path("../CondizioniPagamento", "DatiPagamento/DettaglioPagamento")
    '/FatturaElettronicaBody/DatiPagamento/CondizioniPagamento'
    """
    if path.startswith("//"):
        return f"/FatturaElettronicaBody/{path[2:]}"
    if path.startswith("/"):
        return f"/FatturaElettronicaHeader{path}"
    part = "/FatturaElettronicaHeader" if anchor.startswith("/") else "/FatturaElettronicaBody"
    home = anchor.rpartition("/")[0] if path.startswith("../") else anchor
    return "/".join(piece for piece in (part, home.removeprefix("/"), path.removeprefix("../")) if piece)


def label(sheet: Sheet, column: Column) -> Text:
    """The head of a column in both languages."""
    if column.label is not None:
        return column.label
    element = element_of(sheet, column)
    return Text(column.name, column.name) if element is None else Text(element.it, element.en)


def heads(sheet: Sheet, lang: Language) -> list[str]:
    """The first row of a sheet."""
    return [label(sheet, column).say(lang) for column in sheet.all_columns]
