"""Events kept as files, one each: the simplest place where they are safe."""

from __future__ import annotations

import os
from pathlib import Path

from ..writing import Staged, make_folder
from .events import Event


class Inbox:
    """A folder of events: one file each, on the disk before ``__call__`` returns, the same callback once."""

    def __init__(self, folder: str | Path) -> None:
        self._folder = Path(folder)

    def __call__(self, event: Event) -> Path:
        """Store an event; its file. ``OutputError`` when that is not possible."""
        make_folder(self._folder)
        place = self._folder / f"{event.provider}-{event.key}.json"
        if not place.exists():
            with Staged(place, force=True) as staged:
                staged.write(event.raw)
                staged.stream.flush()
                os.fsync(staged.stream.fileno())
                staged.publish()
        return place
