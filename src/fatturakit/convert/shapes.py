"""The element table as conversion needs it: for every element its key, its kind of value, and what stands below.

Compiled once per profile and dialect from the rows of ``schema.table``; both directions read the same ``Place``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from ..schema.profiles import Profile, by_name
from ..schema.table import Element, ElementTable, table
from .dialects import DIALECTS, Dialect
from .values import DATE, DECIMAL, INTEGER, PLAIN, decoder

TEXT: Final = 0
TEXTS: Final = 1
OBJECT: Final = 2
OBJECTS: Final = 3
ODD: Final = 4
_DECIMALS: Final = re.compile(r"\\\.\[0-9\]\{(\d+)")
_STEP: Final = "  "
NEWEST: Final = "ordinary-1.2.3"


class Place:
    """One element or attribute: where it stands, what its value is, and the markup around it.

    kind: TEXT, TEXTS (repeatable), OBJECT, OBJECTS; value: how a JSON value is written (``values``); decimals: the
    fewest digits after the point its type asks for; tags and keys: what stands below, by XML tag and by JSON key.
    """

    def __init__(self, row: Element, dialect: Dialect, order: int) -> None:
        self.row = row
        self.name = row.name
        self.key = dialect.key(row.name)
        self.order = order
        self.kind = (OBJECT if row.kind == "complex" else TEXT) + (row.repeats or _repeats_today(row))
        self.value = _value(row, dialect)
        self.decimals = _decimals(row)
        self.fill((), ())
        margin = "\n" + _STEP * (row.path.count("/") - 1)
        self.open, self.close = f"{margin}<{row.name}>", f"{margin if self.is_object else ''}</{row.name}>"

    def __repr__(self) -> str:
        return f"<Place {self.row.path} as {self.key}>"

    @property
    def repeats(self) -> bool:
        """True when the value is a list."""
        return self.kind in {TEXTS, OBJECTS}

    @property
    def is_object(self) -> bool:
        """True when there are keys below."""
        return self.kind >= OBJECT

    def fill(self, attributes: tuple[Place, ...], below: tuple[Place, ...]) -> None:
        """Take what stands below."""
        self.attributes, self.below = attributes, below
        self.names = {place.name: place for place in below}
        self.tags = {place.name: _for_writing(place) for place in below}
        self.keys = {place.key: (place.order, _quickly(place), place.open, place.close, place) for place in below}


def _for_writing(place: Place) -> tuple[str, int, int, Any]:
    """What the quick walk needs: key, order, kind, and what stands below an object or reads a text (None: as it is)."""
    if place.is_object:
        return place.key, place.order, place.kind, place.tags
    read = decoder(place.value, place.decimals)
    return place.key, place.order, ODD if read and place.kind == TEXT else place.kind, read


def _quickly(place: Place) -> int:
    """The kind for the quick road of reading, which leaves dates with a time and attributes to the careful one."""
    return ODD if place.value == DATE or place.attributes else place.kind


@cache
def shape(profile_name: str, dialect_name: str, root: str) -> Place:
    """The place of a root element, complete."""
    dialect, profile = DIALECTS[dialect_name], by_name(profile_name)
    rows = table(profile_name)
    return _grown(rows.by_name(root)[0], dialect, profile, rows, 0)


def shape_of(profile: Profile, dialect: Dialect, root: str) -> Place:
    """The same by the objects."""
    return shape(profile.name, dialect.name, root)


def _grown(row: Element, dialect: Dialect, profile: Profile, rows: ElementTable, order: int) -> Place:
    place = Place(row, dialect, order)
    given = rows.attributes(row.path) if dialect.wraps(profile) else ()
    attributes = tuple(Place(attribute, dialect, -1) for attribute in given)
    children = (child for child in rows.children(row.path) if child.name != "Signature")
    below = tuple(_grown(child, dialect, profile, rows, number) for number, child in enumerate(children))
    place.fill(attributes, below)
    return place


def _repeats_today(row: Element) -> bool:
    """True for what an older format has once and today's invoice often: a dialect has one shape for all of them."""
    today = table(NEWEST).get(row.path)
    return today is not None and today.repeats


def _value(row: Element, dialect: Dialect) -> int:
    if dialect.integer(row):
        return INTEGER
    if dialect.number(row):
        return DECIMAL
    return DATE if dialect.moments and row.type is not None and row.type.base == "xs:date" else PLAIN


def _decimals(row: Element) -> int:
    found = [_DECIMALS.search(pattern) for pattern in (row.type.patterns if row.type else ())]
    return max((int(match[1]) for match in found if match), default=0)
