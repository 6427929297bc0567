"""Reading below an element by local names, whatever is missing, repeated or in the wrong namespace."""

from __future__ import annotations

from lxml import etree

from ..xmlio import local, text


class Reader:
    """The children of one element, by local name; a reader of nothing answers every question with None or nothing.

    Broken producers qualify the children of the root: the namespace is not looked at here, ``validate`` complains.
    """

    __slots__ = ("_below",)

    def __init__(self, element: etree._Element | None) -> None:
        self._below: dict[str, list[etree._Element]] = {}
        if element is not None:
            for child in element.iterchildren(tag=etree.Element):
                self._below.setdefault(local(child), []).append(child)

    def __bool__(self) -> bool:
        return bool(self._below)

    def at(self, path: str) -> Reader:
        """The first element at ``path`` ("Sede" or "DatiGenerali/DatiDDT")."""
        name, _, rest = path.partition("/")
        found = Reader(self._below[name][0]) if name in self._below else _NOTHING
        return found.at(rest) if rest else found

    def all(self, path: str) -> list[Reader]:
        """Every element of the last name in ``path``, below the first elements of the names before."""
        above, _, name = path.rpartition("/")
        home = self.at(above) if above else self
        return [Reader(element) for element in home._below.get(name, ())]  # noqa: SLF001 - of our own class

    def text(self, path: str) -> str | None:
        """The value of the first element at ``path`` as written, None when there is none."""
        return next(iter(self.texts(path)), None)

    def texts(self, path: str) -> tuple[str, ...]:
        """The values of every element of the last name in ``path``."""
        above, _, name = path.rpartition("/")
        home = self.at(above) if above else self
        return tuple(text(element) for element in home._below.get(name, ()))  # noqa: SLF001


_NOTHING = Reader(None)
