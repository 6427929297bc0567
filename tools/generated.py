"""One way to keep a generated file: write it, or say that it differs from its source."""

from __future__ import annotations

import sys
from pathlib import Path


def keep(target: Path, made: bytes, tool: str) -> int:
    """Write ``made`` to ``target``; with ``--check`` answer 1 and name the tool to run when they differ."""
    if "--check" not in sys.argv:
        target.write_bytes(made)
        return 0
    if target.is_file() and target.read_bytes() == made:
        return 0
    print(f"{target.name} differs from its source: run python tools/{tool}")
    return 1
