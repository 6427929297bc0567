"""Many documents as the rows of tables: read on one processor or several, in the order they were given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final, NamedTuple

from ..convert.tables.rowed import Rowed, rowed
from ..errors import FatturakitError
from ..limits import Limits
from ..texts import Language, Text
from .crashes import crash
from .inputs import Input
from .many import How, results
from .opening import cautions, opened, refuse_audit_file
from .tasks import Task

_CHUNK: Final = 20


class Read(NamedTuple):
    """The rows of one input (or the error in their place), and what its signature makes one careful about."""

    rows: Rowed
    cautions: tuple[Text, ...] = ()
    crashed: bool = False


class Asked(NamedTuple):
    """How every input is read. sheets: the only ones whose rows are wanted; dialect: the one a JSON must be in."""

    sheets: frozenset[str]
    lang: Language
    limits: Limits
    dialect: str | None = None


def read(items: Iterable[Input], asked: Asked, jobs: int | None = None) -> Iterator[Read]:
    """The rows of every input, in order. jobs: processes; 0 all processors; None one for a few inputs, else all."""
    task = Task(partial(_read, asked=asked), partial(_lost, asked=asked), chunk=_CHUNK)
    return results((item for item in items if item.archive != ""), task, How(jobs))


def _read(item: Input, asked: Asked) -> Read:
    try:
        document = opened(item, asked.limits, asked.dialect)
        refuse_audit_file(document)
        return Read(rowed(item.shown, document, asked.lang, asked.sheets), cautions(document))
    except FatturakitError as error:
        return Read(rowed(item.shown, error, asked.lang, asked.sheets))
    except Exception as error:
        return Read(rowed(item.shown, crash(f"{type(error).__name__}: {error}"), asked.lang, asked.sheets), (), True)


def _lost(item: Input, asked: Asked) -> Read:
    return Read(rowed(item.shown, crash("process died"), asked.lang, asked.sheets), (), True)
