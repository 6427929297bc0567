"""Records as data: which elements in which order from which columns, compiled into one fast function per record.

The parts of a record that repeat (all but numbers, days and keys) become a template with gaps, made once for every
different combination of cells (up to ``TEMPLATES``); a row then costs one look-up and the filling of the gaps.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final, NamedTuple, Union

from ..texts import Text
from .kinds import Doubt, Kind
from .ledger.cells import some_of
from .ledger.troubles import Troubles

KEPT: Final = 1_024
TEMPLATES: Final = 2_048
GAP: Final = "%s"
OPEN: Final = "\0"
"""A gap in a frame: the one character no XML can have."""
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


class Known(NamedTuple):
    """An element whose text is made elsewhere and is right as it is, in a column of its own."""

    element: str
    column: str


Shape = Union[Field, Group, Raw, Known]  # noqa: UP007 - recursive


class Step(NamedTuple):
    """A piece of a record, the columns it looks at, and how it looks with a gap for its text.

    still: the text of a piece that never changes.
    """

    write: Write
    columns: tuple[str, ...]
    frame: str = OPEN
    still: str = ""


class Record:
    """A shape compiled for the columns of a table; ``write`` makes the XML of a row.

    repeating: columns whose values repeat. What is wrong with a cell goes to ``troubles``.
    """

    def __init__(
        self, shapes: Sequence[Shape], columns: Sequence[str], troubles: Troubles, repeating: Collection[str] = ()
    ) -> None:
        places = {name: place for place, name in enumerate(columns)}
        self._steps = _steps(shapes, places, troubles)
        self._still = [bool(repeating) and set(step.columns) <= set(repeating) for step in self._steps]
        moving = zip(self._steps, self._still, strict=True)
        self._gaps = [step.write for step, still in moving if not still]
        self._key = some_of(columns, [name for name in repeating if name in places])
        self._templates: dict[Any, str] = {}
        self._names: dict[tuple[str, ...], list[str]] = {}
        self._troubles = troubles

    def write(self, cells: Cells) -> str:
        """The XML of a row."""
        key = self._key(cells)
        template = self._templates.get(key)
        if template is None:
            before = self._troubles.said
            template = self.template(cells)
            if len(self._templates) >= TEMPLATES:
                self._templates.clear()
            if self._troubles.said == before:
                self._templates[key] = template
        return template % tuple([gap(cells) for gap in self._gaps])

    def frame(self, cells: Cells, gaps: Mapping[str, str]) -> tuple[str, ...]:
        """What stands between the gaps that a row has in the columns ``gaps``: as many pieces and one more.

        The value of a column in ``gaps`` is how its gap looks; "" stands for the one of its shape.
        """
        found = zip(self._steps, self._named(gaps), strict=True)
        return tuple(
            "".join([gaps[name] or step.frame if name else step.write(cells) for step, name in found]).split(OPEN)
        )

    def order(self, gaps: Collection[str]) -> tuple[str, ...]:
        """The columns whose texts fill the gaps of ``frame``, in order."""
        return tuple(filter(None, self._named(gaps)))

    def _named(self, gaps: Collection[str]) -> list[str]:
        """For every piece the first of its columns that is in ``gaps``, "" when none is."""
        key = tuple(gaps)
        if key not in self._names:
            self._names[key] = [next((name for name in step.columns if name in gaps), "") for step in self._steps]
        return self._names[key]

    def template(self, cells: Cells) -> str:
        """The repeating parts of a row as XML, with gaps."""
        steps = zip(self._steps, self._still, strict=True)
        return "".join([step.write(cells).replace("%", "%%") if still else GAP for step, still in steps])

    def gaps(self, cells: Cells) -> tuple[str, ...]:
        """What fills the gaps."""
        return tuple([gap(cells) for gap in self._gaps])


def compiled(shapes: Sequence[Shape], columns: Sequence[str], troubles: Troubles) -> Write:
    """The function that writes a row of ``columns``, for tables of few rows."""
    steps = [step.write for step in _steps(shapes, {name: place for place, name in enumerate(columns)}, troubles)]

    def write(cells: Cells) -> str:
        return "".join([step(cells) for step in steps])

    return write


def _steps(shapes: Sequence[Shape], places: dict[str, int], troubles: Troubles) -> list[Step]:
    steps: list[Step] = []
    for shape in shapes:
        if isinstance(shape, Field):
            steps += _field(shape, places, troubles)
        elif isinstance(shape, Raw):
            steps.append(Step(itemgetter(places[shape.column]), (shape.column,)))
        elif isinstance(shape, Known):
            steps.append(_known(shape, places[shape.column]))
        else:
            steps += _group(shape, places, troubles)
    return _merged(steps)


def _merged(steps: list[Step]) -> list[Step]:
    """The same with pieces that never change made one where they meet."""
    merged: list[Step] = []
    for step in steps:
        if merged and merged[-1].still and step.still:
            merged[-1] = _constant(merged[-1].still + step.still)
        else:
            merged.append(step)
    return merged


def _group(group: Group, places: dict[str, int], troubles: Troubles) -> list[Step]:
    steps = _steps(group.members, places, troubles)
    opening, closing = f"<{group.element}>", f"</{group.element}>"
    if group.required:
        return [_constant(opening), *steps, _constant(closing)]
    watched = [places[name] for name in columns_of(group) if name in places]
    if not watched:
        return []
    inner = [step.write for step in steps]

    def write(cells: Cells) -> str:
        for place in watched:
            if cells[place]:
                return opening + "".join([step(cells) for step in inner]) + closing
        return ""

    return [Step(write, tuple(name for step in steps for name in step.columns))]


def columns_of(group: Group) -> list[str]:
    """The columns that make a group be there."""
    found: list[str] = []
    for member in group.members:
        found += columns_of(member) if isinstance(member, Group) else [member.column]
    return found


def _known(shape: Known, place: int) -> Step:
    opening, closing = f"<{shape.element}>", f"</{shape.element}>"
    return Step(lambda cells: opening + cells[place] + closing, (shape.column,), opening + OPEN + closing)


def _constant(text: str) -> Step:
    return Step(lambda cells: text, (), still=text)


def _field(field: Field, places: dict[str, int], troubles: Troubles) -> list[Step]:
    instead = _instead(field, places, troubles)
    if field.column not in places:
        return [instead] if instead else []
    place = places[field.column]
    cache: dict[str, str] = {}
    known = cache.get
    opening, closing = f"<{field.element}>", f"</{field.element}>"
    stand_in = instead.write if instead else None
    if stand_in is None:
        cache[""] = ""

    def write(cells: Cells) -> str:
        raw = cells[place]
        found = known(raw)
        return made(raw, cells) if found is None else found

    def made(raw: str, cells: Cells) -> str:
        if not raw or raw.isspace():
            return stand_in(cells) if stand_in else ""
        try:
            fragment = opening + field.kind(raw) + closing
        except Doubt as doubt:
            troubles.doubt(doubt, field.column)
            return opening + doubt.value + closing
        if len(cache) >= KEPT:
            cache.clear()
        cache[raw] = fragment
        return fragment

    return [Step(write, (field.column, *(instead.columns if instead else ())), opening + OPEN + closing)]


def _instead(field: Field, places: dict[str, int], troubles: Troubles) -> Step | None:
    """What stands for an empty cell: another column, a constant, or a complaint."""
    if field.fallback in places:
        other = field._replace(column=field.fallback, fallback="")
        return _field(other, places, troubles)[0]
    if field.default:
        return _constant(f"<{field.element}>{field.default}</{field.element}>")
    if not field.required:
        return None

    def complain(cells: Cells) -> str:
        troubles.error("SL003", _EMPTY, _EMPTY_FIX, field.column, element=field.element, name=field.column)
        return ""

    return Step(complain, ())


_EMPTY: Final = Text(
    "{name} è vuoto: {element} è obbligatorio.",
    "{name} is empty: {element} is mandatory.",
    "{name} está vazio: {element} é obrigatório.",
)
_EMPTY_FIX: Final = Text("Scrivi un valore in {name}.", "Write a value into {name}.", "Escreva um valor em {name}.")
