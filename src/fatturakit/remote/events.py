"""What callbacks say, as events: of which thing, what happened, when. Unknown kinds and states are data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from ..errors import RemoteError
from ..texts import Text
from .providers import invoicetronic

INVOICES: Final = frozenset({
    "supplier-invoice", "customer-invoice", "customer-notification", "marking", "invoice-status-quarantena",
    "invoice-status-invoice-error",
})  # fmt: skip
"""The kinds that are about an invoice, named by ``subject``."""
PRESERVED: Final = frozenset({"legal-storage-receipt"})
_MOST_WRAPPERS: Final = 5


class Event(NamedTuple):
    """One callback.

    kind: "supplier-invoice", "customer-notification", "marking", "receive", "receipt"…; subject: the identifier of what
    it is about; state: what became of it, as the service says; at: when, as the service writes it; data: all of it;
    custom: what was given to be echoed; raw: the bytes that arrived.
    """

    provider: str
    kind: str
    subject: str
    state: str
    at: str
    data: Mapping[str, Any]
    raw: bytes
    custom: Any = None

    @property
    def key(self) -> str:
        """The same for the same callback, however often it comes: SHA-256 of its bytes."""
        return hashlib.sha256(self.raw).hexdigest()


class Unreadable(RemoteError):
    """A body that is no event of the provider."""


def acube(data: Any, raw: bytes) -> Event:
    """An invoice that came, a notification, a marking that changed, or a preservation; with or without an envelope."""
    body = _mapping(data)
    stated, inner = str(body.get("event") or ""), body.get("data")
    if stated and isinstance(inner, dict):
        body = inner
    kind = stated or next((kind for key, kind in _ACUBE if key in body), "unknown")
    about = next((body[key] for key in ("notification", "invoice") if isinstance(body.get(key), dict)), body)
    subject = about.get("invoice_uuid") or about.get("uuid") or body.get("object_id") or ""
    state = about.get("marking") or about.get("type") or about.get("status") or ""
    at = next((about[key] for key in _MOMENTS if about.get(key)), "")
    return Event("acube", kind, str(subject), str(state), str(at), body, raw)


_ACUBE: Final = (
    ("notification", "customer-notification"),
    ("invoice", "supplier-invoice"),
    ("marking", "marking"),
    ("preserved_object_id", "legal-storage-receipt"),
)
_MOMENTS: Final = ("transitioned_at", "transioned_at", "created_at", "receipt_received_at")


def invoice_event(data: Any, raw: bytes) -> Event:
    """Something was added or changed; ``endpoint`` says of what, as a bare name, a path, or a path with a number."""
    body = _mapping(data)
    steps = str(body.get("endpoint") or "").strip("/").split("/")
    known = invoicetronic.PROVIDER.known["event"]
    kind = next((step for step in steps if step in known), steps[-1] or "unknown")
    method = str(body.get("method") or "")
    at, subject = str(body.get("date_time") or ""), body.get("resource_id")
    return Event("invoicetronic", kind, "" if subject is None else str(subject), method, at, body, raw)


def receipt(data: Any, raw: bytes) -> Event:
    """A receipt, a return or a void in a new state, however often it is wrapped."""
    body, custom = _mapping(data), None
    for _ in range(_MOST_WRAPPERS):
        inner = body.get("data")
        if "status" in body or not isinstance(inner, dict | str):
            break
        custom = body.get("custom") or custom
        body = _mapping(_again(inner) if isinstance(inner, str) else inner)
    if not body.get("id"):
        raise Unreadable(_NO_EVENT)
    kind = {"return": "return", "void": "void"}.get(str(body.get("type")), "receipt")
    at = body.get("update_timestamp") or body.get("created_at") or ""
    return Event("openapi", kind, str(body["id"]), str(body.get("status") or ""), str(at), body, raw, custom)


def _again(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable(_NO_EVENT) from None


def _mapping(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict) or not data:
        raise Unreadable(_NO_EVENT)
    return data


READERS: Final[dict[str, Callable[[Any, bytes], Event]]] = {
    "acube": acube,
    "invoicetronic": invoice_event,
    "openapi": receipt,
}
_NO_EVENT: Final = Text("Il corpo non è un avviso di questo servizio.", "The body is no callback of this service.")
