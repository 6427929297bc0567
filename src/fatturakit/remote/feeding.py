"""One document between a service and the archive: from a callback, by its identifier, or as a draft on its way out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from ..archive.archive import Archive
from ..archive.drafts import Draft, Fill, Taken
from ..archive.preserve import STATUSES, set_status
from .errors import RemoteFailure
from .eventlog import EventLog
from .events import INVOICES, PRESERVED, Event
from .ledger import Known, Ledger
from .numbered import follow
from .preflight import completed
from .service import Remote

_PROGRESSIVE: Final = 5  # what a file name has room for


def store(archive: Archive, remote: Remote) -> Callable[[Event], None]:
    """What puts the callbacks of a service into an archive; for ``webhooks.Receiver``.

    Every event is kept (``EventLog``). One about an invoice says what happened, not always all of it: where the service
    gives out single documents, the invoice is fetched with the state it is in now, and an event whose invoice could not
    be had raises, so that it is not acknowledged; elsewhere ``sync`` brings it. What became of a preservation is noted.
    """
    ledger, log = Ledger(archive, place(remote)), EventLog(archive, place(remote))

    def put(event: Event) -> None:
        log(event)
        if follow(remote, archive, ledger, event):
            log.settle(event)
            return
        if event.kind in INVOICES and event.subject and remote.has("get"):
            row = remote.get(event.subject)
            known = ledger.find(event.subject) or fetched(remote, ledger, event.subject, row)[0]
            ledger.mark(event.subject, known, str(row.get("marking") or ""), to_pa=bool(row.get("to_pa")))
            log.settle(event)
        elif event.kind in PRESERVED and (kept := ledger.find(str(event.data.get("object_id")))):
            _preserved(archive, kept.document, event)
            log.settle(event)

    return put


def _preserved(archive: Archive, document: int, event: Event) -> None:
    if event.state in STATUSES and archive.preserved(document) is not None:
        told = {name: str(event.data.get(name) or "") for name in ("preserved_object_id", "message")}
        receipt, said = told["preserved_object_id"], told["message"]
        set_status(archive.store, document, event.state, now=archive.now(), receipt=receipt, message=said)


def hand(remote: Remote, told: Callable[[str], object] | None = None) -> Callable[[str, bytes], Taken | None]:
    """What hands a draft of the archive over to a service; told: is given the identifier it has there."""
    remote._session.row("send")  # noqa: SLF001 - said before anything is on its way

    def give(_name: str, data: bytes) -> Taken | None:
        uuid = remote.send(data, check=False)  # the archive has judged it
        if told:
            told(uuid)
        return _taken(remote, uuid)

    return give


def _taken(remote: Remote, uuid: str) -> Taken | None:
    """The file as the service has it; None when it does not say: it went, and that is what counts."""
    try:
        row = remote.get(uuid)
        return Taken(_name(uuid, row), remote.get(uuid, "raw"))
    except RemoteFailure:
        return None


def send_draft(archive: Archive, uuid: UUID | str, remote: Remote, *, check: bool = True) -> Draft:
    """Send a draft of the archive through a service: judged, handed over, kept, and known by its identifier there.

    What the service writes itself about the transmission may be missing in a draft given as JSON. Raises what
    ``archive.drafts.send`` raises, and ``UsageError`` for a service that sends nothing.
    """
    given: list[str] = []
    sent = archive.drafts.send(uuid, hand(remote, given.append), check=check, fill=filling(archive, uuid))
    if sent.document is not None:
        for there in given:
            Ledger(archive, place(remote)).keep(there, sent.document)
    return sent


def filling(archive: Archive, uuid: UUID | str) -> Fill:
    """What completes a draft as a service would; its progressive is made of its identity, so that names differ."""
    return partial(completed, progressive=archive.drafts.get(uuid).uuid.hex[:_PROGRESSIVE].upper())


def place(remote: Remote) -> str:
    """Which service, and where: test and production are two."""
    session = remote._session  # noqa: SLF001 - a room-mate
    return f"{session.provider.name} {session.base}"


def fetched(remote: Remote, ledger: Ledger, uuid: str, row: Mapping[str, Any]) -> tuple[Known, bool]:
    """The document itself, as SdI has it, under the name SdI knows."""
    number, fresh = ledger.add(uuid, _name(uuid, row), remote.get(uuid, "raw"))
    return Known(number, ""), fresh


def _name(uuid: str, row: Mapping[str, Any]) -> str:
    return Path(str(row.get("sdi_file_name") or f"{uuid}.xml")).name
