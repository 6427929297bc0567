"""What a field or a code of the format is, found by number, name, path, label or code.

>>> answer = look_up("2.2.1.14")
>>> answer.places[0].element.path.rpartition("/")[2], len(answer.namesakes) > 1
('Natura', True)
>>> [name for name, _ in look_up("td17").meanings]
['TipoDocumento']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from ..errors import UsageError
from ..schema.codes import Code, code_list, code_lists
from ..schema.table import Element, table, tables
from ..texts import Text

_CURRENT: Final = ("ordinary-1.2.3", "simplified-1.0.2")
FORMATS: Final = {
    "ordinary-1.2.3": Text("FPA12, FPR12", "FPA12, FPR12"),
    "simplified-1.0.2": Text("FSM10", "FSM10"),
    "ordinary-1.1": Text("formato 1.1", "format 1.1"),
    "ordinary-1.0": Text("formato 1.0", "format 1.0"),
    "messages-pa-1.1": Text("messaggi PA", "messages, public administration"),
    "messages-private-1.0": Text("messaggi privati", "messages, private"),
}
_PREFIX: Final = re.compile(r"(?<![^/])[\w-]+:|\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Place:
    """An element and the table it stands in."""

    table: str
    element: Element


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found. places: the fields asked for, or those that take the code; namesakes: others of their name;
    meanings: the lists that have the code, with its entry (none for a field)."""

    word: str
    places: tuple[Place, ...]
    namesakes: tuple[Place, ...] = ()
    meanings: tuple[tuple[str, Code], ...] = ()


def look_up(word: str) -> Answer:
    """The fields or the code that ``word`` names; ``UsageError`` with the nearest names when there is none."""
    wanted = _PREFIX.sub("", word.strip().strip("<>")).lower()
    if places := _fields(wanted):
        names = {place.element.name for place in places}
        others = (place for place in _all(_CURRENT) if place.element.name in names and place not in places)
        return Answer(word, places, tuple(others))
    if meanings := tuple(_codes(wanted)):
        return Answer(meanings[0][1].code, _typed(meanings), meanings=meanings)
    raise UsageError(_UNKNOWN, word=word, nearest=", ".join(nearest(wanted)))


def nearest(word: str) -> list[str]:
    """The three names, numbers or codes most like ``word``."""
    pool = {name.lower(): name for name in _names()}
    return [pool[name] for name in get_close_matches(word.lower(), pool, n=3, cutoff=0)]


def _fields(wanted: str) -> tuple[Place, ...]:
    for names in (_CURRENT, tables()[len(_CURRENT) :]):
        for matches in (_by_number, _by_path, _by_label):
            if found := tuple(place for place in _all(names) if matches(place.element, wanted)):
                return found
    return ()


def _by_number(element: Element, wanted: str) -> bool:
    return element.field == wanted and wanted != ""


def _by_path(element: Element, wanted: str) -> bool:
    path = element.path.lower().replace("/@", "/")  # an attribute is asked for like an element
    wanted = wanted.replace("@", "").strip("/")
    return wanted != "" and path.endswith("/" + wanted)


def _by_label(element: Element, wanted: str) -> bool:
    return wanted in {element.it.lower(), element.en.lower()}


def _all(names: tuple[str, ...]) -> Iterator[Place]:
    return (Place(name, element) for name in names for element in table(name))


def _codes(wanted: str) -> Iterator[tuple[str, Code]]:
    for name in code_lists():
        entry = code_list(name).get(wanted.upper())
        if entry:
            yield name, entry


def _typed(meanings: tuple[tuple[str, Code], ...]) -> tuple[Place, ...]:
    """The fields that take a code: those of the current formats, else of any."""
    return tuple(_taking(meanings, _CURRENT)) or tuple(_taking(meanings, tables()))


def _taking(meanings: tuple[tuple[str, Code], ...], names: tuple[str, ...]) -> Iterator[Place]:
    wanted = {(name, entry.code) for name, entry in meanings}
    for place in _all(names):
        kind = place.element.type
        if kind and any((place.element.type_name, code) in wanted for code in kind.enumeration):
            yield place


def _names() -> Iterator[str]:
    for place in _all(_CURRENT):
        yield place.element.name
        if place.element.field:
            yield place.element.field
    for name in code_lists():
        yield from (entry.code for entry in code_list(name))


_UNKNOWN: Final = Text(
    "«{word}» non è un campo, un codice o un file. Forse: {nearest}.",
    "“{word}” is no field, code or file. Did you mean: {nearest}?",
)
