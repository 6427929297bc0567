"""Everything no template has shown, grouped under the names of the elements it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from markupsafe import Markup

from .output import marked, quote
from .parts import address
from .speech import Words
from .tree import Field, Joined, Node, around, fields_of, join, spec_of, unprinted


class Entry(NamedTuple):
    """A label and its value, which prints it."""

    label: Markup
    value: Field | Joined


class Group(NamedTuple):
    """What stands in one element. title: empty for the element asked about itself."""

    title: Markup
    entries: list[Entry]


def groups(node: Any, words: Words) -> Iterator[Group]:
    """The unprinted texts at or below a node, in document order."""
    left = unprinted(node)
    return _grouped(node, left, words) if left else iter(())


def _grouped(node: Node, left: list[tuple[int, Field]], words: Words) -> Iterator[Group]:
    for path, runs in groupby(_runs(node, left), key=_home_of):
        entries = [entry for way, fields in runs for entry in _entries(way[-1], fields)]
        yield Group(Markup() if len(path) == 1 else _title(path, words), entries)


Run = tuple[list[Node], list[Field]]


def _runs(node: Node, left: list[tuple[int, Field]]) -> Iterator[Run]:
    """The texts that follow each other in one element, with the way to it."""
    start = 0
    while start < len(left):
        path, end = around(node, left[start][0])
        stop = start
        while stop < len(left) and left[stop][0] < end:
            stop += 1
        yield path, [field for _, field in left[start:stop]]
        start = stop


def _home_of(run: Run) -> list[Node]:
    return _home(run[0])


def _home(path: list[Node]) -> list[Node]:
    """The way to the element a value is listed under: not the small ones that only hold a number or an address."""
    end = len(path)
    while end > 1 and _is_small(path[end - 1]):
        end -= 1
    return path[:end]


def _is_small(node: Node) -> bool:
    name = spec_of(node).name
    return name in _SMALL or (name in _PLACES and len(list(address(node).fields)) == len(fields_of(node)))


_SMALL = frozenset(["IdFiscaleIVA", "IdTrasmittente", "Anagrafica", "DatiAnagrafici", "Sede", "CodiceArticolo"])
_PLACES = frozenset(["StabileOrganizzazione", "IndirizzoResa"])
"""Addresses that say themselves whose they are, when nothing but an address is in them."""


def _entries(parent: Node, fields: list[Field]) -> Iterator[Entry]:
    whole = _as_one(parent, fields)
    if whole is not None:
        yield Entry(parent.label, whole)
    else:
        for field in fields:
            yield Entry(field.spec.label, field)


def _as_one(node: Node, fields: list[Field]) -> Joined | None:
    """The values of an element that read better together."""
    made: Joined | None = None
    values: Any = node
    name = spec_of(node).name
    if name in {"IdFiscaleIVA", "IdTrasmittente"}:
        made = join(values.IdPaese, values.IdCodice)
    elif name == "Sede" or name in _PLACES:
        made = address(node)
    elif name == "Anagrafica" and not values.Denominazione:
        made = join(values.Titolo, values.Nome, values.Cognome, between=" ")
    return made if made is not None and set(map(id, made.fields)) == set(map(id, fields)) else None


def _title(path: list[Node], words: Words) -> Markup:
    """``Trasporto`` or, for one of many lines, ``Riga 3: …``."""
    line: Any = next((node for node in path if spec_of(node).name == "DettaglioLinee"), None)
    if line is None:
        return path[-1].label
    said = f"{words.row} {quote(line.NumeroLinea.raw.strip())}"
    return marked(said if line is path[-1] else f"{said}: {path[-1].label}")
