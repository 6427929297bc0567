"""Names that come again within one call (00002), remembered in about a hundred bytes a document."""

from __future__ import annotations

from typing import NamedTuple

from ..envelope.names import split


class Place(NamedTuple):
    """What a path is beside its stem: one object for all the files of a folder."""

    folder: str
    extension: str


class Names:
    """The stems met so far and where; a path is put together again only when its stem returns."""

    def __init__(self) -> None:
        self._first: dict[str, Place] = {}
        self._places: dict[Place, Place] = {}

    def met(self, name: str, path: str) -> tuple[str, tuple[str, str]] | None:
        """Remember ``path``, whose last part is ``name``; its stem with the earlier (name, path) when there is one."""
        stem, extension = split(name)
        before = self._first.get(stem)
        if before is None:
            place = Place(path[: len(path) - len(name)], extension)
            self._first[stem] = self._places.setdefault(place, place)
            return None
        other = stem + before.extension
        return stem, (other, before.folder + other)
