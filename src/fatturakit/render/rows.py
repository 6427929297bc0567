"""The lines of an invoice with what belongs to them: the documents they come from, their other data."""

from __future__ import annotations

from typing import Any, Final

from markupsafe import Markup

from .parts import consecutive, other_data, reference
from .speech import Words
from .tree import Field, Joined, Node, join

REFERENCES: Final = (
    "DatiDDT",
    "DatiOrdineAcquisto",
    "DatiContratto",
    "DatiConvenzione",
    "DatiRicezione",
    "DatiFattureCollegate",
)


def place_references(general: Any, lines: list[Any], words: Words) -> list[Joined]:
    """Put every reference where it is read; what is left for a block of its own comes back.

    One that names lines standing together goes above the first of them. One that names others is listed, and said
    again below each line it concerns.
    """
    places = {line.NumeroLinea.raw.strip(): place for place, line in enumerate(lines)}
    listed: list[Joined] = []
    for name in REFERENCES:
        for node in getattr(general, name):
            found = [places.get(field.raw.strip(), -1) for field in node.RiferimentoNumeroLinea]
            if consecutive(found) and found[0] >= 0 and isinstance(node, Node):
                line = lines[found[0]]
                line.before = (*line.before, reference(node, words))
            else:
                listed.append(reference(node, words))
                _say_again(node, [place for place in found if place >= 0], lines, words)
    for name in ("FatturaPrincipale", "DatiFatturaRettificata"):
        if node := getattr(general, name):
            listed.append(reference(node, words))
    return listed


def _say_again(node: Any, places: list[int], lines: list[Any], words: Words) -> None:
    said = reference(node, words, lines=False) if places else None
    for place in places if said else ():
        lines[place].notes = (*lines[place].notes, said)


def place_remarks(lines: list[Any], words: Words) -> None:
    """Put what has no column below its line: kind of supply, period, withholding, administrative reference."""
    for line in lines:
        here = line.__dict__
        if not here.keys() & _REMARKS:
            continue
        found = []
        if kind := here.get("TipoCessionePrestazione"):
            found.append(join(kind))
        if line.DataInizioPeriodo or line.DataFinePeriodo:
            found.append(_period(line, words))
        if withheld := here.get("Ritenuta"):
            found.append(_labelled(words.withheld_line, withheld))
        if place := here.get("RiferimentoAmministrazione"):
            found.append(_labelled(words.admin_ref, place))
        line.notes = (*line.notes, *found)


_REMARKS: Final = {
    "TipoCessionePrestazione",
    "DataInizioPeriodo",
    "DataFinePeriodo",
    "Ritenuta",
    "RiferimentoAmministrazione",
}


def _labelled(label: Markup, field: Field) -> Joined:
    return Joined(Markup("{}: {}").format(label, field.text), [field])


def _period(line: Any, words: Words) -> Joined:
    said = words.period
    ends = ((words.since, line.DataInizioPeriodo), (words.until, line.DataFinePeriodo))
    for label, field in ends:
        said += Markup(" {} {}").format(label, field.text) if field else Markup()
    return Joined(said, [field for _, field in ends if field])


def place_other_data(lines: list[Any], words: Words, *, technical: bool) -> list[Joined]:
    """Put AltriDatiGestionali below their lines; letters of intent come back, to be seen near the totals too."""
    intents = []
    for line in lines:
        for node in line.AltriDatiGestionali:
            if isinstance(node, Node) and (said := other_data(node, words, technical=technical)):
                line.notes = (*line.notes, said)
                if node.TipoDato.raw.strip().upper() == "INTENTO":
                    intents.append(said)
    return intents


def conforms(lines: list[Any]) -> bool:
    """Whether the file says that it follows the standard of AssoSoftware."""
    return any(node.TipoDato.raw.strip().upper() == "ASWRELSTD" for line in lines for node in line.AltriDatiGestionali)
