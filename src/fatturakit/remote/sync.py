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
from .feeding import fetched, place
from .ledger import Ledger, Refusal
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
        known, fresh = fetched(remote, ledger, uuid, row)
        done.documents += fresh
        done.known += not fresh
    else:
        done.known += 1
    done.states += ledger.mark(uuid, known, str(row.get("marking") or ""), to_pa=bool(row.get("to_pa")))


def _exported(remote: Remote, archive: Archive, period: Mapping[str, Any]) -> Synced:
    done = Synced()
    with tempfile.TemporaryDirectory() as folder:
        made = remote.export(Path(folder) / "export.zip", **period)
        if made is not None:
            added = archive.add(made)
            done.documents, done.known = added.documents, added.known
            done.refused = [Refusal(shown, error) for shown, error in added.refused]
    return done
