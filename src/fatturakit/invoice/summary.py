"""From an open document to its summary: values as written, in records that a screen, a page or a program can use.

Never raises for a bad document: what is missing is None, what is wrong stays as it was written.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from typing import Literal

from ..document import Document
from ..xmlio import local
from . import ordinary, parties, simplified
from .foreign import Foreign, foreign
from .messages import Message, message
from .model import InvoiceFile
from .reading import Reader

Signature = Literal["CAdES", "XAdES"]
_DSIG = "{http://www.w3.org/2000/09/xmldsig#}Signature"


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What ``inspect`` says about a document; content is one of the three kinds."""

    kind: str
    layers: tuple[str, ...]
    signature: Signature | None
    content: InvoiceFile | Message | Foreign


def summarise(document: Document) -> Summary:
    """The summary of any readable document."""
    return Summary(
        kind=document.kind, layers=document.layers, signature=_signature(document), content=_content(document)
    )


def _content(document: Document) -> InvoiceFile | Message | Foreign:
    if document.profile is None:
        return foreign(document)
    return _invoices(document) if document.profile.is_invoice else message(document)


def _invoices(document: Document) -> InvoiceFile:
    root = Reader(document.root)
    header = root.at("FatturaElettronicaHeader")
    way = header.at("DatiTrasmissione")
    seller, buyer = header.at("CedentePrestatore"), header.at("CessionarioCommittente")
    short = document.root_name == "FatturaElettronicaSemplificata"
    bodies = enumerate(root.all("FatturaElettronicaBody"), 1)
    return InvoiceFile(
        formato_trasmissione=way.text("FormatoTrasmissione"),
        versione=document.version,
        progressivo_invio=way.text("ProgressivoInvio"),
        codice_destinatario=way.text("CodiceDestinatario"),
        pec_destinatario=way.text("PECDestinatario"),
        soggetto_emittente=header.text("SoggettoEmittente"),
        cedente_prestatore=parties.simplified_seller(seller) if short else parties.ordinary(seller),
        cessionario_committente=parties.simplified_buyer(buyer) if short else parties.ordinary(buyer),
        rappresentante_fiscale=parties.optional(header.at("RappresentanteFiscale")),
        terzo_intermediario=parties.optional(header.at("TerzoIntermediarioOSoggettoEmittente")),
        bodies=tuple((simplified if short else ordinary).invoice(index, body) for index, body in bodies),
        simplified=short,
    )


def _signature(document: Document) -> Signature | None:
    if document.wrapping is not None and document.wrapping.envelopes:
        return "CAdES"
    inside = any(local(child) == "Signature" for child in document.root.iterchildren(_DSIG))
    return "XAdES" if inside else None


def to_dict(value: object) -> object:
    """A summary as plain data: records are objects without their empty keys, amounts are strings."""
    if names := _names(value):
        pairs = ((name, getattr(value, name)) for name in names)
        return {name: to_dict(inner) for name, inner in pairs if inner is not None and inner != ()}
    if isinstance(value, tuple):
        return [to_dict(inner) for inner in value]
    return str(value) if isinstance(value, Decimal) else value


def _names(value: object) -> tuple[str, ...]:
    """The fields of a record, none for anything else."""
    if is_dataclass(value) and not isinstance(value, type):
        return tuple(item.name for item in fields(value))
    return getattr(value, "_fields", ())
