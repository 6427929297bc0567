"""The archive brought up to date with a service: new documents and new states.

Everything may be repeated and interrupted: what is there is not fetched again, and nothing is stored twice.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..archive.archive import Archive
from ..errors import InputError
from .eventlog import EventLog, message
from .feeding import fetched, place
from .ledger import Ledger, Refusal
from .service import Remote

Step = Callable[[str], None]


@dataclass(slots=True)
class Synced:
    """What came of it. documents: new in the archive; known: seen and there already; states: news about documents;
    messages: new ones of SdI, as the service tells them (``EventLog``); refused: what the archive could not take."""

    documents: int = 0
    known: int = 0
    states: int = 0
    messages: int = 0
    refused: list[Refusal] = field(default_factory=list)


def sync(remote: Remote, archive: Archive, *, step: Step | None = None, **filters: Any) -> Synced:
    """Bring an archive up to date with a service.

    filters: of the list (``created_at_after="2026-11-01"``), or the period of the export, which costs money and marks
    what it delivers as read. step: called with the identifier of each document.
    """
    if remote.has("list"):
        return _listed(remote, archive, step, filters)
    return _exported(remote, archive, filters)


def _listed(remote: Remote, archive: Archive, step: Step | None, filters: Mapping[str, Any]) -> Synced:
    ledger, log, done = Ledger(archive, place(remote)), EventLog(archive, place(remote)), Synced()
    for kind in ("0", "1"):
        for row in remote.list(**{"type": kind, **filters}):
            uuid = str(row.get("uuid") or "")
            if step:
                step(uuid)
            try:
                _one(remote, (ledger, log), uuid, row, done)
            except InputError as error:
                done.refused.append(Refusal(uuid, error))
        if "type" in filters:
            break
    if not filters and not done.refused:
        log.settle()
    return done


def _one(remote: Remote, books: tuple[Ledger, EventLog], uuid: str, row: Mapping[str, Any], done: Synced) -> None:
    ledger, log = books
    known = ledger.find(uuid)
    if known is None:
        known, fresh = fetched(remote, ledger, uuid, row)
        done.documents += fresh
        done.known += not fresh
    else:
        done.known += 1
    marking = str(row.get("marking") or "")
    if marking != known.marking:  # its messages first: interrupted here, it is still news the next time
        done.messages += _messages(remote, log, uuid)
        done.states += ledger.mark(uuid, known, marking, to_pa=bool(row.get("to_pa")))


def _messages(remote: Remote, log: EventLog, uuid: str) -> int:
    rows = remote.notifications(uuid) if remote.has("notifications") else ()
    return sum(log(message(place(remote).partition(" ")[0], uuid, row)) for row in rows)


def _exported(remote: Remote, archive: Archive, period: Mapping[str, Any]) -> Synced:
    done = Synced()
    with tempfile.TemporaryDirectory() as folder:
        made = remote.export(Path(folder) / "export.zip", **period)
        if made is not None:
            added = archive.add(made)
            done.documents, done.known = added.documents, added.known
            done.refused = [Refusal(shown, error) for shown, error in added.refused]
    if not period and not done.refused:
        EventLog(archive, place(remote)).settle()
    return done
