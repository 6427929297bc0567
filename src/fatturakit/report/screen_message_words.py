"""The messages of SdI in plain words: what each one is, what has happened, what to do next.

Source: the states of a sent invoice in Allegato A 1.9 and the SdI specifications 1.8.4; the key is ``Message.outcome``.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from ..texts import Text


class Outcome(NamedTuple):
    """One kind of message: its name, what has happened, what to do, and the colour of the news."""

    title: Text
    happened: Text
    next: Text
    colour: str = ""


_REJECTED = Text(
    "SdI ha scartato il file: la fattura non è stata emessa.",
    "SdI rejected the file: the invoice has not been issued.",
)
_MEND = Text(
    "Correggi e invia di nuovo entro 5 giorni con un nuovo nome di file; numero e data possono restare gli stessi.",
    "Mend it and send it again within 5 days under a new file name; number and date may stay the same.",
)
_ACCEPTED = Text("Fattura accettata", "Invoice accepted")
_REFUSED = Text("Fattura rifiutata", "Invoice refused")
_ANSWERED = Text("Esito del committente", "The buyer's answer")
OUTCOMES: Final = {
    "rejected": Outcome(Text("Scarto (NS)", "Rejection (NS)"), _REJECTED, _MEND, "error"),
    "delivered": Outcome(
        Text("Ricevuta di consegna (RC)", "Delivery receipt (RC)"),
        Text("SdI ha consegnato la fattura: è emessa.", "SdI delivered the invoice: it is issued."),
        Text("Niente: l'invio è concluso.", "Nothing: the transmission is complete."),
        "ok",
    ),
    "delivered_pa": Outcome(
        Text("Ricevuta di consegna (RC)", "Delivery receipt (RC)"),
        Text("SdI ha consegnato la fattura all'amministrazione.", "SdI delivered the invoice to the administration."),
        Text(
            "Attendi l'esito: l'amministrazione ha 15 giorni per accettare o rifiutare.",
            "Wait for the answer: the administration has 15 days to accept or refuse.",
        ),
        "ok",
    ),
    "not_delivered": Outcome(
        Text("Impossibilità di recapito (MC)", "Delivery impossible (MC)"),
        Text(
            "La fattura è emessa; SdI non ha potuto recapitarla e l'ha messa nell'area riservata del cliente.",
            "The invoice is issued; SdI could not deliver it and put it in the customer's reserved area.",
        ),
        Text(
            "Avvisa il cliente che la fattura è nella sua area riservata; non inviarla di nuovo.",
            "Tell the customer that the invoice is in their reserved area; do not send it again.",
        ),
        "warning",
    ),
    "delivery_failed": Outcome(
        Text("Mancata consegna (MC)", "Failed delivery (MC)"),
        Text(
            "SdI non è riuscito a consegnare la fattura all'amministrazione.",
            "SdI could not deliver the invoice to the administration.",
        ),
        Text(
            "Attendi: SdI riprova per 10 giorni, poi arriva una ricevuta di consegna (RC) o un'attestazione (AT).",
            "Wait: SdI tries again for 10 days, then sends a delivery receipt (RC) or an attestation (AT).",
        ),
        "warning",
    ),
    "accepted_ne": Outcome(
        _ACCEPTED,
        Text("L'amministrazione ha accettato la fattura.", "The administration accepted the invoice."),
        Text("Niente: l'esito è definitivo.", "Nothing: the answer is final."),
        "ok",
    ),
    "refused_ne": Outcome(
        _REFUSED,
        Text("L'amministrazione ha rifiutato la fattura.", "The administration refused the invoice."),
        Text(
            "Leggi il motivo: correggi e inviala di nuovo con lo stesso numero, o emetti una nota di credito.",
            "Read the reason: mend it and send it again under the same number, or issue a credit note.",
        ),
        "error",
    ),
    "accepted_ec": Outcome(
        _ACCEPTED,
        Text(
            "L'amministrazione comunica a SdI che accetta la fattura.",
            "The administration tells SdI that it accepts the invoice.",
        ),
        Text("SdI la gira al fornitore come notifica di esito (NE).", "SdI passes it to the seller as a notice (NE)."),
        "ok",
    ),
    "refused_ec": Outcome(
        _REFUSED,
        Text(
            "L'amministrazione comunica a SdI che rifiuta la fattura.",
            "The administration tells SdI that it refuses the invoice.",
        ),
        Text("SdI la gira al fornitore come notifica di esito (NE).", "SdI passes it to the seller as a notice (NE)."),
        "error",
    ),
    "answered_ne": Outcome(
        _ANSWERED,
        Text("L'amministrazione ha risposto, ma l'esito non si legge.", "The administration answered, unreadably."),
        Text("Controlla il messaggio: serve EC01 o EC02.", "Check the message: it needs EC01 or EC02."),
        "warning",
    ),
    "answered_ec": Outcome(
        _ANSWERED,
        Text("Manca un esito valido (EC01 o EC02).", "A valid answer (EC01 or EC02) is missing."),
        Text("SdI lo scarterà (EN00): correggilo.", "SdI will reject it (EN00): mend it."),
        "warning",
    ),
    "expired": Outcome(
        Text("Decorrenza termini (DT)", "Terms expired (DT)"),
        Text(
            "Sono passati 15 giorni senza esito: la fattura non si può più rifiutare tramite SdI.",
            "15 days have passed without an answer: the invoice can no longer be refused through SdI.",
        ),
        Text("Niente: lo stato è definitivo.", "Nothing: the state is final."),
        "ok",
    ),
    "undeliverable": Outcome(
        Text("Attestazione di trasmissione (AT)", "Attestation of transmission (AT)"),
        Text(
            "La fattura è emessa, ma SdI non può recapitarla: l'ufficio non è stato trovato o non risponde.",
            "The invoice is issued, but SdI cannot deliver it: the office was not found or does not answer.",
        ),
        Text(
            "Manda tu all'amministrazione la fattura insieme a questa attestazione.",
            "Send the administration the invoice yourself, together with this attestation.",
        ),
        "warning",
    ),
    "outcome_rejected": Outcome(
        Text("Scarto dell'esito (SE)", "Answer rejected (SE)"),
        Text(
            "SdI ha scartato l'esito mandato dall'amministrazione: la fattura resta com'era.",
            "SdI rejected the answer the administration sent: the invoice stays as it was.",
        ),
        Text(
            "Correggi l'esito (EC) e invialo di nuovo, se è ancora nei termini.",
            "Mend the answer (EC) and send it again, if there is still time.",
        ),
        "error",
    ),
    "metadata": Outcome(
        Text("Metadati di una fattura (MT)", "Metadata of an invoice (MT)"),
        Text(
            "SdI accompagna con questo file la fattura che ti consegna.",
            "SdI sends this file along with an invoice it delivers to you.",
        ),
        Text("Apri la fattura: i suoi dati sono lì.", "Open the invoice: its data are there."),
    ),
}

HAPPENED: Final = Text("Che cosa", "What")
TO_DO: Final = Text("Che fare", "What to do")
FILE: Final = Text("Fattura", "Invoice")
ARCHIVE: Final = Text("{file}, dentro {archive}", "{file}, inside {archive}")
NUMBERED: Final = Text("numero {number} del {year}", "number {number} of {year}")
PLACE: Final = Text("documento {place} del lotto", "document {place} of the lot")
WHOLE: Final = Text("tutto il file", "the whole file")
WHEN: Final = Text("Quando", "When")
RECEIVED: Final = Text("ricevuta da SdI il {when}", "received by SdI on {when}")
DELIVERED: Final = Text("consegnata il {when}", "delivered on {when}")
AVAILABLE: Final = Text("a disposizione dal {when}", "available from {when}")
RECIPIENT: Final = Text("Destinatario", "Recipient")
ATTEMPTS: Final = Text("{format}, tentativi di invio: {number}", "{format}, attempts: {number}")
FORMAT: Final = Text("Formato", "Format")
ERRORS: Final = Text("Errori", "Errors")
REASON: Final = Text("Motivo", "Reason")
NOTE: Final = Text("Note", "Notes")
HASH: Final = Text("Impronta", "Hash")
IDENTIFIERS: Final = Text("Id SdI", "SdI id")
MESSAGE: Final = Text("{sdi} (messaggio {message})", "{sdi} (message {message})")
