"""The body of a simplified invoice (FSM10) as a summary."""

from __future__ import annotations

from . import due
from .model import Invoice, Line, Reference, Stamp
from .ordinary import attachments
from .reading import Reader


def invoice(index: int, body: Reader) -> Invoice:
    """One FatturaElettronicaBody: gross amounts, no VAT summary, no payments."""
    general = body.at("DatiGenerali/DatiGeneraliDocumento")
    lines = tuple(map(_line, body.all("DatiBeniServizi")))
    kind, stamp = general.text("TipoDocumento"), general.text("BolloVirtuale")
    return Invoice(
        index=index,
        tipo_documento=kind,
        divisa=general.text("Divisa"),
        data=general.text("Data"),
        numero=general.text("Numero"),
        causale=body.texts("DatiGenerali/DatiFatturaRettificata/ElementiRettificati"),
        linee=lines,
        bollo=None if stamp is None else Stamp(bollo_virtuale=stamp),
        riferimenti=tuple(map(_corrected, body.all("DatiGenerali/DatiFatturaRettificata"))),
        allegati=attachments(body),
        due=due.simplified(kind, lines),
    )


def _line(node: Reader) -> Line:
    return Line(
        descrizione=node.text("Descrizione"),
        prezzo_totale=node.text("Importo"),
        aliquota_iva=node.text("DatiIVA/Aliquota"),
        imposta=node.text("DatiIVA/Imposta"),
        natura=node.text("Natura"),
    )


def _corrected(node: Reader) -> Reference:
    return Reference(kind="DatiFatturaRettificata", numero=node.text("NumeroFR"), data=node.text("DataFR"))
