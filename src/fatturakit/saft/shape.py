"""Records as data: which elements in which order from which columns, compiled into one fast function per record.

A fragment is made once for every different value of a column (up to ``KEPT``), so a line of an invoice costs one
look-up an element.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, Union

from ..texts import Text
from .kinds import Doubt, Kind
from .ledger.troubles import Troubles

KEPT: Final = 1_024
Cells = list[str]
Write = Callable[[Cells], str]


class Field(NamedTuple):
    """An element from a column. default: its value when the cell is empty; fallback: the column that stands in."""

    element: str
    column: str
    kind: Kind
    required: bool = False
    default: str = ""
    fallback: str = ""


class Group(NamedTuple):
    """An element around others; one that is not required is left out when all its columns are empty."""

    element: str
    members: Sequence[Shape]
    required: bool = False


class Raw(NamedTuple):
    """XML made elsewhere, in a column of its own."""

    column: str


Shape = Union[Field, Group, Raw]  # noqa: UP007 - recursive


def compiled(shapes: Sequence[Shape], columns: Sequence[str], troubles: Troubles) -> Write:
    """The function that writes a row of ``columns``; what is wrong goes to ``troubles``."""
    steps = _steps(shapes, {name: place for place, name in enumerate(columns)}, troubles)

    def write(cells: Cells) -> str:
        return "".join([step(cells) for step in steps])

    return write


def _steps(shapes: Sequence[Shape], places: dict[str, int], troubles: Troubles) -> list[Write]:
    steps: list[Write] = []
    for shape in shapes:
        if isinstance(shape, Field):
            steps += _field(shape, places, troubles)
        elif isinstance(shape, Raw):
            steps.append(_raw(places[shape.column]))
        else:
            steps += _group(shape, places, troubles)
    return steps


def _raw(place: int) -> Write:
    return lambda cells: cells[place]


def _group(group: Group, places: dict[str, int], troubles: Troubles) -> list[Write]:
    inner = _steps(group.members, places, troubles)
    opening, closing = f"<{group.element}>", f"</{group.element}>"
    if group.required:
        return [_constant(opening), *inner, _constant(closing)]
    watched = [places[name] for name in columns_of(group) if name in places]
    if not watched:
        return []

    def write(cells: Cells) -> str:
        for place in watched:
            if cells[place]:
                return opening + "".join([step(cells) for step in inner]) + closing
        return ""

    return [write]


def columns_of(group: Group) -> list[str]:
    """The columns that make a group be there."""
    found: list[str] = []
    for member in group.members:
        found += columns_of(member) if isinstance(member, Group) else [member.column]
    return found


def _constant(text: str) -> Write:
    return lambda cells: text


def _field(field: Field, places: dict[str, int], troubles: Troubles) -> list[Write]:
    instead = _instead(field, places, troubles)
    if field.column not in places:
        return [instead] if instead else []
    place, cache = places[field.column], {}  # type: ignore[var-annotated]
    known = cache.get
    opening, closing = f"<{field.element}>", f"</{field.element}>"

    def write(cells: Cells) -> str:
        raw = cells[place]
        found: str | None = known(raw)
        return made(raw, cells) if found is None else found

    def made(raw: str, cells: Cells) -> str:
        if not raw or raw.isspace():
            return instead(cells) if instead else ""
        try:
            fragment = opening + field.kind(raw) + closing
        except Doubt as doubt:
            said = doubt.args_
            troubles.add(doubt.code, doubt.severity, doubt.message, doubt.fix, field.column, **said)
            return opening + doubt.value + closing
        if len(cache) >= KEPT:
            cache.clear()
        cache[raw] = fragment
        return fragment

    return [write]


def _instead(field: Field, places: dict[str, int], troubles: Troubles) -> Write | None:
    """What stands for an empty cell: another column, a constant, or a complaint."""
    if field.fallback in places:
        other = field._replace(column=field.fallback, fallback="")
        return _field(other, places, troubles)[0]
    if field.default:
        return _constant(f"<{field.element}>{field.default}</{field.element}>")
    if not field.required:
        return None

    def complain(cells: Cells) -> str:
        troubles.error("SL003", _EMPTY, _EMPTY_FIX, field.column, element=field.element, column=field.column)
        return ""

    return complain


_EMPTY: Final = Text("{column} è vuoto: {element} è obbligatorio.", "{column} is empty: {element} is mandatory.")
_EMPTY_FIX: Final = Text("Scrivi un valore in {column}.", "Write a value into {column}.")
