"""A theme of somebody else may not run for ever nor fill the memory: what draws it is watched, and stopped.

Templates that loop, selectors that try everything with everything, pages a millimetre high: none can be told from an
honest theme by reading it. So the drawing has seconds and memory by the size of what it draws, far more than it takes.
"""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..errors import UsageError
from ..limits import THEME_BYTES as MEMORY
from ..limits import THEME_SECONDS as SECONDS
from ..texts import Text

if TYPE_CHECKING:
    from .themes import Theme

_BYTES_A_SECOND: Final = 20_000
_MEMORY_A_BYTE: Final = 400
_LOOK: Final = 0.1
_AGAIN: Final = 5.0  # what was built is being let go meanwhile
_PAGE: Final = 4096
_STATM: Final = Path("/proc/self/statm")


class _Stopped(BaseException):
    """Not an ``Exception``: nothing on the way may take it for one of its own."""


@contextmanager
def watched(theme: Theme, size: int) -> Iterator[None]:
    """Draw meanwhile with a theme; size: bytes of the documents. ``UsageError`` when it takes much too much."""
    if not theme.own:
        yield
        return
    done = threading.Event()
    given = (threading.get_ident(), done, SECONDS + size / _BYTES_A_SECOND, MEMORY + size * _MEMORY_A_BYTE)
    watcher = threading.Thread(target=_watch, args=given, daemon=True)
    watcher.start()
    try:
        try:
            yield
        finally:
            done.set()
            watcher.join()
            _interrupt(given[0], None)  # too late to stop what is done
    except _Stopped as error:
        raise UsageError(_TOO_MUCH, theme=theme.name) from error
    except (RecursionError, MemoryError) as error:
        raise UsageError(_TOO_DEEP, theme=theme.name, reason=str(error) or type(error).__name__) from error


def _watch(thread: int, done: threading.Event, seconds: float, memory: float) -> None:
    """Stop a thread that is over its time or memory, and again when something has swallowed that."""
    end, most = time.monotonic() + seconds, _resident() + memory
    pause = _LOOK
    while not done.wait(pause):
        if time.monotonic() > end or _resident() > most:
            _interrupt(thread, _Stopped)
            pause = _AGAIN


def _interrupt(thread: int, error: type[BaseException] | None) -> None:
    """Raise in a thread, at its next step; None takes back what has not been raised yet."""
    raised = None if error is None else ctypes.py_object(error)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), raised)


def _resident() -> int:
    """Bytes of memory in use, 0 where the system does not say."""
    with suppress(OSError, ValueError, IndexError):
        return int(_STATM.read_text(encoding="ascii").split()[1]) * _PAGE
    return 0


_TOO_MUCH: Final = Text(
    "Il tema {theme} chiede troppo tempo o troppa memoria per questa pagina: è stato fermato. Controlla i cicli dei "
    "modelli, i selettori e le misure del foglio di stile.",
    "The theme {theme} takes too much time or memory for this page: it was stopped. Look at the loops of its "
    "templates, at the selectors and sizes of its style sheet.",
)
_TOO_DEEP: Final = Text(
    "Il foglio di stile del tema {theme} è troppo complicato: {reason}.",
    "The style sheet of the theme {theme} is too complicated: {reason}.",
)
