"""Everything no template has shown, grouped under the names of the elements it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from markupsafe import Markup

from .output import quote
from .parts import address
from .speech import Words
from .tree import NOTHING, Field, Joined, Node, above, join, spec_of, unprinted


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
    for parent, fields in groupby(unprinted(node), key=lambda field: _home(field.node)):
        entries = list(_entries(fields, words))
        if entries:
            yield Group(Markup() if parent is node else _title(parent, words), entries)


def _home(node: Node) -> Node:
    """The element a value is listed under: not the small ones that only hold a number or an address."""
    up = above(node)
    while up is not None and spec_of(node).name in _SMALL:
        node, up = up, above(up)
    return node


_SMALL = frozenset(["IdFiscaleIVA", "IdTrasmittente", "Anagrafica", "DatiAnagrafici", "Sede", "CodiceArticolo"])


def _entries(fields: Iterable[Field], words: Words) -> Iterator[Entry]:
    for parent, below in groupby(list(fields), key=lambda field: field.node):
        found = list(below)
        whole = _as_one(parent, found)
        if whole is not None:
            yield Entry(parent.label, whole)
        else:
            yield from (Entry(field.label, field) for field in found)


def _as_one(node: Node, fields: list[Field]) -> Joined | None:
    """The values of an element that read better together."""
    made: Joined | None = None
    if spec_of(node).name in {"IdFiscaleIVA", "IdTrasmittente"}:
        values: Any = node
        made = join(values.IdPaese, values.IdCodice)
    elif spec_of(node).name in {"Sede", "StabileOrganizzazione", "IndirizzoResa"}:
        made = address(node)
    elif spec_of(node).name == "Anagrafica":
        values = node
        made = join(values.Denominazione or NOTHING, values.Titolo, values.Nome, values.Cognome, between=" ")
    return made if made is not None and set(map(id, made.fields)) == set(map(id, fields)) else None


def _title(node: Node, words: Words) -> Markup:
    """``Trasporto`` or, for one of many lines, ``Riga 3: …``."""
    numbered: Any = node
    while numbered is not None and spec_of(numbered).name != "DettaglioLinee":
        numbered = above(numbered)
    if numbered is None:
        return node.label
    said = f"{words.row} {quote(numbered.NumeroLinea.raw.strip())}"
    return Markup(said if numbered is node else f"{said}: {node.label}")  # noqa: S704 - escaped
