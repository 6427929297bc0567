"""Instructions of one call of a kernel, counted by valgrind: the same on a busy machine as on an idle one."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from clock import ENVIRONMENT

_TIMES = 8
_SUMMARY = re.compile(r"^summary: (\d+)$", re.MULTILINE)


def available() -> bool:
    """True when valgrind is there to count."""
    return which("valgrind") is not None


def instructions(name: str) -> int | None:
    """Of one call, start-up and first calls left out; None when the kernel does not run here."""
    kernels = Path(__file__).with_name("kernels.py")
    environment = ENVIRONMENT | {"PYTHONHASHSEED": "0"}
    with TemporaryDirectory() as home:
        watch = ("--tool=callgrind", "--dump-before=getloadavg", f"--callgrind-out-file={home}/counts")
        command = ("valgrind", *watch, sys.executable, kernels, name, str(_TIMES))
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        between = Path(home) / "counts.2"  # the first is what came before the first mark
        if done.returncode or not between.exists():
            return None
        found = _SUMMARY.search(between.read_text(encoding="utf-8"))
    return int(found[1]) // _TIMES if found else None
