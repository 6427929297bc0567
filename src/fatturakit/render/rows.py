"""The lines of an invoice with what belongs to them: the documents they come from, their other data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from .parts import adjustment, consecutive, other_data, reference
from .speech import Words
from .tree import Field, Joined, Node, children_of, join

BY_DOCUMENT: Final = ("FatturaPrincipale", "DatiFatturaRettificata")
BY_LINE: Final = (
    "DatiDDT",
    "DatiOrdineAcquisto",
    "DatiContratto",
    "DatiConvenzione",
    "DatiRicezione",
    "DatiFattureCollegate",
)


_REMARKS: Final = frozenset(
    ["TipoCessionePrestazione", "DataInizioPeriodo", "DataFinePeriodo", "Ritenuta", "RiferimentoAmministrazione"]
)


def place_references(general: Any, lines: list[Any], words: Words) -> list[Joined]:
    """Put every reference where it is read; what is left for a block of its own comes back.

    One that names lines standing together goes above the first of them. One that names others is listed, and said
    again below each line it concerns.
    """
    listed: list[Joined] = []
    above: dict[int, list[Joined]] = {}
    below: dict[int, list[Joined]] = {}
    named = list(_nodes(general, BY_LINE))
    places = {line.NumeroLinea.raw.strip(): place for place, line in enumerate(lines)} if named else {}
    for node in named:
        found = [places.get(field.raw.strip(), -1) for field in node.RiferimentoNumeroLinea]
        if consecutive(found) and found[0] >= 0:
            above.setdefault(found[0], []).append(reference(node, words))
        else:
            listed.append(reference(node, words))
            if again := {place: None for place in found if place >= 0}:
                said = reference(node, words, lines=False)
                for place in again:
                    below.setdefault(place, []).append(said)
    for place, what in above.items():
        lines[place].before = (*lines[place].before, *what)
    for place, what in below.items():
        lines[place].notes = (*lines[place].notes, *what)
    return [*listed, *(reference(node, words) for node in _nodes(general, BY_DOCUMENT))]


def _nodes(general: Any, names: tuple[str, ...]) -> Iterator[Any]:
    here = children_of(general)
    return (node for name in names if name in here for node in here[name] if isinstance(node, Node))


def place_remarks(lines: list[Any], words: Words) -> None:
    """Join the discounts of a line; put what has no column below it: kind of supply, period, withholding, reference."""
    for line in lines:
        here = line.__dict__
        if "ScontoMaggiorazione" in here:
            line.discounts = [adjustment(node) for node in here["ScontoMaggiorazione"]]
        if not _REMARKS.isdisjoint(here):
            line.notes = (*line.notes, *_remarks(line, words))


def _remarks(line: Any, words: Words) -> Iterator[Joined]:
    if line.TipoCessionePrestazione:
        yield join(line.TipoCessionePrestazione)
    if line.DataInizioPeriodo or line.DataFinePeriodo:
        yield _period(line, words)
    if line.Ritenuta:
        yield _labelled(words.withheld_line, line.Ritenuta)
    if line.RiferimentoAmministrazione:
        yield _labelled(words.admin_ref, line.RiferimentoAmministrazione)


def _labelled(label: str, field: Field) -> Joined:
    return Joined(f"{label}: {field.text}", [field])


def _period(line: Any, words: Words) -> Joined:
    ends = ((words.since, line.DataInizioPeriodo), (words.until, line.DataFinePeriodo))
    said = str(words.period) + "".join(f" {label} {field.text}" for label, field in ends if field)
    return Joined(said, [field for _, field in ends if isinstance(field, Field)])


def place_other_data(lines: list[Any], words: Words, *, technical: bool) -> list[Joined]:
    """Put AltriDatiGestionali below their lines; letters of intent come back, to be seen near the totals too."""
    intents = []
    for line in lines:
        notes = []
        for node in line.__dict__.get("AltriDatiGestionali", ()):
            if isinstance(node, Node) and (said := other_data(node, words, technical=technical)):
                notes.append(said)
                if node.TipoDato.raw.strip().upper() == "INTENTO":
                    intents.append(said)
        if notes:
            line.notes = (*line.notes, *notes)
    return intents


def conforms(lines: list[Any]) -> bool:
    """Whether the file says that it follows the standard of AssoSoftware."""
    found = (node for line in lines for node in line.__dict__.get("AltriDatiGestionali", ()))
    return any(node.TipoDato.raw.strip().upper() == "ASWRELSTD" for node in found)
