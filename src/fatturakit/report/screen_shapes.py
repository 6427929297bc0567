"""The two shapes of what ``inspect`` says, a screen or data: pieces to be written in order.

Both keep count of what came before, so that screens stand apart and an array has its commas.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from ..errors import InputError
from ..invoice.summary import Summary
from .screen import Checks, Page

if TYPE_CHECKING:
    from ..invoice.fields import Answer


class Shape(Protocol):
    """``begin``, then ``document`` or ``unreadable`` for each input, then ``end``."""

    def begin(self, answers: Sequence[Answer]) -> str:
        """What stands before the documents: the fields and codes that were asked for."""

    def document(self, shown: str, path: str, summary: Summary, checks: Checks | None) -> str:
        """One document. shown: its name for people; path: what to give to ``validate``."""

    def unreadable(self, shown: str, error: InputError) -> str:
        """An input that could not be opened, unwrapped or parsed."""

    def end(self) -> str:
        """What closes the whole."""


class AsText:
    """Screens, one below the other; ``titled`` puts the file's name above each."""

    def __init__(self, page: Page, *, titled: bool) -> None:
        self._page = page
        self._titled = titled
        self._between = ""

    def begin(self, answers: Sequence[Answer]) -> str:
        if not answers:
            return ""
        from .screen_field import screen

        return "".join(self._apart(self._page.finished(screen(self._page, answer))) for answer in answers)

    def document(self, shown: str, path: str, summary: Summary, checks: Checks | None) -> str:
        from .screen_summary import screen

        head = [self._page.paint(self._page.name(shown), "bold")] if self._titled else []
        return self._apart([*head, *screen(self._page, path, summary, checks)])

    def unreadable(self, shown: str, error: InputError) -> str:
        return ""  # said on stderr, where messages go

    def end(self) -> str:
        return ""

    def _apart(self, lines: Iterable[str]) -> str:
        between, self._between = self._between, "\n"
        return between + "\n".join(lines) + "\n"


class AsJson:
    """One JSON document, ``fatturakit/summary@1``."""

    def __init__(self, page: Page) -> None:
        self._lang = page.lang
        self._between = "\n  "

    def begin(self, answers: Sequence[Answer]) -> str:
        from . import screen_json

        return screen_json.begin(answers, self._lang)

    def document(self, shown: str, path: str, summary: Summary, checks: Checks | None) -> str:
        from . import screen_json

        return self._next(screen_json.document(shown, summary, checks))

    def unreadable(self, shown: str, error: InputError) -> str:
        from . import screen_json

        return self._next(screen_json.unreadable(shown, error, self._lang))

    def end(self) -> str:
        return "]}\n"

    def _next(self, entry: str) -> str:
        between, self._between = self._between, ",\n  "
        return between + entry
