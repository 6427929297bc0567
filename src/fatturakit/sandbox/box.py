"""Everything one sandbox is: its clock, its quirks, its records, its identifiers."""

from __future__ import annotations

import random
import threading
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from .clock import Clock
from .quirks import switched
from .records import Configuration, Delivery, Hook, Invoice, Job, Receipt, Token
from .tables import File, Table

SETTINGS: Final = {"operations": -1, "credit": -1, "saft_polls": 2, "export_seconds": 0, "sdi_seconds": 60}
"""operations, credit: how many are left (-1: no end); saft_polls: 202s before the file; export_seconds: how long an
export takes by the machine; sdi_seconds: from waiting to sent."""


class Box:
    """The state of a sandbox. ``lock`` is held while something changes; ``base`` is where it is served."""

    def __init__(
        self, *, clock: Clock | None = None, quirks: Iterable[str] = (), state: str | Path | None = None
    ) -> None:
        self.clock = clock or Clock()
        self.quirks = switched(quirks)
        self.settings = dict(SETTINGS)
        self.lock = threading.RLock()
        self.base = ""
        self.busy: set[str] = set()
        self.faults: list[dict[str, object]] = []
        self._file = File(state) if state else None
        self._random = random.Random(None if state else 20261120)  # noqa: S311 - names of things, not secrets
        self.invoices = Table(Invoice, self._file)
        self.receipts = Table(Receipt, self._file)
        self.configurations = Table(Configuration, self._file)
        self.tokens = Table(Token, self._file)
        self.jobs = Table(Job, self._file)
        self.hooks = Table(Hook, self._file)
        self.deliveries = Table(Delivery, self._file)

    def close(self) -> None:
        """Leave the file."""
        if self._file is not None:
            self._file.close()

    def now(self) -> datetime:
        """The moment, by the clock of the sandbox."""
        return self.clock()

    def stamp(self, later: int = 0) -> str:
        """The moment (or one some seconds later) as ISO 8601 in UTC: such texts sort as time does."""
        return written(self.now() + timedelta(seconds=later))

    def uuid(self) -> str:
        """A new identifier."""
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))

    def hex24(self) -> str:
        """A new identifier as OpenAPI.com makes them."""
        return f"{self._random.getrandbits(96):024x}"

    def spend(self, purse: str, amount: int = 1) -> bool:
        """Take from ``operations`` or ``credit``; False when there is not enough."""
        left = self.settings[purse]
        if 0 <= left < amount:
            return False
        self.settings[purse] = left - amount if left >= 0 else left
        return True

    def has(self, quirk: str) -> bool:
        """Whether a quirk is switched on."""
        return quirk in self.quirks


def written(moment: datetime) -> str:
    """A moment as the sandbox keeps it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
