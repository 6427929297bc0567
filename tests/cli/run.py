"""Running the command line as a user does: a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

COMMAND = (sys.executable, "-m", "fatturakit")


def environment(**extra: str) -> dict[str, str]:
    """A plain environment: Italian by default, no colour or configuration from outside."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("FATTURAKIT", "LC_", "LANG"))}
    return {**kept, "LANG": "C", "NO_COLOR": "1", "XDG_CONFIG_HOME": "/nonexistent", **extra}


def fatturakit(
    *words: object, stdin: bytes | None = None, cwd: Path | None = None, **env: str
) -> subprocess.CompletedProcess[str]:
    """Run one command line to its end; output decoded as UTF-8."""
    done = subprocess.run(
        [*COMMAND, *map(str, words)],
        input=b"" if stdin is None else stdin,
        capture_output=True,
        cwd=cwd,
        env=environment(**env),
        timeout=120,
        check=False,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    )
