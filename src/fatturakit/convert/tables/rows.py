"""The rows of a document, sheet by sheet: one pass over the tree, a body at a time."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from ...document import Document
from ...schema.doctypes import CREDIT_NOTES
from ...texts import Language
from ...xmlio import local
from .accounting import sign, tipo
from .documents import DOCUMENTS
from .labels import exists
from .notes import NOTES, note, reason
from .parties import PARTIES
from .reading import HEADER, Finder, Layout, Row, Source, read
from .sheets import SHEETS
from .spec import Cells, Column, Value
from .values import JOINT, SHORT, has_room, value_of

Line = tuple[str, Cells]
_SIMPLIFIED: Final = "FatturaElettronicaSemplificata"


class Place(NamedTuple):
    """Where a cell is, for what may have to be said about it."""

    source: Source
    sheet: str
    row: int


class Planned(NamedTuple):
    """A column, how to get at it in one format, and what it says when nothing is there."""

    column: Column
    finders: tuple[Finder, ...]
    absent: Value


@cache
def layout(simplified: bool) -> Layout:
    """The map of one of the two formats."""
    return Layout(SHEETS, simplified=simplified)


@cache
def _plans(layout: Layout) -> dict[str, tuple[Planned, ...]]:
    """The columns of every sheet, its keys apart; "" are the keys."""

    def planned(column: Column, anchors: tuple[str, ...]) -> Planned:
        real = (path for path in column.paths if exists(path, anchors, simplified=layout.simplified))
        return Planned(column, tuple(map(layout.finder, real)), _absent(column))

    groups = [(sheet.name, sheet.columns, anchors) for sheet, anchors in layout.sheets]
    groups.append(("", DOCUMENTS.keys, ("",)))
    return {name: tuple(planned(column, anchors) for column in columns) for name, columns, anchors in groups}


def _absent(column: Column) -> Value:
    """What a cell is when the document says nothing: no for SI, which is the one thing that may be said."""
    return False if column.kind == "boolean" and not column.compute else None


def rows_of(document: Document, path: str, lang: Language = "it") -> Iterator[Line]:
    """Every row of a document as (name of the sheet, cells); ``path`` is what its rows are known by.

    Never raises for a bad document: what is not of the type of its column is an empty cell and a row of Notes.
    """
    if document.profile is None or not document.profile.is_invoice:
        yield NOTES.name, note(path, reason("no_invoice", lang), written=document.kind)
        return
    any_body = False
    for source in _sources(document, path):
        any_body = True
        yield from _of_body(source, lang)
    if not any_body:
        yield NOTES.name, note(path, reason("no_body", lang))


def _sources(document: Document, path: str) -> Iterator[Source]:
    format_ = layout(document.root_name == _SIMPLIFIED)
    header = None
    number = 0
    for child in document.root:
        name = local(child)
        if name == "FatturaElettronicaHeader" and header is None:
            header = read(child, format_, HEADER)
        elif name == "FatturaElettronicaBody":
            number += 1
            known = read(None, format_, HEADER) if header is None else header
            body = read(child, format_, "")
            yield Source(path, number, document.is_signed, document.version or "", known, body, format_, {})


def _of_body(source: Source, lang: Language) -> Iterator[Line]:
    notes: list[Line] = []
    top = Row(source.body[""][0], source)
    keys = _cells(top, "", Place(source, DOCUMENTS.name, 1), notes, lang)
    for sheet, anchors in source.layout.sheets:
        if sheet is PARTIES and source.number > 1:
            continue
        found = source.header if sheet is PARTIES else source.body
        nodes = (node for anchor in anchors for node in found.get(anchor, ()))
        for number, node in enumerate(nodes, 1):
            place = Place(source, sheet.name, number)
            yield sheet.name, keys[: len(sheet.keys)] + _cells(Row(node, source), sheet.name, place, notes, lang)
    if tipo(top) in CREDIT_NOTES and sign(top) > 0:
        notes.append(_note(Place(source, DOCUMENTS.name, 1), "sign", "sign", "", lang))
    yield from notes


def _cells(row: Row, group: str, place: Place, notes: list[Line], lang: Language) -> Cells:
    cells = []
    for planned in _plans(row.source.layout)[group]:
        value, why, written = _cell(row, planned)
        if why:
            notes.append(_note(place, planned.column.name, why, written, lang))
        cells.append(value)
    return tuple(cells)


def _cell(row: Row, planned: Planned) -> tuple[Value, str, str]:
    """The value, and why it does not say what is written."""
    column = planned.column
    for find in planned.finders:
        written = find(row)
        if written:
            if column.kind == "text" and len(written) == 1 and len(written[0]) < SHORT:
                return written[0], "", ""  # nearly all of them
            value, why = value_of(column.kind, written, joined=column.joined)
            return value, why, JOINT.join(written) if why else ""
    if column.compute is None:
        return planned.absent, "", ""
    value = column.compute(row)
    if isinstance(value, Decimal) and not has_room(value):
        return None, "sum", str(value)
    return value, "", ""


def _note(place: Place, column: str, why: str, written: str, lang: Language) -> Line:
    where = (place.source.number, place.sheet, place.row, column)
    return NOTES.name, note(place.source.file, reason(why, lang), place=where, written=written)
