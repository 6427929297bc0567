"""Verbs over many inputs: answers in order, counted aloud, refusals said, the exit code, and a clean end at Ctrl-C."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any, TypeVar

from ..batch import inputs
from ..batch.envelopes import Answer
from ..batch.many import How, results
from ..batch.tasks import Task
from ..errors import ExitCode, InputError
from ..limits import Limits
from . import _io, _sources
from ._progress import Progress

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


@contextmanager
def answered(
    names: tuple[str, ...], task: Task[Answer[Result]], limits: Limits, given: dict[str, Any], outcome: Outcome
) -> Iterator[Answers[Result]]:
    """The answers for what was named; the workers end with the block, however it ends."""
    named = inputs.expand(_sources.named(names), limits, stdin_name=given["stdin_filename"])
    items = (item for item in named if item.archive != "")
    sys.stdout.flush()  # before workers are forked: each would inherit, and repeat, what is still in the buffer
    progress = Progress(given["progress"], quiet=given["quiet"])
    with progress, closing(results(items, task, How(given["jobs"]))) as found:
        yield _heard(found, progress, given, outcome)


def _heard(results: Answers[Result], progress: Progress, given: dict[str, Any], outcome: Outcome) -> Answers[Result]:
    for answer in results:
        outcome.add(answer)
        if isinstance(answer.result, InputError):
            _sources.complain(answer.item.shown, answer.result, given)
        progress.count()
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
