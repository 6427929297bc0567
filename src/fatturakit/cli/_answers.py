"""Verbs over many inputs: answers in order, counted aloud, refusals said, the exit code, and a clean end at Ctrl-C."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from .. import limits
from ..batch import inputs
from ..batch.envelopes import Answer
from ..batch.many import results
from ..batch.tasks import Task
from ..errors import ExitCode, InputError
from . import _io, _sources, _work
from ._progress import Progress, total
from ._single import named

if TYPE_CHECKING:
    from ..batch.state import State

Result = TypeVar("Result")
Answers = Iterator[Answer[Result]]


class Outcome:
    """The exit code so far: the worst there was. judge: what a result by itself amounts to."""

    def __init__(self, judge: Callable[[Any], ExitCode] | None = None) -> None:
        self.code = ExitCode.OK
        self._judge = judge

    def add(self, answer: Answer[Any]) -> None:
        """Take one answer into account."""
        if isinstance(answer.result, InputError):
            self.ended(ExitCode.INTERNAL if answer.crashed else ExitCode.INPUT)
        elif self._judge is not None:
            self.ended(self._judge(answer.result))

    def ended(self, code: ExitCode) -> None:
        """Keep the worse of two endings."""
        self.code = max(self.code, code)


class Work(NamedTuple, Generic[Result]):
    """What is under way. found: the answers in order; state: what is gone on from; many: more than one input."""

    found: Answers[Result]
    state: State | None
    many: bool


@contextmanager
def answered(
    names: tuple[str, ...],
    task: Task[Answer[Result]],
    given: dict[str, Any],
    outcome: Outcome,
    about: dict[str, object],
) -> Iterator[Work[Result]]:
    """The answers for what was named; the workers end with the block, however it ends.

    about: the verb and its options that change an answer.
    """
    known, names = limits.from_environment(), named(names)
    every = inputs.expand(names, known, stdin_name=given["stdin_filename"])
    items = (item for item in every if item.archive != "")
    first = list(islice(items, 2))
    if sys.stdout is not None:  # a program without a console has none
        sys.stdout.flush()  # before workers are forked: each would inherit, and repeat, what is still in the buffer
    progress = Progress(given["progress"], quiet=given["quiet"], total=total(names, known))
    with (
        _work.how(_work.Asked.of(given), {**about, "limits": tuple(known)}) as where,
        progress,
        closing(results(chain(first, items), task, where)) as found,
    ):
        yield Work(_heard(found, progress, given, outcome), where.state, len(first) > 1)


def _heard(found: Answers[Result], progress: Progress, given: dict[str, Any], outcome: Outcome) -> Answers[Result]:
    for answer in found:
        outcome.add(answer)
        if isinstance(answer.result, InputError):
            _sources.complain(answer.item.shown, answer.result, given)
        progress.count(answer.item.shown, failed=isinstance(answer.result, InputError))
        yield answer


def written(
    found: Answers[Result],
    say: Callable[[Answer[Result]], str],
    output: _io.Output,
    begin: str = "",
    *,
    to_file: bool = False,
) -> bool:
    """Write ``begin``, then what ``say`` makes of each answer, whole.

    True after Ctrl-C: stdout can still be given a well-formed end, where a file is not made at all.
    """
    pieces = _io.WholePieces()
    try:
        with pieces.listening():
            with pieces:
                output.write(begin)
                output.flush()
            for answer in found:
                with pieces:
                    output.write(say(answer))
                    output.flush()
    except KeyboardInterrupt:
        if to_file:
            raise
        return True
    return False
