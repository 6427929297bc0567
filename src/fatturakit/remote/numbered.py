"""Callbacks that name their thing by a number (Invoicetronic): the document they are about, fetched and kept.

Received and sent invoices are counted apart, so the ledger knows them as ``receive/3`` and ``send/3``; an update names
the sent invoice it is about. Reading a received invoice marks it as read there: it is done once, for a callback that
was checked.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ..archive.archive import Archive
from ..texts import Text
from .errors import NotFound, UnexpectedAnswer
from .events import Event
from .ledger import Known, Ledger
from .service import Remote

KINDS: Final = frozenset({"receive", "send", "update"})
_ADDED: Final = frozenset({"", "POST", "PUT"})


def follow(remote: Remote, archive: Archive, ledger: Ledger, event: Event) -> bool:
    """Fetch what an event is about, and write down the state it is in; False when there is nothing to be had.

    Raises ``RemoteFailure`` when the service does not answer, ``InputError`` for what is no document.
    """
    if event.kind not in KINDS or not event.subject or not remote.has(f"{event.kind}.get"):
        return False
    if event.state.upper() not in _ADDED or event.data.get("success") is False:
        return False
    try:
        return _followed(remote, archive, ledger, event)
    except NotFound:  # gone, or not kept any more: the next synchronisation shows what there is
        return False


def _followed(remote: Remote, archive: Archive, ledger: Ledger, event: Event) -> bool:
    kind, number, state = event.kind, event.subject, ""
    if kind == "update":
        row = remote.call("update.get", id=number)
        kind, number, state = "send", str(row.get("send_id") or ""), str(row.get("state") or "")
        if not number:
            return False
    name = f"{kind}/{number}"
    known = ledger.find(name)
    if known is None:
        row = remote.call(f"{kind}.get", id=number, include_payload=True)
        state = state or str(row.get("latest_state") or "")
        known = Known(ledger.add(name, _file_name(name, row), _payload(remote, row))[0], "")
    if state:
        ledger.mark(name, known, state, to_pa=archive.get(known.document).entry.to_pa)
    return True


def _file_name(name: str, row: Mapping[str, Any]) -> str:
    return Path(str(row.get("file_name") or "")).name or f"{name.replace('/', '-')}.xml"


def _payload(remote: Remote, row: Mapping[str, Any]) -> bytes:
    """The document as text or in base64; the service says which, and XML shows itself."""
    text = str(row.get("payload") or "")
    if str(row.get("encoding") or "").lower() != "base64" and text.lstrip("\ufeff \r\n\t").startswith("<"):
        return text.encode()
    try:
        found = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        found = b""
    if not found:
        provider = remote._session.provider.title  # noqa: SLF001 - a room-mate
        raise UnexpectedAnswer(provider=provider, verb="get", status=200, detail=_NO_PAYLOAD)
    return found


_NO_PAYLOAD: Final = Text("manca il documento", "the document is missing")
