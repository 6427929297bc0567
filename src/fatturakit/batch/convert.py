"""Many documents converted: each on its own, on one processor or several, in the order they were given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final, NamedTuple

from ..convert.reading import ConversionError
from ..convert.targets import TARGETS, How, Made
from ..errors import FatturakitError
from ..findings import Finding
from ..limits import Limits
from ..texts import Text
from . import many
from .crashes import crash, is_unsettled_text
from .inputs import SUFFIXES, Input, expand
from .opening import cautions, opened, refuse_audit_file
from .tasks import Task

_CHUNK: Final = 20
_FEW: Final = 20


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
    return expand(names, limits, stdin_name=stdin_name, suffixes=(*SUFFIXES, ".json"))


def results(
    items: Iterable[Input], target: str | None, how: How, limits: Limits, where: many.How | None = None
) -> Iterator[Converted]:
    """What became of every input, in order. target: a name of ``TARGETS`` with ``each``, None for the other side."""
    return many.results((item for item in items if item.archive != ""), task(target, how, limits), where or many.How())


def task(target: str | None, how: How, limits: Limits) -> Task[Converted]:
    """The conversion of documents, as it travels."""
    work = partial(_converted, target=target, how=how, limits=limits)
    return Task(work, _lost, settled=_is_settled, slim=_slim, chunk=_CHUNK, few=_FEW)


def _converted(item: Input, target: str | None, how: How, limits: Limits) -> Converted:
    name = target or ""
    try:
        document = opened(item, limits, None if target == "json" else how.dialect)
        refuse_audit_file(document)
        name = target or ("xml" if "json" in document.layers else "json")
        return Converted(item.shown, name, TARGETS[name].writer()(document, how), cautions=cautions(document))
    except FatturakitError as error:
        return Converted(item.shown, name, error=error)
    except Exception as error:
        return Converted(item.shown, name, error=crash(f"{type(error).__name__}: {error}"), crashed=True)


def _lost(item: Input) -> Converted:
    return Converted(item.shown, error=crash("process died"), crashed=True)


def _is_settled(result: Converted) -> bool:
    return result.error is None or not is_unsettled_text(result.error.text)


def _slim(result: Converted) -> Converted:
    """The result once its output is in a file."""
    return result if result.made is None else result._replace(made=result.made._replace(data=b"", line=b""))
