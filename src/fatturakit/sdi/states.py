"""The states of an invoice, declared: what each means, whether it is definitive, the days it leaves, what to do next.

The tables say which message leads to which state for a private recipient and for the public administration, on the
seller's side and on the buyer's. Source: the flows of SdI with companies and with the administration; terms of 5 days
(rejection), 10 (delivery attempts) and 15 (the administration's answer).
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from ..texts import EMPTY, Text

Audience = Literal["private", "pa"]
Direction = Literal["sent", "received"]


class State(NamedTuple):
    """One state. rank: a higher one supersedes a lower one, whatever came first; definitive: nothing can follow;
    issued: the invoice exists for the tax authority; days: how long what may follow takes, or one has to act."""

    name: str
    rank: int
    definitive: bool
    issued: bool
    days: int | None
    title: Text
    next: Text
    term: Text = EMPTY

    @property
    def settled(self) -> bool:
        """Whether there is nothing left to do."""
        return self.next is _NOTHING


_ANSWER: Final = Text("fine del termine per la risposta della PA", "end of the administration's term to answer")
_OUTCOME: Final = Text("termine entro cui SdI risponde", "term in which SdI answers")
_RESEND: Final = Text("termine per il nuovo invio con la stessa data", "term for sending again with the same date")
_RETRIES: Final = Text("fine dei tentativi di consegna", "end of the attempts to deliver")
_NOTHING: Final = Text("Niente: è conclusa.", "Nothing: it is settled.")
_WAIT: Final = Text("Attendere.", "Wait.")

_ALL: Final = (
    State(
        "waiting",
        -3,
        False,
        False,
        None,
        Text("in attesa di invio", "waiting to be sent"),
        Text("Attendere: non è ancora arrivata a SdI.", "Wait: it has not reached SdI yet."),
    ),
    State(
        "quarantined",
        -2,
        False,
        False,
        4,
        Text("in quarantena", "quarantined"),
        Text("Attendere: il servizio riprova per circa quattro giorni.", "Wait: the service retries for four days."),
    ),
    State(
        "failed",
        -1,
        True,
        False,
        None,
        Text("mai arrivata a SdI", "never reached SdI"),
        Text("Inviarla di nuovo: per il fisco non esiste.", "Send it again: for the tax authority it does not exist."),
    ),
    State(
        "transmitted",
        0,
        False,
        False,
        5,
        Text("trasmessa, esito sconosciuto", "transmitted, outcome unknown"),
        Text(
            "Attendere la ricevuta di SdI (fino a 5 giorni), poi aggiungerla all'archivio.",
            "Wait for the receipt of SdI (up to 5 days), then add it to the archive.",
        ),
        _OUTCOME,
    ),
    State(
        "delivery_failed",
        1,
        False,
        True,
        10,
        Text("consegna non riuscita, SdI riprova", "delivery failed, SdI tries again"),
        Text(
            "Attendere: SdI riprova fino a 10 giorni, poi manda RC o AT.",
            "Wait: SdI tries for up to 10 days, then sends RC or AT.",
        ),
        _RETRIES,
    ),
    State(
        "delivered_pa",
        2,
        False,
        True,
        15,
        Text("consegnata, in attesa di esito", "delivered, waiting for an answer"),
        Text(
            "Attendere l'esito della PA (15 giorni), poi NE o DT.",
            "Wait for the administration's answer (15 days), then NE or DT.",
        ),
        _ANSWER,
    ),
    State("delivered", 3, True, True, None, Text("emessa e consegnata", "issued and delivered"), _NOTHING),
    State(
        "not_delivered",
        2,
        True,
        True,
        None,
        Text("emessa, non recapitata", "issued, not delivered"),
        Text(
            "Dire al cliente che la fattura è nella sua area riservata dell'Agenzia delle Entrate; vale come emessa.",
            "Tell the customer that the invoice is in the reserved area of the Agenzia delle Entrate; it is issued.",
        ),
    ),
    State(
        "undeliverable",
        3,
        True,
        True,
        None,
        Text("emessa, non recapitabile da SdI", "issued, SdI cannot deliver it"),
        Text(
            "Mandare all'ufficio l'attestazione (AT) per altra via: la fattura è emessa.",
            "Send the attestation (AT) to the office in another way: the invoice is issued.",
        ),
    ),
    State(
        "expired",
        4,
        True,
        True,
        None,
        Text("termini decorsi, non più rifiutabile", "term elapsed, can no longer be refused"),
        _NOTHING,
    ),
    State("accepted", 5, True, True, None, Text("accettata", "accepted"), _NOTHING),
    State(
        "refused",
        5,
        True,
        True,
        None,
        Text("rifiutata dalla PA", "refused by the administration"),
        Text(
            "Correggere e inviare di nuovo (il numero è riutilizzabile), oppure emettere una nota di credito.",
            "Correct and send again (the number may be reused), or issue a credit note.",
        ),
    ),
    State(
        "rejected",
        9,
        True,
        False,
        5,
        Text("scartata da SdI: non emessa", "rejected by SdI: not issued"),
        Text(
            "Correggere e inviare di nuovo entro 5 giorni, con un altro nome di file; numero e data possono restare.",
            "Correct and send again within 5 days, under another file name; number and date may stay.",
        ),
        _RESEND,
    ),
    State("received", 0, True, True, None, Text("ricevuta", "received"), _NOTHING),
    State(
        "received_pa",
        0,
        False,
        True,
        15,
        Text("ricevuta, si può rispondere", "received, may be answered"),
        Text(
            "Accettare o rifiutare (EC) entro 15 giorni dalla consegna.",
            "Accept or refuse (EC) within 15 days of delivery.",
        ),
        _ANSWER,
    ),
    State(
        "answer_rejected",
        1,
        False,
        True,
        None,
        Text("risposta scartata da SdI", "answer rejected by SdI"),
        Text("Correggere l'esito e inviarlo di nuovo.", "Correct the answer and send it again."),
    ),
    State("answered_accepted", 2, True, True, None, Text("accettata da noi", "accepted by us"), _NOTHING),
    State("answered_refused", 2, True, True, None, Text("rifiutata da noi", "refused by us"), _NOTHING),
    State("received_expired", 3, True, True, None, Text("termini decorsi", "term elapsed"), _NOTHING),
)
STATES: Final = {state.name: state for state in _ALL}

# What a message means, by who the recipient is and on whose side we are. "NE EC01" is a NE with that answer.
MEANINGS: Final[dict[tuple[Direction, Audience], dict[str, str]]] = {
    ("sent", "private"): {"NS": "rejected", "RC": "delivered", "MC": "not_delivered"},
    ("sent", "pa"): {
        "NS": "rejected",
        "MC": "delivery_failed",
        "RC": "delivered_pa",
        "AT": "undeliverable",
        "DT": "expired",
        "NE EC01": "accepted",
        "NE EC02": "refused",
    },
    ("received", "private"): {"MT": "received"},
    ("received", "pa"): {
        "MT": "received_pa",
        "SE": "answer_rejected",
        "EC EC01": "answered_accepted",
        "EC EC02": "answered_refused",
        "DT": "received_expired",
    },
}
INITIAL: Final[dict[tuple[Direction, Audience], str]] = {
    ("sent", "private"): "transmitted",
    ("sent", "pa"): "transmitted",
    ("received", "private"): "received",
    ("received", "pa"): "received_pa",
}
ADMINISTRATION: Final = frozenset(["FPA12", "SDI10", "SDI11"])


def audience_of(kind: str) -> Audience:
    """Whom a format is for: FPA12 and the older ones are for the administration."""
    return "pa" if kind in ADMINISTRATION else "private"
