"""Lists page by page: one page in memory at a time, however many there are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Generic, TypeVar

from ..texts import Text
from .endpoints import Endpoint
from .reading import read
from .session import Session
from .steps import Flow

Row = TypeVar("Row")


class Pages(Generic[Row]):
    """The pages of one list; ``next()`` is the flow of the following page, None after the last.

    Services send no totals: a page that is not full is the last one.
    """

    def __init__(self, session: Session, row: Endpoint, values: Mapping[str, Any], kind: str = "") -> None:
        self._session, self._row, self._kind = session, row, kind
        self._values = dict(values)
        self._ended = False
        self._seen: set[int] = set()
        asked = self._values.get("items_per_page" if row.paging == "page" else "limit")
        self._size = int(asked or session.provider.page_size)
        if row.paging == "skip":
            self._values.setdefault("limit", self._size)

    def next(self) -> Flow[list[Row] | None]:
        """The rows of the next page."""
        if self._ended:
            return None
        answer = yield from self._session.call(self._row, self._values, kind=self._kind)
        rows: list[Row] = read(self._session, self._row, answer, self._kind) or []
        if rows and hash(answer.body) in self._seen:  # a list that goes round would never end
            raise self._session.unexpected(self._row, answer, _AGAIN)
        self._ended = not self._row.paging or len(rows) < self._size
        self._seen.add(hash(answer.body))
        self._turn(len(rows))
        return rows

    def _turn(self, count: int) -> None:
        if self._row.paging == "page":
            self._values["page"] = int(self._values.get("page") or 1) + 1
        elif self._row.paging == "skip":
            self._values["skip"] = int(self._values.get("skip") or 0) + count


_AGAIN: Final = Text("la stessa pagina due volte", "the same page twice")
