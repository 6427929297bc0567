"""The archive and a service together: new documents and states into the archive, drafts of the archive to the service.

Everything may be repeated and interrupted: what is there is not fetched again, and nothing is stored twice.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ..archive.archive import Archive
from ..errors import InputError
from ..texts import Text
from .events import Event
from .ledger import Known, Ledger, Refusal
from .service import Remote

Step = Callable[[str], None]


@dataclass(slots=True)
class Synced:
    """What came of it. documents: new in the archive; known: seen and there already; states: news about documents;
    refused: what the archive could not take."""

    documents: int = 0
    known: int = 0
    states: int = 0
    refused: list[Refusal] = field(default_factory=list)


def sync(remote: Remote, archive: Archive, *, step: Step | None = None, **filters: Any) -> Synced:
    """Bring an archive up to date with a service.

    filters: of the list (``created_at_after="2026-11-01"``), or the period of the export, which costs money and marks
    what it delivers as read. step: called with the identifier of each document.
    """
    if remote.has("list"):
        return _listed(remote, archive, step, filters)
    return _exported(remote, archive, filters)


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
        known = ledger.find(event.subject) or _fetched(remote, ledger, event.subject, row)[0]
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


def _listed(remote: Remote, archive: Archive, step: Step | None, filters: Mapping[str, Any]) -> Synced:
    ledger, done = Ledger(archive, place(remote)), Synced()
    for kind in ("0", "1"):
        for row in remote.list(**{"type": kind, **filters}):
            uuid = str(row.get("uuid") or "")
            if step:
                step(uuid)
            try:
                _one(remote, ledger, uuid, row, done)
            except InputError as error:
                done.refused.append(Refusal(uuid, error))
        if "type" in filters:
            break
    return done


def _one(remote: Remote, ledger: Ledger, uuid: str, row: Mapping[str, Any], done: Synced) -> None:
    known = ledger.find(uuid)
    if known is None:
        known, fresh = _fetched(remote, ledger, uuid, row)
        done.documents += fresh
        done.known += not fresh
    else:
        done.known += 1
    done.states += ledger.mark(uuid, known, str(row.get("marking") or ""), to_pa=bool(row.get("to_pa")))


def _fetched(remote: Remote, ledger: Ledger, uuid: str, row: Mapping[str, Any]) -> tuple[Known, bool]:
    """The document itself, as SdI has it, under the name SdI knows."""
    name = Path(str(row.get("sdi_file_name") or f"{uuid}.xml")).name
    number, fresh = ledger.add(uuid, name, remote.get(uuid, "raw"))
    return Known(number, ""), fresh


def _exported(remote: Remote, archive: Archive, period: Mapping[str, Any]) -> Synced:
    done = Synced()
    with tempfile.TemporaryDirectory() as folder:
        made = remote.export(Path(folder) / "export.zip", **period)
        if made is not None:
            added = archive.add(made)
            done.documents, done.known = added.documents, added.known
            done.refused = [Refusal(shown, error) for shown, error in added.refused]
    return done


_NO_SUBJECT: Final = Text("L'avviso «{kind}» non riguarda una fattura.", "The callback “{kind}” is about no invoice.")
