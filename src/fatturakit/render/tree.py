"""A document as templates see it: the names of the schema, and every value knows whether it was printed.

``body.DatiGenerali.DatiGeneraliDocumento.Numero`` is a ``Field``. Writing it on a page marks it; whatever no template
has written is found by ``unprinted`` and goes to the last block of the page. So no theme, ours or anybody's, can lose
a text of the XML: completeness does not depend on templates being complete.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from lxml import etree
from markupsafe import Markup, escape

from ..xmlio import local
from ..xmlio import text as all_text
from .plan import Spec


class Nothing:
    """What is not there: false, empty, and so is everything below it."""

    raw = ""
    text = mark = meaning = Markup()

    def __getattr__(self, name: str) -> Nothing:
        return self

    def __bool__(self) -> bool:
        return False

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __html__(self) -> str:
        return ""

    def __str__(self) -> str:
        return ""


NOTHING: Final = Nothing()


class Field:
    """One text of the XML. raw: as written; spec: its place; node: the element around it; printed: on a page already."""

    __slots__ = ("node", "printed", "raw", "spec")

    def __init__(self, raw: str, spec: Spec, node: Node) -> None:
        self.raw = raw
        self.spec = spec
        self.node = node
        self.printed = False

    def __html__(self) -> Markup:
        self.printed = True
        spec = self.spec
        return spec.said.get(self.raw) or spec.say(self.raw)

    def __getattr__(self, name: str) -> Nothing:
        return NOTHING

    def __str__(self) -> str:
        return str(self.__html__())

    @property
    def text(self) -> Markup:
        """The value as it is shown, without counting as printed."""
        return self.spec.said.get(self.raw) or self.spec.say(self.raw)

    @property
    def mark(self) -> Markup:
        """The value alone, printed; a code without its meaning."""
        self.printed = True
        return self.spec.bare(self.raw)

    @property
    def meaning(self) -> Markup:
        """What a code stands for; empty for other values."""
        return self.spec.meaning(self.raw)

    @property
    def label(self) -> Markup:
        """The name of the field in the language of the page."""
        return self.spec.label


class Joined:
    """Several texts shown as one, an address for instance; printing it prints them all."""

    __slots__ = ("fields", "html")

    def __init__(self, html: Markup, fields: Iterable[Field]) -> None:
        self.html = html
        self.fields = tuple(fields)

    def __html__(self) -> Markup:
        for field in self.fields:
            field.printed = True
        return self.html

    def __str__(self) -> str:
        return str(self.__html__())

    def __bool__(self) -> bool:
        return bool(self.html)


class Node:
    """An element with children: those the format knows are attributes, a tuple where they may repeat."""

    raw = ""
    text = mark = meaning = Markup()
    before: tuple[Joined, ...] = ()
    notes: tuple[Joined, ...] = ()

    def __init__(self, spec: Spec, above: Node | None, fields: list[Field]) -> None:
        self._spec = spec
        self._above = above
        self._fields = fields
        self._first = self._last = len(fields)

    def __getattr__(self, name: str) -> Nothing:
        if name.startswith("__"):
            raise AttributeError(name)
        return NOTHING

    def __html__(self) -> str:
        return ""

    __str__ = __html__

    @property
    def label(self) -> Markup:
        """The name of the element in the language of the page."""
        return self._spec.label


def spec_of(node: Node) -> Spec:
    """The place of a node in its format."""
    return node._spec  # noqa: SLF001 - underscored so that no template can reach it


def above(node: Node) -> Node | None:
    """The element around a node."""
    return node._above  # noqa: SLF001


def fields_of(node: Node | Nothing) -> list[Field]:
    """Every text at or below a node, in document order."""
    if not isinstance(node, Node):
        return []
    return node._fields[node._first : node._last]  # noqa: SLF001


def unprinted(node: Node | Nothing) -> list[Field]:
    """The texts below a node that no page has shown so far."""
    return [field for field in fields_of(node) if not field.printed]


def outside(node: Node, apart: Iterable[Node | Nothing]) -> Iterator[Field]:
    """The texts below a node that are in none of the nodes ``apart``, which are given in document order."""
    place = node._first  # noqa: SLF001
    for inner in apart:
        if isinstance(inner, Node):
            yield from node._fields[place : inner._first]  # noqa: SLF001
            place = max(place, inner._last)  # noqa: SLF001
    yield from node._fields[place : node._last]  # noqa: SLF001


def read(element: etree._Element, spec: Spec, parent: Node | None = None, fields: list[Field] | None = None) -> Node:
    """The tree below an element; its texts, in document order, are in one list that all nodes share."""
    fields = [] if fields is None else fields
    node = Node(spec, parent, fields)
    if element.attrib:
        _attributes(element, spec, node, fields)
    below, found = spec.below, node.__dict__
    for child in element:
        tag = child.tag
        known = below.get(tag)
        if known is None:
            known = _unknown(child, spec)
            if known is None:
                _stray(child.tail, spec, node, fields)
                continue
        if not len(child) and known.leaf and not child.attrib:
            value: Field | Node = Field(child.text or "", known, node)
            fields.append(value)  # type: ignore[arg-type]
        else:
            value = _inside(child, known, node, fields)
        if known.repeats:
            if known.name in found:
                found[known.name].append(value)
            else:
                found[known.name] = [value]
        elif known.known and known.name not in found:
            found[known.name] = value
        tail = child.tail
        if tail and not tail.isspace():
            _stray(tail, spec, node, fields)
    _stray(element.text, spec, node, fields)
    node._last = len(fields)  # noqa: SLF001
    return node


def _inside(child: etree._Element, spec: Spec, node: Node, fields: list[Field]) -> Field | Node:
    """An element that is no plain leaf: one with children, with attributes, with comments, or an empty one."""
    if any(isinstance(below.tag, str) for below in child) or not (spec.leaf or not spec.known):
        return read(child, spec, node, fields)
    field = Field(all_text(child), spec, node)
    if child.attrib:
        _attributes(child, spec, node, fields)
    fields.append(field)
    return field


def _unknown(child: etree._Element, spec: Spec) -> Spec | None:
    """The place of an element the format does not have here (or qualifies wrongly); None for a comment."""
    if not isinstance(child.tag, str):
        return None
    name = local(child)
    return spec.below.get(name) or spec.foreign(name)


def _attributes(element: etree._Element, spec: Spec, node: Node, fields: list[Field]) -> None:
    for name, value in element.attrib.items():
        bare = str(name).rpartition("}")[2]
        if "XMLSchema-instance" not in str(name):
            known = spec.below.get("@" + bare)
            field = Field(str(value), known or spec.foreign(bare), node)
            fields.append(field)
            if known:
                node.__dict__[bare] = field


def _stray(text: str | None, spec: Spec, node: Node, fields: list[Field]) -> None:
    """Text between elements, where the format has none."""
    if text and not text.isspace():
        fields.append(Field(text.strip(), spec.stray, node))


def join(*parts: Field | Nothing | Node | str, between: str = "") -> Joined:
    """Values and words as one text; a value that is absent leaves no gap."""
    fields = [part for part in parts if isinstance(part, Field)]
    said = [part.text if isinstance(part, Field) else escape(part) for part in parts if part]
    return Joined(Markup(between).join(text for text in said if text), fields)
