"""The exceptions fatturakit raises, each with the exit code its failure means.

An exception is for work that cannot be done; what is wrong *with an invoice* is a finding (``findings.py``).
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, ClassVar

from .texts import Language, Text, counted, language

if TYPE_CHECKING:
    from .findings import Finding


class ExitCode(IntEnum):
    """What the process answers. Never a count. Stable interface."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    INPUT = 3
    MISSING_EXTRA = 4
    REMOTE = 5
    OUTPUT = 6
    INTERNAL = 70
    INTERRUPTED = 130


class FatturakitError(Exception):
    """Base of every exception raised on purpose; ``say(lang)`` gives its sentence."""

    exit_code: ClassVar[ExitCode] = ExitCode.INTERNAL

    def __init__(self, text: Text, **args: object) -> None:
        super().__init__(text, args)
        self.text = text
        self.args_ = args

    def say(self, lang: Language | None = None) -> str:
        """The sentence in Italian or English (the user's language when not given)."""
        lang = lang or language()
        return self.text.say(lang, counted(self.args_, lang))

    def __str__(self) -> str:
        return self.say()

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.text, self.args_)


def _rebuild(kind: type[FatturakitError], text: Text, args: dict[str, object]) -> FatturakitError:
    return kind(text, **args)


class UsageError(FatturakitError):
    """The call itself is wrong: an unknown option, rule, field or date."""

    exit_code = ExitCode.USAGE


class InputError(FatturakitError):
    """An input could not be opened, unwrapped or parsed; ``finding`` says the SdI code, place and remedy."""

    exit_code = ExitCode.INPUT

    def __init__(self, text: Text, finding: Finding | None = None, **args: object) -> None:
        super().__init__(text, **args)
        self.finding = finding

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild_input, (type(self), self.text, self.finding, self.args_)


def _rebuild_input(kind: type[InputError], text: Text, finding: Finding | None, args: dict[str, object]) -> InputError:
    return kind(text, finding, **args)


class FindingsError(FatturakitError):
    """Raised by ``Report.raise_for_findings()`` only."""

    exit_code = ExitCode.FINDINGS


class MissingExtra(FatturakitError):
    """An optional package or system library is absent; the sentence is the line that installs it."""

    exit_code = ExitCode.MISSING_EXTRA


class RemoteError(FatturakitError):
    """The network, the authentication or the remote service refused.

    outcome_unknown: what was asked for may have been done all the same.
    """

    exit_code = ExitCode.REMOTE
    outcome_unknown: ClassVar[bool] = False


class OutputError(FatturakitError):
    """The destination exists, is not writable, or the disk is full."""

    exit_code = ExitCode.OUTPUT
