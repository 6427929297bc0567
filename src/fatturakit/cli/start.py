"""Where the program starts: a plain ``validate FILE`` is answered at once, everything else goes through click.

Loading click takes as long as judging an invoice. Both ways lead to the same work (``_validate``) with the same
defaults; ``tests/cli/test_start.py`` holds them side by side.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress

_OBJECTS_BETWEEN_COLLECTIONS = 50_000


def entry() -> None:
    """The console script and ``python -m fatturakit``: run and leave with the exit code."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS, 20, 20)  # invoices leave hardly any cycles
    leave(run(sys.argv[1:]))


def run(argv: list[str]) -> int:
    """Run one command line the short way when it is plain, else through click; the exit code."""
    from ._plain import plain

    call = plain(argv)
    if call is None:
        from .main import run as through_click

        return through_click(argv)
    from ._endings import ended
    from ._validate import validate

    return ended(lambda: validate(*call))


def leave(code: int) -> None:
    """End the process, without the interpreter's slow good-bye where nothing waits for it."""
    if _alone():
        with suppress(OSError, ValueError, AttributeError):
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    sys.exit(code)


def _alone() -> bool:
    """True when no worker, thread, exit handler, debugger or coverage tool would miss an orderly end."""
    import atexit

    watched = sys.gettrace() or sys.getprofile() or sys.flags.inspect or os.environ.get("PYTHONINSPECT")
    loaded = {"multiprocessing", "concurrent.futures", "coverage", "click"} & sys.modules.keys()
    threads = "threading" in sys.modules and sys.modules["threading"].active_count() > 1
    handlers = getattr(atexit, "_ncallbacks", lambda: 1)()
    return not (watched or loaded or threads or handlers)
