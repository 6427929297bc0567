"""An audit file as tables: which rows a record gives. Values stay as written; amounts are text and lose nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from lxml import etree

from .columns import DOCUMENTS, ENTRY, ENTRY_LINE, HEADER, INNER, MASTERS, PURCHASE, Paths
from .formats import Section
from .hashchain import series_of
from .reader import Record
from .tree import local_name

Row = dict[str, str]
Rows = Iterator[tuple[str, Row]]
_NAMELESS: Final = {"section": "", "number": "", "series": ""}


class Leaves(NamedTuple):
    """The values of an element by path, and the inner elements that have a table of their own.

    The first of several elements of one name has the plain path, the second ``Name[2]``, and so on.
    """

    values: Row
    inner: list[tuple[str, str, etree._Element]]


def leaves(element: etree._Element, apart: Collection[str] = ()) -> Leaves:
    """Every value inside an element. apart: the paths to leave to the caller, with their names and places."""
    found = Leaves({}, [])
    _gather(element, "", "", apart, found)
    return found


def _gather(element: etree._Element, plain: str, path: str, apart: Collection[str], found: Leaves) -> None:
    seen: dict[str, int] = {}
    for child in element:
        name = local_name(child.tag)
        count = seen[name] = seen.get(name, 0) + 1
        bare = plain + name
        here = path + (name if count == 1 else f"{name}[{count}]")
        if bare in apart:
            found.inner.append((bare, here, child))
        elif len(child):
            _gather(child, bare + "/", here + "/", apart, found)
        elif child.text:
            found.values[here] = child.text


def rows(record: Record, sections: dict[str, Section], origin: Row) -> Rows:
    """The rows of one record, each with the name of its table."""
    name, element = record.name, record.element
    section = sections.get(name)
    if section is not None and record.home == section.name:
        yield from _document(element, section, origin)
    elif name in MASTERS:
        table, paths = MASTERS[name]
        yield from _plain(element, table, paths, origin)
    elif name == "Header":
        yield from _plain(element, "header", HEADER, origin)
    elif name == "Transaction":
        yield from _ledger(element, origin)
    elif record.home == "PurchaseInvoices":
        yield from _plain(element, "purchases", PURCHASE, origin)


def remaining(root: etree._Element | None, origin: Row) -> Rows:
    """What is left of a file when its records have passed: totals of sections, TaxonomyReference."""
    found = Row() if root is None else leaves(root).values
    yield from _details({path: value for path, value in found.items() if value.strip()}, (), origin | _NAMELESS)


def _plain(element: etree._Element, table: str, paths: Paths, origin: Row) -> Rows:
    """A record that is one row."""
    values = leaves(element, _TRANSACTIONS).values
    row = _row(values, paths)
    yield table, origin | row
    key = next(iter(row.values())) if table != "header" else ""
    yield from _details(values, paths.values(), origin | _NAMELESS | {"section": table, "number": key})


_TRANSACTIONS: Final = ("Transaction",)
"""Inside a journal, whose own rows they are."""


def _document(element: etree._Element, section: Section, origin: Row) -> Rows:
    values, inner = leaves(element, INNER)
    number = values.get(section.number, "")
    series = series_of(number)
    named = origin | {"section": section.name, "number": number, "series": series[0] if series else ""}
    paths = DOCUMENTS[section]
    yield "documents", named | _row(values, paths)
    yield from _details(values, (section.number, *paths.values()), named)
    for bare, path, child in inner:
        table, columns = INNER[bare]
        own = leaves(child).values
        row = _row(own, columns)
        yield table, named | row
        above = path + "/" if table == "payments" else ""
        yield from _details(own, columns.values(), named | {"line": row.get("line", "")}, above)


def _ledger(element: etree._Element, origin: Row) -> Rows:
    values, inner = leaves(element, _SIDES)
    journal = element.getparent()
    above = "" if journal is None else leaves(journal, _TRANSACTIONS).values.get("JournalID", "")
    head = origin | {"journal": above} | _row(values, ENTRY)
    named = origin | _NAMELESS | {"section": "ledger", "number": head["transaction"]}
    yield from _details(values, ENTRY.values(), named)
    for bare, _, child in sorted(inner, key=lambda found: found[0], reverse=True):  # debits first
        own = leaves(child).values
        amount = _SIDES[bare] + "Amount"
        row = _row(own, ENTRY_LINE | {"amount": amount})
        yield "ledger", head | {"side": _SIDES[bare][0]} | row
        yield from _details(own, (*ENTRY_LINE.values(), amount), named | {"line": row["record"]})


_SIDES: Final = {"Lines/DebitLine": "Debit", "Lines/CreditLine": "Credit"}


def _row(values: Row, paths: Paths) -> Row:
    return {name: values.get(path, "") for name, path in paths.items()}


def _details(values: Row, known: Collection[str], named: Row, above: str = "") -> Rows:
    """What no column has, a row for each value."""
    for path, value in values.items():
        if path not in known:
            yield "details", named | {"path": above + path, "value": value}
