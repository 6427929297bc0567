"""One document between a service and the archive: from a callback, by its identifier, or as a draft on its way out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from ..archive.archive import Archive
from ..archive.drafts import Draft, Fill, Taken
from ..errors import InputError
from ..texts import Text
from .errors import RemoteFailure
from .events import Event
from .ledger import Known, Ledger
from .preflight import completed
from .service import Remote

_PROGRESSIVE: Final = 5  # what a file name has room for


def store(archive: Archive, remote: Remote) -> Callable[[Event], None]:
    """What puts the invoice of a callback into an archive, with the state it is in now; for ``webhooks.Receiver``.

    Callbacks say what happened, not always all of it: the document is fetched from the service. An event that is not
    about an invoice raises, so that it is not acknowledged: give those to an ``Inbox``.
    """
    ledger = Ledger(archive, place(remote))

    def put(event: Event) -> None:
        if not event.subject:
            raise InputError(_NO_SUBJECT, kind=event.kind)
        row = remote.get(event.subject)
        known = ledger.find(event.subject) or fetched(remote, ledger, event.subject, row)[0]
        ledger.mark(event.subject, known, str(row.get("marking") or ""), to_pa=bool(row.get("to_pa")))

    return put


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


_NO_SUBJECT: Final = Text("L'avviso «{kind}» non riguarda una fattura.", "The callback “{kind}” is about no invoice.")
