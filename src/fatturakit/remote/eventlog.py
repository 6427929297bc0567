"""What services tell, kept in the archive: every callback and every message of SdI they pass on, each once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from ..archive.archive import Archive
from ..archive.told import MESSAGE
from .events import Event

_KEEP: Final = """INSERT INTO remote_events (place, id, kind, subject, state, at, data, stored_at, done)
    VALUES (:place, :id, :kind, :subject, :state, :at, :data, :now, 0) ON CONFLICT (place, id) DO NOTHING"""
_LISTED: Final = "SELECT kind, subject, state, at, data FROM remote_events WHERE place = :place"
_ORDER: Final = " ORDER BY stored_at, at, id"
_DONE: Final = "UPDATE remote_events SET done = 1 WHERE place = :place AND done = 0"


class EventLog:
    """The events of one service in one archive. place: which service, and where. Call it to store an event."""

    def __init__(self, archive: Archive, place: str) -> None:
        self._archive, self._place = archive, place

    def __call__(self, event: Event) -> bool:
        """Store an event; True when it is new. It is safe once this returns."""
        data = json.dumps(event.data, ensure_ascii=False)
        values = {"kind": event.kind, "subject": event.subject, "state": event.state, "at": event.at, "data": data}
        with self._archive.store.writing():
            keys = {"place": self._place, "id": _identity(event), "now": self._archive.now()}
            return self._archive.store.run(_KEEP, values | keys) > 0

    def about(self, subject: str) -> Iterator[Event]:
        """Everything told about one thing, in the order it came."""
        return self._events(f"{_LISTED} AND subject = :subject{_ORDER}", subject=subject)

    def waiting(self) -> Iterator[Event]:
        """What was told and has not been followed up: a synchronisation does."""
        return self._events(f"{_LISTED} AND done = 0{_ORDER}")

    def state(self, subject: str) -> str:
        """The newest state told of one thing, by the moments the service gives; "" when nothing was told."""
        found = [event for event in self.about(subject) if event.state]
        return max(found, key=lambda event: _moment(event.at)).state if found else ""

    def settle(self, event: Event | None = None) -> None:
        """Note that an event, or everything there is, has been followed up."""
        one = {} if event is None else {"id": _identity(event)}
        with self._archive.store.writing():
            self._archive.store.run(_DONE + (" AND id = :id" if one else ""), {"place": self._place, **one})

    def _events(self, sql: str, **values: str) -> Iterator[Event]:
        provider = self._place.partition(" ")[0]
        for kind, subject, state, at, data in self._archive.store.rows(sql, {"place": self._place, **values}):
            yield Event(provider, kind, subject, state, at, json.loads(data), data.encode())


def message(provider: str, uuid: str, row: Mapping[str, Any]) -> Event:
    """A message of SdI from the list of a service, as the event its callback would be."""
    about = dict(row)
    kind, at = str(about.get("type") or ""), str(about.get("created_at") or "")
    raw = json.dumps(about, sort_keys=True).encode()
    return Event(provider, MESSAGE, uuid, kind, at, {"notification": about}, raw)


def _identity(event: Event) -> str:
    """A message of SdI is one however it comes; anything else is known by its bytes."""
    told = event.data.get("notification")
    uuid = told.get("uuid") if isinstance(told, dict) else None
    return f"message {uuid}" if uuid else event.key


def _moment(at: str) -> tuple[int, str]:
    return (int(at), at) if at.isdecimal() else (0, at)
