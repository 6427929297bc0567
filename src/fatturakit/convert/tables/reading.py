"""From the tree to the elements that rows stand for, each with the texts below it: one walk over header and body.

The sheets say which elements are rows and which values are wanted; from that a map of steps is made once a format, and
the walk follows it by local names, because broken producers qualify the children of the root.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from lxml import etree

from ...xmlio import local, text
from .spec import Sheet

HEADER = "/"
Found = dict[str, list["Node"]]
Finder = Callable[["Row"], list[str] | None]


class Step:
    """Where the walk is: the steps below by name, the path of a row that begins here, the key of a value."""

    __slots__ = ("below", "key", "starts")

    def __init__(self, key: str = "") -> None:
        self.below: dict[str, Step] = {}
        self.starts: str | None = None
        self.key = key


class Node:
    """An element a row stands for. values: texts by relative path; position: its 1-based place among its kind.

    parts: the rows of other sheets that begin inside it.
    """

    __slots__ = ("parent", "parts", "path", "position", "values")

    def __init__(self, path: str, parent: Node | None, position: int) -> None:
        self.path = path
        self.parent = parent
        self.position = position
        self.parts: list[Node] = []
        self.values: dict[str, list[str]] = {}
        if parent is not None:
            parent.parts.append(self)


class Source(NamedTuple):
    """One body with its header, read: what the rows of a document are made from.

    file: the path as given; number: the 1-based place of the body in it; version: "" when it is not stated; facts: what
    was computed about the body (``accounting.once``).
    """

    file: str
    number: int
    signed: bool
    version: str
    header: Found
    body: Found
    layout: Layout
    facts: dict[str, Any]


class Row(NamedTuple):
    """What a column may look at: the element of the row and everything around it."""

    node: Node
    source: Source

    def first(self, *paths: str) -> str | None:
        """The first value at the first path that has one, as written."""
        for path in paths:
            written = self.source.layout.finder(path)(self)
            if written:
                return written[0]
        return None


class Layout:
    """The sheets of one format: which elements are rows, and the steps that lead to what is wanted."""

    def __init__(self, sheets: Iterable[Sheet], *, simplified: bool) -> None:
        self.simplified = simplified
        self.sheets = tuple((sheet, sheet.simplified if simplified else sheet.ordinary) for sheet in sheets)
        self.anchors = {HEADER, ""} | set(_anchors(self.sheets))
        self.roots = {HEADER: Step(), "": Step()}
        self._finders: dict[str, Finder] = {}
        for anchor in sorted(self.anchors - {HEADER, ""}):
            self._step(anchor).starts = anchor
        for path in _wanted(self.sheets):
            self._step(path)

    def _step(self, path: str) -> Step:
        home, step = (HEADER, self.roots[HEADER]) if path.startswith(HEADER) else ("", self.roots[""])
        walked = home
        for name in path.removeprefix(HEADER).split("/"):
            walked = walked + name if walked in {"", HEADER} else f"{walked}/{name}"
            step = step.below.setdefault(name, Step(self.split(walked)[1]))
        return step

    def split(self, path: str) -> tuple[str, str]:
        """The longest element that is a row above or at ``path``, and the rest."""
        above = path
        while above not in self.anchors:
            above = above.rpartition("/")[0] or (HEADER if path.startswith(HEADER) else "")
        return above, path[len(above) :].removeprefix("/")

    def finder(self, path: str) -> Finder:
        """How to get the values at a path (see ``spec``) for a row."""
        known = self._finders.get(path)
        if known is None:
            known = self._finders[path] = self._made(path)
        return known

    def _made(self, path: str) -> Finder:
        if path.startswith("../"):
            return _of_parent(path.removeprefix("../"))
        if not path.startswith("/"):
            return _of_node(path)
        body = path.startswith("//")
        anchor, key = self.split(path.removeprefix("//") if body else path)
        return _of_body(anchor, key) if body else _of_header(anchor, key)


def _of_node(key: str) -> Finder:
    return lambda row: row.node.values.get(key)


def _of_parent(key: str) -> Finder:
    return lambda row: row.node.parent.values.get(key) if row.node.parent else None


def _of_body(anchor: str, key: str) -> Finder:
    return lambda row: row.source.body[anchor][0].values.get(key) if anchor in row.source.body else None


def _of_header(anchor: str, key: str) -> Finder:
    return lambda row: row.source.header[anchor][0].values.get(key) if anchor in row.source.header else None


def _anchors(sheets: Iterable[tuple[Sheet, tuple[str, ...]]]) -> Iterator[str]:
    for sheet, anchors in sheets:
        yield from anchors
        if any(path.startswith("../") for column in sheet.columns for path in column.paths):
            yield from (anchor.rpartition("/")[0] for anchor in anchors)


def _wanted(sheets: Iterable[tuple[Sheet, tuple[str, ...]]]) -> Iterator[str]:
    for sheet, anchors in sheets:
        for path in (path for column in sheet.all_columns for path in column.paths + column.wants):
            yield from _absolute(path, anchors)


def _absolute(path: str, anchors: tuple[str, ...]) -> Iterator[str]:
    if path.startswith("//"):
        yield path[2:]
    elif path.startswith("/"):
        yield path
    else:
        up = path.startswith("../")
        homes = (anchor.rpartition("/")[0] if up else anchor for anchor in anchors)
        yield from (f"{home}/{path.removeprefix('../')}".removeprefix("" if home else "/") for home in homes)


def read(element: etree._Element | None, layout: Layout, home: str) -> Found:
    """Everything wanted below a header or a body, by the path of the row it belongs to."""
    top = Node(home, None, 1)
    found: Found = {home: [top]}
    if element is not None:
        _walk(element, layout.roots[home], top, found)
    return found


def _walk(element: etree._Element, step: Step, node: Node, found: Found) -> None:
    for child in element:
        below = step.below.get(child.tag) or step.below.get(local(child))
        if below is None:
            continue
        if below.starts is not None:
            kind = found.setdefault(below.starts, [])
            begun = Node(below.starts, node, len(kind) + 1)
            kind.append(begun)
            _walk(child, below, begun, found)
        elif below.below:
            _walk(child, below, node, found)
        else:
            node.values.setdefault(below.key, []).append(text(child))
