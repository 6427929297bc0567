"""A message of SdI as a summary: one reading for both vocabularies, whose names agree where they overlap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from ..document import Document
from ..schema.profiles import PRIVATE_MESSAGES_NS
from .model import Written
from .reading import Reader

_OUTCOMES: Final = {
    "RC": "delivered",
    "NS": "rejected",
    "DT": "expired",
    "AT": "undeliverable",
    "SE": "outcome_rejected",
    "MT": "metadata",
}
_ANSWERS: Final = {"EC01": "accepted", "EC02": "refused"}
_PRIVATE: Final = ("RicevutaScarto", "RicevutaImpossibilitaRecapito", "FileMetadati")


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageError:
    """One reason of a rejection."""

    codice: Written = None
    descrizione: Written = None
    suggerimento: Written = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message of SdI. outcome: what it says, a key of ours ("delivered", "rejected", …); audience: its vocabulary."""

    outcome: str
    audience: Literal["pa", "private"]
    identificativo_sdi: Written = None
    nome_file: Written = None
    hash: Written = None
    data_ora_ricezione: Written = None
    data_ora_consegna: Written = None
    data_messa_a_disposizione: Written = None
    codice_destinatario: Written = None
    destinatario: Written = None
    archivio: Written = None
    formato: Written = None
    tentativi_invio: Written = None
    numero_fattura: Written = None
    anno_fattura: Written = None
    posizione_fattura: Written = None
    esito: Written = None
    scarto: Written = None
    errori: tuple[MessageError, ...] = ()
    descrizione: Written = None
    message_id: Written = None
    note: Written = None


def message(document: Document) -> Message:
    """What a message says. NE and EC carry the buyer's answer, the first inside EsitoCommittente."""
    root = Reader(document.root)
    answer = root.at("EsitoCommittente") or root
    invoice = answer.at("RiferimentoFattura")
    audience = _audience(document)
    return Message(
        outcome=_outcome(document.kind, audience, answer.text("Esito")),
        audience=audience,
        identificativo_sdi=root.text("IdentificativoSdI"),
        nome_file=root.text("NomeFile"),
        hash=root.text("Hash") or root.text("HashFileOriginale"),
        data_ora_ricezione=root.text("DataOraRicezione"),
        data_ora_consegna=root.text("DataOraConsegna"),
        data_messa_a_disposizione=root.text("DataMessaADisposizione"),
        codice_destinatario=root.text("Destinatario/Codice") or root.text("CodiceDestinatario"),
        destinatario=root.text("Destinatario/Descrizione"),
        archivio=root.text("RiferimentoArchivio/NomeFile"),
        formato=root.text("Formato"),
        tentativi_invio=root.text("TentativiInvio"),
        numero_fattura=invoice.text("NumeroFattura"),
        anno_fattura=invoice.text("AnnoFattura"),
        posizione_fattura=invoice.text("PosizioneFattura"),
        esito=answer.text("Esito"),
        scarto=root.text("Scarto"),
        errori=tuple(map(_error, root.all("ListaErrori/Errore"))),
        descrizione=answer.text("Descrizione") or root.text("Descrizione"),
        message_id=root.text("MessageId") or root.text("MessageIdCommittente"),
        note=root.text("Note"),
    )


def _audience(document: Document) -> Literal["pa", "private"]:
    private = document.namespace == PRIVATE_MESSAGES_NS or document.root_name in _PRIVATE
    return "private" if private else "pa"


def _outcome(kind: str, audience: str, answer: str | None) -> str:
    if kind == "MC":
        return "not_delivered" if audience == "private" else "delivery_failed"
    if kind in {"NE", "EC"}:
        return f"{_ANSWERS.get(answer or '', 'answered')}_{kind.lower()}"
    return _OUTCOMES[kind]


def _error(node: Reader) -> MessageError:
    return MessageError(
        codice=node.text("Codice"), descrizione=node.text("Descrizione"), suggerimento=node.text("Suggerimento")
    )
