"""A process with the library loaded that makes a child of itself for every command line: a start without the wait.

The child is a process as any other: its own folder, environment, streams and exit code. What depends on how the
interpreter was started (its encodings, say) is for real new processes. Orders come as lines of JSON on standard input.
"""

from __future__ import annotations

import atexit
import importlib
import json
import os
import sys
import threading
from typing import Any, Final

LOADED: Final = (
    *("click", "zipfile", "decimal", "concurrent.futures.process", "multiprocessing", "sqlite3", "html", "csv"),
    *("fatturakit.batch.run", "fatturakit.batch.judge", "fatturakit.batch.convert", "fatturakit.batch.many"),
    *("fatturakit.archive.archive", "fatturakit.convert.writing", "fatturakit.convert.reading", "fatturakit.saft.api"),
    *("fatturakit.signature.verify", "fatturakit.report.json", "fatturakit.report.screen"),
)
"""Nothing of the command line itself: it speaks the language it finds when it is loaded."""


def main() -> None:
    """Answer orders until there are no more; in a child, become the command line that was ordered."""
    for name in LOADED:
        importlib.import_module(name)
    while order := _next():
        child = os.fork()
        if not child:
            _become(order)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        os.write(1, f"{code}\n".encode())


def _next() -> dict[str, Any] | None:
    """The next order; nothing is read ahead, since a child inherits what was."""
    line = bytearray()
    while not line.endswith(b"\n"):
        piece = os.read(0, 1 << 16)
        if not piece:
            return None
        line += piece
    order: dict[str, Any] = json.loads(line)
    return order


def _become(order: dict[str, Any]) -> None:
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["env"])
    for number, name in enumerate(order["streams"]):
        opened = os.open(name, os.O_RDONLY if number == 0 else os.O_WRONLY)
        os.dup2(opened, number)
        os.close(opened)
    sys.argv = ["fatturakit", *order["words"]]
    os._exit(_run())


def _run() -> int:
    from fatturakit.cli.start import entry

    code: object = 0
    try:
        entry()
    except SystemExit as ended:
        code = ended.code
    except BaseException:
        sys.excepthook(*sys.exc_info())
        code = 1
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    return code if isinstance(code, int) else int(code is not None)


if __name__ == "__main__":
    main()
