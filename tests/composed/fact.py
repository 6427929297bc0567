"""A fact a control is about: how it is broken in any document that has it, and since when it counts."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from .anywhere import general
from .breakers import BODY, HEADER
from .tree import Tree

Place = tuple[str, int | None]
Change = Callable[[Tree, Tree, random.Random], bool]
"""(document, header or body, dice): breaks the fact, and tells whether there was one to break."""
_ABOUT_THE_FILE: Final = "00201"


@dataclass(frozen=True)
class Fact:
    """code: what breaking it raises; since: from which day, for each document type where that differs; also: the code
    that cannot but speak with it, and since when; scope: what is broken, and so what is named.
    """

    code: str
    change: Change
    wish: dict[str, Any] = field(default_factory=dict)
    since: str | Mapping[str, str] = ""
    also: tuple[str, str] = ("", "9")
    scope: str = "body"

    def broken(self, tree: Tree, rng: random.Random) -> set[Place] | None:
        """Break it in a document: the errors expected of that. None where it has no such fact."""
        if self.scope != "body":
            every = range(1, len(tree[BODY]) + 1) if self.scope == "bodies" else (None,)
            return self.expected(tree, every) if self.change(tree, tree[HEADER], rng) else None
        numbered = list(enumerate(tree[BODY], 1))
        rng.shuffle(numbered)
        found = next((number for number, body in numbered if self.change(tree, body, rng)), None)
        return found and self.expected(tree, (found,))

    def expected(self, tree: Tree, places: Iterable[int | None]) -> set[Place]:
        """The errors on the day of the document."""
        codes = {(code, place) for place in places for code, first in self._rows(tree, place) if first <= tree["@day"]}
        return {(code, None if code == _ABOUT_THE_FILE else place) for code, place in codes}

    def _rows(self, tree: Tree, place: int | None) -> tuple[tuple[str, str], ...]:
        if isinstance(self.since, str):
            return (self.code, self.since), self.also
        return ((self.code, self.since.get(general(tree[BODY][(place or 1) - 1])["TipoDocumento"], "9")),)

    def __str__(self) -> str:
        """For pytest."""
        return f"{self.code}-{self.change.__name__}"
