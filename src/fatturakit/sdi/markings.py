"""Our states in the words of two remote services, and back: the marking of A-Cube, the state of Invoicetronic.

>>> acube_of("delivered_pa"), state_of_acube("not-delivered", "pa")
('delivered-pa', 'undeliverable')
>>> invoicetronic_of("accepted"), state_of_invoicetronic("5", "pa"), state_of_invoicetronic("Consegnato", "private")
((8, 'AccettatoDalDestinatario'), 'delivered_pa', 'delivered')
"""

from __future__ import annotations

from typing import Final

from .states import Audience

# state -> marking. Our finer states share a marking where the service knows no difference.
ACUBE: Final = {
    "waiting": "waiting",
    "quarantined": "quarantena",
    "failed": "invoice-error",
    "transmitted": "sent",
    "delivery_failed": "sent",
    "delivered_pa": "delivered-pa",
    "delivered": "delivered",
    "not_delivered": "not-delivered",
    "undeliverable": "not-delivered",
    "expired": "deadline-terms",
    "accepted": "accepted-pa",
    "refused": "rejected-pa",
    "rejected": "rejected",
    "received": "received",
    "received_pa": "received",
    "answer_rejected": "received",
    "answered_accepted": "received",
    "answered_refused": "received",
    "received_expired": "received",
}
MARKINGS: Final = tuple(dict.fromkeys(ACUBE.values()))
# state -> (id, name). None: the service has no update yet, or shows none for received invoices.
INVOICETRONIC: Final[dict[str, tuple[int, str]]] = {
    "transmitted": (2, "Inviato"),
    "delivered": (5, "Consegnato"),
    "delivered_pa": (5, "Consegnato"),
    "delivery_failed": (6, "NonConsegnato"),
    "rejected": (7, "Scartato"),
    "accepted": (8, "AccettatoDalDestinatario"),
    "refused": (9, "RifiutatoDalDestinatario"),
    "not_delivered": (10, "ImpossibilitaDiRecapito"),
    "expired": (11, "DecorrenzaTermini"),
    "undeliverable": (12, "AttestazioneTrasmissioneFattura"),
}
_SPLIT: Final[dict[Audience, dict[str, str]]] = {
    "private": {"delivered": "delivered", "not-delivered": "not_delivered", "sent": "transmitted"},
    "pa": {"delivered": "delivered_pa", "not-delivered": "undeliverable", "sent": "transmitted"},
}


def acube_of(state: str) -> str:
    """The marking of a state."""
    return ACUBE[state]


def state_of_acube(marking: str, audience: Audience) -> str | None:
    """The state a marking means for an audience, None for one that is not known (``signed``, one to come)."""
    known = marking.lower()
    if known in _SPLIT[audience]:
        return _SPLIT[audience][known]
    if known == "received" and audience == "pa":
        return "received_pa"
    return next((state for state, name in ACUBE.items() if name == known), None)


def invoicetronic_of(state: str) -> tuple[int, str] | None:
    """Number and name of a state at Invoicetronic, None where there is no update to show."""
    return INVOICETRONIC.get(state)


def state_of_invoicetronic(word: str | int, audience: Audience) -> str | None:
    """The state a number or name means for an audience, None for what is not known."""
    wanted = str(word).strip().lower()
    for state, (number, name) in INVOICETRONIC.items():
        if wanted in {str(number), name.lower()}:
            return "delivered_pa" if number == 5 and audience == "pa" else state
    return None
