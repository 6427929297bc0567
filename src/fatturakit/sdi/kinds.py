"""The kinds of messages of SdI: who writes to whom, what they are called in the two vocabularies, what they say.

>>> kind_of("MC").private, kind_of("NE").private
('RicevutaImpossibilitaRecapito', '')
"""

from __future__ import annotations

from typing import Final, NamedTuple

from ..texts import Text


class MessageKind(NamedTuple):
    """One kind. pa, private: the root element in either vocabulary, "" where it has none; sender, recipient: who."""

    code: str
    pa: str
    private: str
    sender: str
    recipient: str
    title: Text


_ROWS: Final = (
    ("RC", "RicevutaConsegna", "RicevutaConsegna", "sdi", "seller", "ricevuta di consegna", "delivery receipt"),
    ("NS", "NotificaScarto", "RicevutaScarto", "sdi", "seller", "scarto", "rejection"),
    (
        "MC",
        "NotificaMancataConsegna",
        "RicevutaImpossibilitaRecapito",
        "sdi",
        "seller",
        "mancata consegna",
        "failed delivery",
    ),
    ("NE", "NotificaEsito", "", "sdi", "seller", "esito del committente", "the buyer's answer"),
    ("DT", "NotificaDecorrenzaTermini", "", "sdi", "both", "decorrenza dei termini", "the term has elapsed"),
    (
        "AT",
        "AttestazioneTrasmissioneFattura",
        "",
        "sdi",
        "seller",
        "attestazione di trasmissione",
        "attestation of transmission",
    ),
    ("EC", "NotificaEsitoCommittente", "", "buyer", "sdi", "esito inviato a SdI", "answer sent to SdI"),
    ("SE", "ScartoEsitoCommittente", "", "sdi", "buyer", "esito scartato", "answer rejected"),
    ("MT", "MetadatiInvioFile", "FileMetadati", "sdi", "buyer", "metadati di invio", "metadata of delivery"),
)
KINDS: Final = {row[0]: MessageKind(*row[:5], Text(*row[5:])) for row in _ROWS}


def kind_of(code: str) -> MessageKind:
    """The kind with a code; ``KeyError`` when there is none."""
    return KINDS[code]


def is_message(code: str) -> bool:
    """True for RC NS MC NE DT AT EC SE MT."""
    return code in KINDS
