"""The element table: what may stand where in an invoice or an SdI message, its type, SdI field number and labels.

The facts come from schemas/*.xsd, compiled by tools/compile_tables.py into literal modules. A table is read on first
use and kept; nothing here parses an XSD.

>>> element = table("ordinary-1.2.3").by_field("2.1.1.4")[0]
>>> element.name, element.en, element.type.patterns
('Numero', 'Number', ('\\\\p{IsBasicLatin}{1,20}',))
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Literal

Kind = Literal["complex", "simple", "attribute"]

_NAMES = (
    "ordinary-1.2.3",
    "simplified-1.0.2",
    "ordinary-1.1",
    "ordinary-1.0",
    "messages-pa-1.1",
    "messages-private-1.0",
)


@dataclass(frozen=True, slots=True)
class SimpleType:
    """The lexical facts of a value: the built-in type it restricts and the facets, in XSD notation.

    `patterns` must all match; `white_space` is the effective rule (preserve, replace or collapse), applied before
    every other facet. Bounds are text because they may be numbers or dates.
    """

    name: str
    base: str
    patterns: tuple[str, ...]
    enumeration: tuple[str, ...]
    length: int | None
    min_length: int | None
    max_length: int | None
    min_inclusive: str | None
    max_inclusive: str | None
    total_digits: int | None
    white_space: str


@dataclass(frozen=True, slots=True)
class Element:
    """One place in a document: an element, or an attribute when `kind` says so.

    `path` joins local names from the root ("/FatturaElettronica/…/Numero", attributes as "/…/@versione"); `field` is
    the SdI number or "". `max` None is unbounded. `choice` is (group, alternative): of a group one alternative is used,
    and `min` counts within it. `order` is the place among the siblings of the same kind, attributes apart.
    """

    path: str
    name: str
    min: int
    max: int | None
    kind: Kind
    type: SimpleType | None
    type_name: str
    field: str
    it: str
    en: str
    choice: tuple[str, int] | None
    order: int
    default: str | None
    fixed: str | None

    @property
    def repeats(self) -> bool:
        """Whether the element may occur more than once under one parent."""
        return self.max is None or self.max > 1

    @property
    def parent(self) -> str:
        """The path of the element above, "" for a root."""
        return self.path.rpartition("/")[0]


class ElementTable:
    """All the places of one format, in document order, each parent before its children.

    Roots are included. The content of ds:Signature is not: it is one complex row.
    """

    def __init__(self, source: ModuleType) -> None:
        """Read the literals of a generated module."""
        self.name: str = source.NAME
        self.version: str = source.VERSION
        self.namespace: str = source.NAMESPACE
        self.root: tuple[str, ...] = source.ROOT
        self.types: dict[str, SimpleType] = {row[0]: SimpleType(*row) for row in source.TYPES}
        rows = ((*row[:5], self.types.get(row[5]), *row[5:]) for row in source.ROWS)
        self._by_path: dict[str, Element] = {row[0]: Element(*row) for row in rows}
        self._below = self._index("parent")
        self._by_field = self._index("field")
        self._by_name = self._index("name")

    def _index(self, attribute: str) -> dict[str, tuple[Element, ...]]:
        groups: dict[str, list[Element]] = {}
        for element in self._by_path.values():
            groups.setdefault(getattr(element, attribute), []).append(element)
        return {key: tuple(elements) for key, elements in groups.items()}

    def get(self, path: str) -> Element | None:
        """The element at a path, None when the format has no such place."""
        return self._by_path.get(path)

    def children(self, path: str) -> tuple[Element, ...]:
        """The elements directly below a path in schema order, without attributes; "" gives the roots."""
        return tuple(element for element in self._below.get(path, ()) if element.kind != "attribute")

    def attributes(self, path: str) -> tuple[Element, ...]:
        """The attributes of the element at a path."""
        return tuple(element for element in self._below.get(path, ()) if element.kind == "attribute")

    def by_field(self, number: str) -> tuple[Element, ...]:
        """The elements with an SdI field number; an ordinary number names one."""
        return self._by_field.get(number, ()) if number else ()

    def by_name(self, name: str) -> tuple[Element, ...]:
        """The elements and attributes with a local name, wherever they stand."""
        return self._by_name.get(name, ())

    def __iter__(self) -> Iterator[Element]:
        """Walk all rows in document order."""
        return iter(self._by_path.values())

    def __len__(self) -> int:
        """Count the rows."""
        return len(self._by_path)

    def __contains__(self, path: object) -> bool:
        """Tell whether the format has a place with this path."""
        return path in self._by_path

    def __repr__(self) -> str:
        """Name the table."""
        return f"<ElementTable {self.name}: {len(self)} rows>"


@cache
def table(name: str) -> ElementTable:
    """The table of a format; KeyError when there is none of that name (see tables())."""
    if name not in _NAMES:
        raise KeyError(name)
    module = name.replace("-", "_").replace(".", "_")
    return ElementTable(import_module(f"fatturakit.schema._tables.{module}"))


def tables() -> tuple[str, ...]:
    """The names of all tables, the current invoice formats first."""
    return _NAMES
