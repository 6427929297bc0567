"""One document between a service and the archive: from a callback, by its identifier, or as a draft on its way out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from ..archive.archive import Archive
from ..errors import InputError
from ..texts import Text
from .events import Event
from .ledger import Known, Ledger
from .service import Remote


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


def hand(remote: Remote) -> Callable[[str, bytes], object]:
    """What hands a draft of the archive over to a service: ``archive.drafts.send(uuid, hand(remote))``."""

    def give(_name: str, data: bytes) -> object:
        return remote.send(data, check=False)  # the archive has judged it

    return give


def place(remote: Remote) -> str:
    """Which service, and where: test and production are two."""
    session = remote._session  # noqa: SLF001 - a room-mate
    return f"{session.provider.name} {session.base}"


def fetched(remote: Remote, ledger: Ledger, uuid: str, row: Mapping[str, Any]) -> tuple[Known, bool]:
    """The document itself, as SdI has it, under the name SdI knows."""
    name = Path(str(row.get("sdi_file_name") or f"{uuid}.xml")).name
    number, fresh = ledger.add(uuid, name, remote.get(uuid, "raw"))
    return Known(number, ""), fresh


_NO_SUBJECT: Final = Text("L'avviso «{kind}» non riguarda una fattura.", "The callback “{kind}” is about no invoice.")
