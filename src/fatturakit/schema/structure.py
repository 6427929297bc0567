"""Which rules of its schema a document breaks, one by one, read off the element table.

This is the second opinion on a rejection: it walks the tree on its own, without libxml2, and names every place.
What it does not look into (the inside of ``ds:Signature``, ``xsi:`` attributes) it leaves to the arbiter.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from lxml import etree

from ..xmlio import local, text
from .lexical import problem
from .table import Element, ElementTable

_XSI: Final = "{http://www.w3.org/2001/XMLSchema-instance}"


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule.

    rule: a key of ``wording.RULES`` or, for values, of ``wording.VALUES``; at: the node it is about (the parent, when
    something is missing); row: the table's row of what is wrong or missing; parent: the row of the element around it.
    """

    rule: str
    at: etree._Element
    row: Element | None = None
    parent: Element | None = None
    found: str = ""
    others: tuple[Element, ...] = ()
    attribute: str = ""


def walk(root: etree._Element, table: ElementTable) -> Iterator[Violation]:
    """Every violation below and at ``root``, in document order of the element they are about."""
    row = table.get("/" + local(root))
    if row is not None:
        yield from _element(root, row, table)


def _element(node: etree._Element, row: Element, table: ElementTable) -> Iterator[Violation]:
    if _foreign(row):
        return
    yield from _attributes(node, row, table)
    yield from _simple(node, row) if row.kind == "simple" else _complex(node, row, table)


def _foreign(row: Element) -> bool:
    """True for ds:Signature, the one element of another namespace."""
    return row.name == "Signature"


def _attributes(node: etree._Element, row: Element, table: ElementTable) -> Iterator[Violation]:
    known = {spec.name: spec for spec in table.attributes(row.path)}
    for key, given in node.attrib.items():
        name, value = str(key), str(given)
        if name.startswith(_XSI):
            continue
        spec = known.get(name)
        if spec is None:
            yield Violation("attribute", node, row, row, found=value, attribute=name)
        elif broken := _value(value, spec):
            yield Violation(broken, node, spec, row, found=value, attribute=name)
    for spec in known.values():
        if spec.min and spec.name not in node.attrib:
            yield Violation("attribute_missing", node, spec, row, attribute=spec.name)


def _simple(node: etree._Element, row: Element) -> Iterator[Violation]:
    inner = next(node.iterchildren(tag=etree.Element), None)
    if inner is not None:
        yield Violation("children", inner, row, row, found=local(inner))
    elif broken := _value(value := text(node), row):
        yield Violation(broken, node, row, found=value)


def _value(value: str, row: Element) -> str | None:
    if not value and row.default is not None and row.kind != "attribute":
        return None  # an empty element takes the schema's default (<Nazione/> is IT)
    if row.fixed is not None and value != row.fixed:
        return "fixed"
    return problem(value, row.type) if row.type else None


@cache
def _shape(table: ElementTable, path: str) -> tuple[tuple[Element, ...], dict[str, int]]:
    rows = table.children(path)
    return rows, {row.name: place for place, row in enumerate(rows)}


def _complex(node: etree._Element, row: Element, table: ElementTable) -> Iterator[Violation]:
    stray = text(node).strip(" \t\r\n")
    if stray:
        yield Violation("text", node, row, row, found=stray)
    rows, places = _shape(table, row.path)
    children = list(node.iterchildren(tag=etree.Element))
    out_of_order = _out_of_order([places.get(local(child)) for child in children])
    counted: Counter[str] = Counter()
    for index, child in enumerate(children):
        name = local(child)
        if name not in places:
            yield Violation("unknown", child, None, row, found=name)
            continue
        spec = rows[places[name]]
        counted[name] += 1
        yield from _place(child, spec, row, counted[name], moved=index in out_of_order)
        yield from _element(child, spec, table)
    yield from _absent(node, row, rows, counted)


def _place(child: etree._Element, spec: Element, parent: Element, count: int, *, moved: bool) -> Iterator[Violation]:
    qualified = str(child.tag).startswith("{")
    if qualified != _foreign(spec):
        yield Violation("namespace", child, spec, parent, found=str(child.tag)[1:].partition("}")[0])
    if spec.max is not None and count > spec.max:
        yield Violation("repeated", child, spec, parent, found=str(count))
    elif moved:
        yield Violation("misplaced", child, spec, parent)


def _out_of_order(places: list[int | None]) -> set[int]:
    """The fewest children to move so that the rest stand in schema order (all but a longest rising run)."""
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for index, place in enumerate(places):
        if place is None:
            continue
        slot = bisect_right(tails, place)
        before[index] = ends[slot - 1] if slot else None
        tails[slot : slot + 1] = [place]
        ends[slot : slot + 1] = [index]
    kept: int | None = ends[-1] if ends else None
    moved = set(before)
    while kept is not None:
        moved.discard(kept)
        kept = before[kept]
    return moved


def _absent(
    node: etree._Element, row: Element, rows: tuple[Element, ...], counted: Counter[str]
) -> Iterator[Violation]:
    groups: dict[str, list[Element]] = {}
    for spec in rows:
        if spec.choice:
            groups.setdefault(spec.choice[0], []).append(spec)
        elif spec.min and not counted[spec.name]:
            yield Violation("missing", node, spec, row)
    for group in groups.values():
        yield from _choice(node, row, group, counted)


def _choice(node: etree._Element, row: Element, group: list[Element], counted: Counter[str]) -> Iterator[Violation]:
    used = {spec.choice[1] for spec in group if spec.choice and counted[spec.name]}
    if not used:
        yield Violation("missing_choice", node, group[0], row, others=tuple(group))
    elif len(used) > 1:
        yield Violation("both", node, group[0], row, others=tuple(group))
    else:
        for spec in group:
            if spec.choice and spec.choice[1] in used and spec.min and not counted[spec.name]:
                yield Violation("missing", node, spec, row)
