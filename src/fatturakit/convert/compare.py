"""Two documents compared by meaning: which fields differ, were added or removed.

Prefixes, attributes, comments and white space at the ends of a value do not count; 1.00 and 1.0 are one number, and the
offset of a moment is worked out. Repeated elements are compared by position; lines of an invoice by their number, so
that one line put in does not make all the others differ.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Final, NamedTuple

from lxml import etree

from ..document import Document
from ..schema.table import Element, ElementTable, table
from ..xmlio import local, text

_NUMBERED: Final = {"DettaglioLinee": "NumeroLinea"}
_SIGNATURE: Final = "Signature"


class Difference(NamedTuple):
    """One field that is not the same: where, its SdI number, its labels, both texts.

    path: names of the schema, which of several in brackets; first, second: None where absent.
    """

    path: str
    field: str
    it: str
    en: str
    first: str | None
    second: str | None

    def to_dict(self) -> dict[str, str | None]:
        """The row of ``fatturakit/diff@1``."""
        return self._asdict()


def differences(first: Document, second: Document, *, exact: bool = False) -> list[Difference]:
    """The fields in which two documents differ, in document order; [] when they mean the same.

    ``exact`` compares values as they are written.
    """
    profile = first.profile or second.profile
    comparison = _Comparison(table(profile.name) if profile else None, exact=exact)
    return list(comparison.roots(first.root, second.root))


class _Comparison:
    def __init__(self, rows: ElementTable | None, *, exact: bool) -> None:
        self.rows = rows
        self.exact = exact

    def roots(self, first: etree._Element, second: etree._Element) -> Iterator[Difference]:
        name = local(first)
        if name != local(second):
            yield self._row("", "", name, local(second))
            return
        yield from self._children(first, second, f"/{name}", f"/{name}")

    def _children(self, first: etree._Element, second: etree._Element, path: str, plain: str) -> Iterator[Difference]:
        """path: as shown, with numbers; plain: as the element table spells it."""
        mine, theirs = _by_name(first), _by_name(second)
        for name in self._ordered(mine, theirs, plain):
            row = self.rows.get(f"{plain}/{name}") if self.rows else None
            pairs = _aligned(name, mine.get(name, []), theirs.get(name, []))
            numbered = len(pairs) > 1 or bool(row and row.repeats)
            for which, one, other in pairs:
                shown = f"{path}/{name}[{which}]" if numbered else f"{path}/{name}"
                yield from self._element(one, other, shown, f"{plain}/{name}")

    def _ordered(self, mine: dict[str, _Elements], theirs: dict[str, _Elements], plain: str) -> list[str]:
        """The names on either side: those of the schema in its order, then the others as they come."""
        known = [row.name for row in self.rows.children(plain)] if self.rows else []
        met = dict.fromkeys([*mine, *theirs])
        return [name for name in known if name in met] + [name for name in met if name not in known]

    def _element(
        self, one: etree._Element | None, other: etree._Element | None, path: str, plain: str
    ) -> Iterator[Difference]:
        if any(side is not None and _has_children(side) for side in (one, other)):
            yield from self._children(_or_empty(one), _or_empty(other), path, plain)
            if one is None or other is None:
                return
        said, answered = _value(one), _value(other)
        row = self.rows.get(plain) if self.rows else None
        if said is None or answered is None or not self._same(said, answered, row):
            yield self._row(path, plain, said, answered)

    def _same(self, one: str, other: str, row: Element | None) -> bool:
        if self.exact or one == other:
            return one == other
        base = row.type.base if row and row.type else ""
        meaning = next((found for ending, found in _MEANINGS if base.endswith(ending)), _words)
        return meaning(one) == meaning(other)

    def _row(self, path: str, plain: str, one: str | None, other: str | None) -> Difference:
        row = self.rows.get(plain) if self.rows else None
        labels = (row.field, row.it, row.en) if row else ("", "", "")
        return Difference(path or "/", *labels, one, other)


_Elements = list[etree._Element]  # noqa: SLF001 - lxml calls its class so
_Pairs = list[tuple[str, etree._Element | None, etree._Element | None]]  # noqa: SLF001


def _by_name(element: etree._Element) -> dict[str, _Elements]:
    found: dict[str, _Elements] = {}
    for child in element.iterchildren(tag=etree.Element):
        if local(child) != _SIGNATURE:
            found.setdefault(local(child), []).append(child)
    return found


def _aligned(name: str, mine: _Elements, theirs: _Elements) -> _Pairs:
    """Which goes with which: by number where elements have one of their own, else by position."""
    key = _NUMBERED.get(name)
    numbers = [[_number(child, key) for child in side] for side in (mine, theirs)] if key else []
    if key and all(len(set(side)) == len(side) and None not in side for side in numbers):
        ours, partner = (
            dict(zip(side, found, strict=True)) for side, found in zip(numbers, (mine, theirs), strict=True)
        )
        return [(f"{key}={number}", ours.get(number), partner.get(number)) for number in ours | partner]
    most = max(len(mine), len(theirs))
    return [(str(place + 1), _at(mine, place), _at(theirs, place)) for place in range(most)]


def _number(element: etree._Element, key: str) -> object:
    found = next(element.iterchildren(key), None)
    return None if found is None else _decimal(text(found))


def _at(elements: _Elements, place: int) -> etree._Element | None:
    return elements[place] if place < len(elements) else None


def _has_children(element: etree._Element) -> bool:
    return next(element.iterchildren(tag=etree.Element), None) is not None


def _or_empty(element: etree._Element | None) -> etree._Element:
    return etree.Element("none") if element is None else element


def _value(element: etree._Element | None) -> str | None:
    """The text of an element; of one with elements below only what stands between them, if it is not blank."""
    return None if element is None else text(element) if not _has_children(element) else text(element).strip()


def _words(value: str) -> object:
    return " ".join(value.split())


def _decimal(value: str) -> object:
    try:
        return Decimal(value.strip())
    except InvalidOperation:
        return _words(value)


def _moment(value: str) -> object:
    try:
        found = datetime.fromisoformat(value.strip())
    except ValueError:
        return _words(value)
    return found.timestamp() if found.tzinfo else found


def _bytes(value: str) -> object:
    try:
        return base64.b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError):
        return _words(value)


_MEANINGS: Final[tuple[tuple[str, Callable[[str], object]], ...]] = (
    ("decimal", _decimal),
    ("nteger", _decimal),
    ("dateTime", _moment),
    ("base64Binary", _bytes),
)
