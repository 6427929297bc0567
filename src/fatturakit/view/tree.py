"""Changes to the tree itself: where an element goes, and the white space around it.

A document written with line breaks and indentation keeps them; one without stays on one line.
"""

from __future__ import annotations

from lxml import etree

from ..schema.table import Element, ElementTable
from ..xmlio import local


def children(parent: etree._Element, name: str) -> list[etree._Element]:
    """The children of a local name, whatever their namespace (some producers qualify what should not be)."""
    return list(parent.iterchildren(name, f"{{*}}{name}"))


def insert(parent: etree._Element, row: Element, table: ElementTable, at: int | None = None) -> etree._Element:
    """A new empty element in its place: among its likes at ``at`` (default: behind them), else in schema order."""
    new = parent.makeelement(_tag(parent, row))
    likes = children(parent, row.name)
    if at is not None and at < len(likes):
        index = parent.index(likes[at])
    elif likes:
        index = parent.index(likes[-1]) + 1
    else:
        index = _place(parent, row, table)
    _put(parent, index, new)
    return new


def remove(node: etree._Element) -> None:
    """Take an element out; the white space before it goes with it, any other text stays."""
    parent = node.getparent()
    if parent is None:
        return
    before, tail = node.getprevious(), node.tail or ""
    last, stray = node.getnext() is None, tail.strip()
    if before is not None:
        before.tail = (before.tail or "") + tail if stray else (tail if last else before.tail)
    elif stray:
        parent.text = (parent.text or "") + tail
    elif last:
        parent.text = None
    node.tail = None
    parent.remove(node)


def replace_text(node: etree._Element, text: str) -> None:
    """The character data of an element, comments inside it included, become ``text``."""
    for inner in list(node):
        node.remove(inner)
    node.text = text


def _tag(parent: etree._Element, row: Element) -> str:
    """Children are unqualified, except where the document qualifies them all."""
    inherits = parent.getparent() is not None and str(parent.tag).startswith("{")
    return f"{str(parent.tag).partition('}')[0]}}}{row.name}" if inherits else row.name


def _place(parent: etree._Element, row: Element, table: ElementTable) -> int:
    """Before the first child the schema puts later; an unknown child does not count."""
    order = {twin.name: twin.order for twin in table.children(row.parent)}
    later = (child for child in parent.iterchildren(etree.Element) if order.get(local(child), -1) > row.order)
    first = next(later, None)
    return len(parent) if first is None else parent.index(first)


def _put(parent: etree._Element, index: int, new: etree._Element) -> None:
    gap, close = _gap(parent, 1), _gap(parent, 0)
    empty = not len(parent)
    parent.insert(index, new)
    if not gap:
        return
    before = new.getprevious()
    if before is None:
        new.tail = close if empty else parent.text
        parent.text = gap
    else:
        new.tail, before.tail = (before.tail or close), gap


def _gap(parent: etree._Element, deeper: int) -> str:
    """Line break and indentation of the children (1) or of the closing tag (0) of ``parent``; "" without any."""
    first = parent.getroottree().getroot().text or ""
    unit = first.rpartition("\n")[2]
    if "\n" not in first or first.strip():
        return ""
    return "\n" + unit * (sum(1 for _ in parent.iterancestors()) + deeper)
