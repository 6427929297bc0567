"""Why something cannot be unwrapped: the code, the sentence and the remedy, one row a reason.

A damaged or empty signed envelope is 00102, as SdI answers when a signature cannot be verified; an empty or encrypted
file is 00106; what is no document at all is 00200.
"""

from typing import Final, NamedTuple

from ..texts import Text


class Refused(NamedTuple):
    """One reason."""

    code: str
    message: Text
    fix: Text


_AGAIN: Final = Text(
    "Scarica di nuovo il file, in modalità binaria, o chiedilo a chi lo ha inviato.",
    "Download the file again, in binary mode, or ask whoever sent it.",
)
_WHOLE: Final = Text(
    "Serve il file .xml.p7m completo, con la fattura dentro.",
    "What is needed is the complete .xml.p7m file, with the invoice inside.",
)
_BESIDE: Final = Text(
    "Serve il documento: per verificare una firma a parte usa «fatturakit verify FIRMA.p7s --content FILE».",
    "The document is needed: to verify a detached signature use “fatturakit verify SIGNATURE.p7s --content FILE”.",
)
REFUSED: Final = {
    "empty": Refused(
        "00106",
        Text("Il file è vuoto.", "The file is empty."),
        Text("Scarica o esporta di nuovo il file.", "Download or export the file again."),
    ),
    "not_xml": Refused(
        "00200",
        Text("Il file non è XML: è {what}.", "The file is not XML: it is {what}."),
        Text(
            "Dai a fatturakit il file della fattura (XML o P7M), come scaricato dal portale o ricevuto da SdI.",
            "Give fatturakit the file of the invoice (XML or P7M), as downloaded from the portal or received from SdI.",
        ),
    ),
    "cut": Refused(
        "00200",
        Text(
            "Il documento in base64 è troncato o danneggiato: l'XML non arriva alla fine e non è stato letto.",
            "The document in base64 is cut short or damaged: the XML does not reach its end and was not read.",
        ),
        _AGAIN,
    ),
    "damaged": Refused(
        "00102",
        Text(
            "La busta firmata è troncata o danneggiata e l'XML al suo interno non è intero: non è stato letto.",
            "The signed envelope is cut short or damaged and the XML inside it is not whole: it was not read.",
        ),
        _AGAIN,
    ),
    "recovered": Refused(
        "00102",
        Text(
            "La busta firmata è danneggiata: con --strict l'XML recuperato non viene accettato.",
            "The signed envelope is damaged: with --strict the recovered XML is not accepted.",
        ),
        _AGAIN,
    ),
    "detached": Refused(
        "00102",
        Text(
            "La busta contiene solo la firma o i certificati, non il documento.",
            "The envelope holds only the signature or the certificates, not the document.",
        ),
        _BESIDE,
    ),
    "not_detached": Refused(
        "00102",
        Text(
            "Il file non è una firma a parte (.p7s): contiene già il documento, o è danneggiato.",
            "The file is no detached signature (.p7s): it holds its document, or it is damaged.",
        ),
        _AGAIN,
    ),
    "stamps": Refused(
        "00102",
        Text(
            "Il file contiene solo marche temporali, non il documento.",
            "The file holds time stamps only, not the document.",
        ),
        _WHOLE,
    ),
    "encrypted": Refused(
        "00106",
        Text("Il file è cifrato, non firmato: non si può leggere.", "The file is encrypted, not signed: unreadable."),
        _WHOLE,
    ),
    "other": Refused(
        "00200",
        Text(
            "Il file è in formato ASN.1 ma non è una busta firmata (forse un certificato o una chiave).",
            "The file is ASN.1 but no signed envelope (perhaps a certificate or a key).",
        ),
        _WHOLE,
    ),
    "data": Refused("00106", Text("La busta è vuota.", "The envelope is empty."), _WHOLE),
    "digested": Refused("00106", Text("La busta è vuota.", "The envelope is empty."), _WHOLE),
    "pem": Refused(
        "00200",
        Text("Il testo PEM contiene «{label}», non una busta firmata.", "The PEM text holds “{label}”, no envelope."),
        _WHOLE,
    ),
    "base64": Refused(
        "00102",
        Text(
            "Il testo PEM non è base64 integro: non è stato letto.",
            "The PEM text is not whole base64: it was not read.",
        ),
        _AGAIN,
    ),
    "deep": Refused(
        "00106",
        Text(
            "Il documento è avvolto troppe volte (limite {limit}) o si espande oltre i limiti.",
            "The document is wrapped too many times (limit {limit}) or expands beyond the limits.",
        ),
        Text("Controlla da dove viene il file.", "Check where the file comes from."),
    ),
}
