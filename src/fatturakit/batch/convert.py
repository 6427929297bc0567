"""Many documents converted: each on its own, on one processor or several, in the order they were given."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, islice
from typing import NamedTuple

from ..convert.reading import ConversionError
from ..convert.targets import TARGETS, How, Made
from ..errors import FatturakitError
from ..findings import Finding
from ..limits import Limits
from ..texts import Text
from .inputs import Input, expand
from .jsons import SUFFIX, with_json
from .opening import cautions, opened
from .run import ONE_PROCESS_UP_TO, crash, processes


class Converted(NamedTuple):
    """What became of one input: its output, or why there is none; target: the name of what it was converted to.

    cautions: what its signature makes one careful about.
    """

    shown: str
    target: str = ""
    made: Made | None = None
    error: FatturakitError | None = None
    crashed: bool = False
    cautions: tuple[Text, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything there is to say about the conversion."""
        if self.made is not None:
            return self.made.findings
        return self.error.findings if isinstance(self.error, ConversionError) else ()


def inputs(names: Iterable[str], limits: Limits, *, stdin_name: str = "") -> Iterator[Input]:
    """Every document in what the user named; in folders and archives the JSON files too."""
    for name in names:
        for each in _in_folder(name) if os.path.isdir(name) else (name,):  # noqa: PTH112 - shown as it was named
            yield from with_json(expand((each,), limits, stdin_name=stdin_name), limits)


def results(
    items: Iterable[Input], target: str | None, how: How, limits: Limits, jobs: int | None = None
) -> Iterator[Converted]:
    """What became of every input, in order. target: a name of ``TARGETS`` with ``each``, None for the other side."""
    iterator = (item for item in items if item.archive != "")
    first = list(islice(iterator, ONE_PROCESS_UP_TO + 1))
    count = processes(jobs, few=len(first) <= ONE_PROCESS_UP_TO)
    everything = chain(first, iterator)
    if count == 1:
        return (_converted(item, target, how, limits) for item in everything)
    from .ordered import ordered

    return ordered(everything, partial(_chunk, target=target, how=how, limits=limits), _lost, count)


def _converted(item: Input, target: str | None, how: How, limits: Limits) -> Converted:
    name = target or ""
    try:
        document = opened(item, limits, None if target == "json" else how.dialect)
        name = target or ("xml" if "json" in document.layers else "json")
        return Converted(item.shown, name, TARGETS[name].writer()(document, how), cautions=cautions(document))
    except FatturakitError as error:
        return Converted(item.shown, name, error=error)
    except Exception as error:
        return Converted(item.shown, name, error=crash(f"{type(error).__name__}: {error}"), crashed=True)


def _chunk(items: list[Input], target: str | None, how: How, limits: Limits) -> list[Converted]:
    return [_converted(item, target, how, limits) for item in items]


def _lost(item: Input) -> Converted:
    return Converted(item.shown, error=crash("process died"), crashed=True)


def _in_folder(folder: str) -> Iterator[str]:
    """The folder as one name when it has no JSON; else every file by name, in the order of a folder."""
    from .inputs import SUFFIXES

    found = []
    for home, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__MACOSX")))
        wanted = (name for name in sorted(files) if name.lower().endswith((*SUFFIXES, SUFFIX)))
        found += [os.path.join(home, name) for name in wanted if not name.startswith(".")]  # noqa: PTH118
    return iter(found or [folder])
