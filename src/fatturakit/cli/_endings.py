"""Every ending of a run: its sentence on stderr, its exit code, and never a traceback."""

from __future__ import annotations

import os
from collections.abc import Callable

from .._version import __version__
from ..errors import ExitCode, FatturakitError
from ..texts import Text
from . import _io
from ._language import LANGUAGE, words


def ended(run: Callable[[], int]) -> int:
    """Run to the end, whatever it is; the exit code."""
    _io.prepare_streams()
    try:
        return run()
    except FatturakitError as error:
        return _said(error)
    except KeyboardInterrupt:
        _io.message("")  # the terminal has shown ^C on the line
        return interrupted()
    except (_io.PipeClosed, BrokenPipeError):
        _io.silence_stdout()
        return ExitCode.OK
    except Exception as error:
        if isinstance(error, OSError) and _io.is_output(error):
            return _said(_io.refused(error, "-"))
        return _bug(error)


def _said(error: FatturakitError) -> int:
    _io.settle_stdout()
    _io.message(f"fatturakit: {error.say(LANGUAGE)}")
    return error.exit_code


def interrupted() -> int:
    """What Ctrl-C ends with."""
    _io.message(words("Interrotto.", "Interrupted."))
    return ExitCode.INTERRUPTED


def _bug(error: Exception) -> int:
    if os.environ.get("FATTURAKIT_DEBUG"):
        raise error
    said = {"version": __version__, "kind": type(error).__name__, "what": error}
    _io.message(_INTERNAL.say(LANGUAGE, said))
    return ExitCode.INTERNAL


_INTERNAL = Text(
    "fatturakit {version}: errore interno ({kind}: {what}). Riprova con FATTURAKIT_DEBUG=1 e segnalalo.",
    "fatturakit {version}: internal error ({kind}: {what}). Try again with FATTURAKIT_DEBUG=1 and report it.",
)
