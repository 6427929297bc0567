"""A provider as the sandbox serves it: its table, and a handler for every row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from ..remote.endpoints import Endpoint, Provider
from .box import Box
from .call import Answer, Call, Handler, Refusal


class Service(NamedTuple):
    """handlers: by the id of the row; enter: refuses who may not; refused: what a refusal looks like; decorate: the
    headers of every answer; tick: moves what moves by itself; slow: rows that take time, and lock for themselves;
    prefixes: where it is served; extra: rows the tables have none for; bad: the status of a wrong parameter;
    silent: statuses without a body; optional: parameters the
    table wants that there are other ways to say.
    """

    provider: Provider
    handlers: Mapping[str, Handler]
    enter: Callable[[Call], None]
    refused: Callable[[Box, Refusal], Answer]
    decorate: Callable[[Box], Mapping[str, str]] = lambda _: {}
    tick: Callable[[Box], None] = lambda _: None
    slow: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    extra: tuple[Endpoint, ...] = ()
    bad: int = 400
    silent: frozenset[int] = frozenset()
    optional: frozenset[str] = frozenset()

    @property
    def rows(self) -> tuple[Endpoint, ...]:
        """Every row that is served."""
        return (*self.provider.endpoints, *self.provider.supporting, *self.extra)
