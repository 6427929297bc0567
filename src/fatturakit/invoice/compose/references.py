"""What the document refers to: orders, contracts, invoices, delivery notes; transport; attachments."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from ...refusals import reason
from ...texts import Text
from .reader import Leaf, Section, Xml

_RELATED: Final = {
    "order": "DatiOrdineAcquisto",
    "contract": "DatiContratto",
    "agreement": "DatiConvenzione",
    "receipt": "DatiRicezione",
    "linked": "DatiFattureCollegate",
}
_FIELDS: Final = {
    "number": "IdDocumento",
    "date": "Data",
    "item": "NumItem",
    "job": "CodiceCommessaConvenzione",
    "cup": "CodiceCUP",
    "cig": "CodiceCIG",
}
_TRANSPORT: Final = {
    "means": "MezzoTrasporto",
    "reason": "CausaleTrasporto",
    "packages": "NumeroColli",
    "description": "Descrizione",
    "weight_unit": "UnitaMisuraPeso",
    "gross_weight": "PesoLordo",
    "net_weight": "PesoNetto",
    "pickup": "DataOraRitiro",
    "start": "DataInizioTrasporto",
    "terms": "TipoResa",
    "delivery": "DataOraConsegna",
}
_NOTE: Final = 200
_TEN: Final = 10


def general(document: Section) -> Xml:
    """The blocks of DatiGenerali beside DatiGeneraliDocumento."""
    found: Xml = {}
    for key, name in _RELATED.items():
        if rows := [_related(section) for section in document.each(key)]:
            found[name] = rows
    if rows := [_delivery(section) for section in document.each("delivery_notes")]:
        found["DatiDDT"] = rows
    if stages := document.items("stages"):
        found["DatiSAL"] = [{"RiferimentoFase": Leaf(stage, f"stages[{at}]")} for at, stage in enumerate(stages)]
    if section := document.sub("transport"):
        row: Xml = {}
        found["DatiTrasporto"] = row
        section.fill(row, _TRANSPORT)
        section.close(row)
    if section := document.sub("main_invoice"):
        row = {}
        found["FatturaPrincipale"] = row
        section.fill(row, {"number": "NumeroFatturaPrincipale", "date": "DataFatturaPrincipale"})
        section.close(row)
    return found


def _related(section: Section) -> Xml:
    row: Xml = {}
    section.need("number")
    section.fill(row, _FIELDS)
    _lines(section, row)
    section.close(row)
    return row


def _delivery(section: Section) -> Xml:
    row: Xml = {}
    section.need("number", "date")
    section.fill(row, {"number": "NumeroDDT", "date": "DataDDT"})
    _lines(section, row)
    section.close(row)
    return row


def _lines(section: Section, row: Xml) -> None:
    numbers = section.items("lines")
    if numbers:
        row["RiferimentoNumeroLinea"] = [
            Leaf(number, f"{section.at('lines')}[{at}]") for at, number in enumerate(numbers)
        ]


def check_dates(document: Section, issued: date | None) -> None:
    """An invoice that is answered is not younger than the answer."""
    for section in document.each("linked"):
        day = section.day("date")
        if day and issued and day > issued:
            section.note("date", LATER, found=day, issued=issued)


def notes(document: Section) -> list[Leaf]:
    """Causale: each note in pieces of two hundred characters, cut between words."""
    found = []
    for at, note in enumerate(document.items("notes")):
        found += [Leaf(piece, f"notes[{at}]") for piece in _pieces(str(note))]
    return found


def _pieces(note: str) -> Iterator[str]:
    rest = " ".join(note.split())
    while len(rest) > _NOTE:
        cut = rest.rfind(" ", 0, _NOTE + 1)
        cut = cut if cut > 0 else _NOTE
        yield rest[:cut]
        rest = rest[cut:].lstrip()
    if rest:
        yield rest


def attachments(document: Section, folder: Path) -> list[Xml]:
    """Allegati: a file of the folder, or content given as bytes or base64."""
    return [_attachment(section, folder) for section in document.each("attachments")]


def _attachment(section: Section, folder: Path) -> Xml:
    content, name = section.take("content"), section.text("file")
    if name:
        content = _file(section, folder / name)
    elif content is None:
        section.note("file", _NO_CONTENT)
    if isinstance(content, bytes):
        content = base64.b64encode(content).decode("ascii")
    shown = section.text("name") or Path(name or "").name
    ending = Path(shown).suffix[1:].upper()
    row: Xml = {"NomeAttachment": Leaf(shown, section.at("name")), "Attachment": Leaf(content, section.at("content"))}
    if 0 < len(ending) <= _TEN and not section.has("format"):
        row["FormatoAttachment"] = Leaf(ending, section.at("name"))
    section.fill(row, {"format": "FormatoAttachment", "description": "DescrizioneAttachment"})
    section.close(row)
    return row


def _file(section: Section, path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError as error:
        section.note("file", _UNREADABLE, path=path, reason=reason(error))
        return None


LATER: Final = Text("{found} è dopo la data del documento, {issued}", "{found} is after the document's date, {issued}")
_NO_CONTENT: Final = Text("serve file o content", "takes file or content")
_UNREADABLE: Final = Text("«{path}» non si può leggere: {reason}", "“{path}” cannot be read: {reason}")
