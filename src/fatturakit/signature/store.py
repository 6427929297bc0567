"""The trusted authorities kept between runs: what ``trust update`` fetched and checked, with its age."""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

VARIABLE: Final = "FATTURAKIT_CACHE"
SCHEMA: Final = "fatturakit/trust@1"
SIGNATURES: Final = "signatures"
TIME_STAMPS: Final = "time stamps"
_OLDEST: Final = datetime.min.replace(tzinfo=UTC)
_NEWEST: Final = datetime.max.replace(tzinfo=UTC)


class Service(NamedTuple):
    """An authority to trust: its certificate, and when a list recognised it (always, for a file of the user's).

    purpose: SIGNATURES or TIME_STAMPS, as the list has it; "" for both.
    """

    certificate: bytes
    name: str = ""
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    territory: str = ""
    purpose: str = ""

    def at(self, moment: datetime) -> bool:
        """Whether it was recognised at ``moment``."""
        return (self.valid_from or _OLDEST) <= moment <= (self.valid_until or _NEWEST)


class Source(NamedTuple):
    """A list that was fetched: where, when it was issued, and when its next issue is due."""

    territory: str
    url: str
    issued: datetime | None = None
    next_update: datetime | None = None


class Kept(NamedTuple):
    """Everything kept: when it was fetched, from where, and the authorities."""

    fetched: datetime
    sources: tuple[Source, ...]
    services: tuple[Service, ...]

    def age(self, now: datetime) -> int:
        """Whole days since it was fetched."""
        return max((now - self.fetched).days, 0)

    def overdue(self, now: datetime) -> bool:
        """Whether a newer issue of some list must be out."""
        return any(source.next_update is not None and source.next_update < now for source in self.sources)


def place() -> Path:
    """The file it is kept in: in $FATTURAKIT_CACHE, else in the user's cache folder."""
    folder = os.environ.get(VARIABLE)
    if not folder:
        from platformdirs import user_cache_dir

        folder = user_cache_dir("fatturakit", appauthor=False)
    return Path(folder) / "trust.json"


def load() -> Kept | None:
    """What is kept; None when there is nothing, or nothing readable."""
    try:
        found = json.loads(place().read_text(encoding="utf-8"))
        if found["schema"] != SCHEMA:
            return None
        return Kept(
            datetime.fromisoformat(found["fetched"]),
            tuple(_source(row) for row in found["sources"]),
            tuple(_service(row) for row in found["services"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def save(kept: Kept) -> Path:
    """Write it whole or not at all; the file."""
    path = place()
    path.parent.mkdir(parents=True, exist_ok=True)
    data = {
        "schema": SCHEMA,
        "fetched": kept.fetched.isoformat(),
        "sources": [_plain(row) for row in kept.sources],
        "services": [_plain(row) for row in kept.services],
    }
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    temporary.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    temporary.replace(path)
    return path


def _plain(row: Source | Service) -> dict[str, object]:
    return {key: _value(value) for key, value in row._asdict().items()}


def _value(value: object) -> object:
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    return value.isoformat() if isinstance(value, datetime) else value


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def _source(row: dict[str, Any]) -> Source:
    return Source(row["territory"], row["url"], _moment(row["issued"]), _moment(row["next_update"]))


def _service(row: dict[str, Any]) -> Service:
    periods = _moment(row["valid_from"]), _moment(row["valid_until"])
    purpose = row.get("purpose", SIGNATURES)  # lists kept before time stamps were known have signers only
    return Service(b64decode(row["certificate"]), row["name"], *periods, row["territory"], purpose)
