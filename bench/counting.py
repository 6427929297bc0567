"""Instructions of one call of a kernel, counted by valgrind: the same on a busy machine as on an idle one."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from shutil import which

from clock import ENVIRONMENT

_FEW, _MANY = 5, 25
_COUNTED = re.compile(r"I\s+refs:\s+([\d,]+)")
_WATCH = ("--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null")


def available() -> bool:
    """True when valgrind is there to count."""
    return which("valgrind") is not None


def instructions(name: str) -> int | None:
    """Of one call, start-up and first calls left out; None when the kernel does not run here."""
    few, many = _counted(name, _FEW), _counted(name, _MANY)
    return None if few is None or many is None else (many - few) // (_MANY - _FEW)


def _counted(name: str, times: int) -> int | None:
    kernels = Path(__file__).with_name("kernels.py")
    command = ("valgrind", *_WATCH, sys.executable, kernels, name, str(times))
    environment = ENVIRONMENT | {"PYTHONHASHSEED": "0"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    found = _COUNTED.search(done.stderr)
    return int(found[1].replace(",", "")) if found and not done.returncode else None
