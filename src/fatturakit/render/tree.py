"""A document as templates see it: the names of the schema, and every value knows whether it was printed.

``body.DatiGenerali.DatiGeneraliDocumento.Numero`` is a ``Field``. Writing it on a page marks it; whatever no template
has written is found by ``unprinted`` and goes to the last block of the page. So no theme, ours or anybody's, can lose
a text of the XML: completeness does not depend on templates being complete.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Any, Final

from markupsafe import Markup

from ._compiled.places import NAMES
from .output import marked
from .plan import Spec


class Nothing(tuple[Any, ...]):
    """What is not there: false, empty, and so is everything below it."""

    __slots__ = ()
    raw = text = ""
    mark = meaning = official = Markup()

    def __getattr__(self, name: str) -> Nothing:
        return self

    def __html__(self) -> str:
        return ""

    __str__ = __html__


NOTHING: Final = Nothing()
_Absent: Any = type("_Absent", (), {"__slots__": (), **dict.fromkeys(NAMES, NOTHING)})
"""What answers every name of every format with nothing. A ``__getattr__`` would slow down all that is there."""


class Field(_Absent):  # type: ignore[misc]
    """One text of the XML. raw: as written; spec: its place; printed: on a page already.

    It does not know the element around it: nothing here points back, so a page is gone when it is let go. Whoever makes
    one sets all three: a call of ``__init__`` for every text of a document would take longer than making it.
    """

    __slots__ = ("printed", "raw", "spec")
    printed: bool
    raw: str
    spec: Spec

    def __html__(self) -> str:
        self.printed = True
        return self.spec.html(self.raw)

    __str__ = __html__

    def __iter__(self) -> Iterator[Field]:
        """Itself: older formats have one where the current one may have many."""
        yield self

    @property
    def text(self) -> str:
        """The value as HTML, without counting as printed."""
        return self.spec.html(self.raw)

    @property
    def mark(self) -> Markup:
        """The value alone, printed; a code without its meaning."""
        self.printed = True
        return marked(self.spec.bare(self.raw))

    @property
    def meaning(self) -> Markup:
        """What a code stands for; empty for other values."""
        return self.spec.meaning(self.raw)

    @property
    def official(self) -> Markup:
        """As the official sheet writes it: the value in bold, the meaning of a code in brackets."""
        self.printed = True
        return self.spec.officially(self.raw)

    @property
    def label(self) -> Markup:
        """The name of the field in the language of the page."""
        return self.spec.label


def field(raw: str, spec: Spec) -> Field:
    """A text at its place."""
    made = Field()
    made.raw, made.spec, made.printed = raw, spec, False
    return made


class Joined:
    """Several texts shown as one, an address for instance; printing it prints them all."""

    __slots__ = ("_said", "fields", "html")

    def __init__(self, html: str, fields: Iterable[Field]) -> None:
        self.html = html
        self.fields = fields
        self._said = False

    def __html__(self) -> str:
        for field in self.fields if not self._said else ():  # said of many lines it still names each field once
            field.printed = True
        self._said = True
        return self.html

    __str__ = __html__

    def __bool__(self) -> bool:
        return self.html != ""

    @property
    def official(self) -> Markup:
        """In bold, as the official sheet writes values."""
        return marked(f"<b>{self.__html__()}</b>")

    @property
    def plain(self) -> str:
        """The bare text, printing nothing: for titles."""
        return marked(self.html).unescape() if "&" in self.html else self.html


class Node(_Absent):  # type: ignore[misc]
    """An element with children: those the format knows are attributes, a list where they may repeat.

    Every place has a class of its own (``kind_of``), which knows its place.
    """

    raw = text = ""
    mark = meaning = official = Markup()
    before: tuple[Joined, ...] = ()
    notes: tuple[Joined, ...] = ()
    discounts: list[Joined] | tuple[()] = ()

    _nodes: list[Node] | tuple[()] = ()
    _spec: Spec

    def __init__(self, fields: list[Field]) -> None:
        self._fields = fields
        self._first = self._last = len(fields)

    def __iter__(self) -> Iterator[Node]:
        """Itself: older formats have one where the current one may have many."""
        yield self

    def __html__(self) -> str:
        return ""

    __str__ = __html__

    @property
    def label(self) -> Markup:
        """The name of the element in the language of the page."""
        return self._spec.label


def kind_of(spec: Spec) -> type[Node]:
    """The class of the nodes of a place, made when the first one is met."""
    if spec.kind is None:
        spec.kind = type("Node", (Node,), {"_spec": spec})
    return spec.kind


class Many(list[Any]):
    """Elements that may repeat; asked for a value, the first one answers (older formats have many where one is)."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self[0], name)


def children_of(node: Any) -> dict[str, Any]:
    """The children of a node by name, of the first where there are many."""
    found = node[0] if type(node) is Many else node
    return found.__dict__ if isinstance(found, Node) else {}


def spec_of(node: Node) -> Spec:
    """The place of a node in its format."""
    return node._spec  # noqa: SLF001 - underscored so that no template can reach it


def around(node: Node, place: int) -> tuple[list[Node], int]:
    """The elements around the text at ``place``, from ``node`` inwards, and where the last one's own texts end."""
    path, end = [node], node._last  # noqa: SLF001
    while inner := node._nodes:  # noqa: SLF001
        after = bisect_right(inner, place, key=_start) if len(inner) > 1 else int(inner[0]._first <= place)  # noqa: SLF001
        if after < len(inner):
            end = min(end, inner[after]._first)  # noqa: SLF001
        if not after or place >= inner[after - 1]._last:  # noqa: SLF001
            break
        node = inner[after - 1]
        path.append(node)
        end = node._last  # noqa: SLF001
    return path, end


def _start(node: Node) -> int:
    return node._first  # noqa: SLF001


def fields_of(node: Node | Nothing) -> list[Field]:
    """Every text at or below a node, in document order."""
    if not isinstance(node, Node):
        return []
    return node._fields[node._first : node._last]  # noqa: SLF001


def unprinted(node: Node | Nothing) -> list[tuple[int, Field]]:
    """The texts below a node that no page has shown so far, with their places."""
    if not isinstance(node, Node):
        return []
    first = node._first  # noqa: SLF001
    here = node._fields[first : node._last]  # noqa: SLF001
    return [(place, field) for place, field in enumerate(here, first) if not field.printed]


def outside(node: Node, apart: Iterable[Node | Nothing]) -> Iterator[Field]:
    """The texts below a node that are in none of the nodes ``apart``, which are given in document order."""
    place = node._first  # noqa: SLF001
    for inner in apart:
        if isinstance(inner, Node):
            yield from node._fields[place : inner._first]  # noqa: SLF001
            place = max(place, inner._last)  # noqa: SLF001
    yield from node._fields[place : node._last]  # noqa: SLF001


def join(*parts: Field | Nothing | Node, between: str = "") -> Joined:
    """Values as one text; one that is absent or empty leaves no gap."""
    fields = [part for part in parts if isinstance(part, Field)]
    return Joined(between.join([field.text for field in fields if field.raw]), fields)
