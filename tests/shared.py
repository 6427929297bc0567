"""Where the shared folder is: facts, official schemas as oracles, and the public corpus.

It is $FATTURAKIT_SHARED or ../shared beside the repository. Without it the tests marked `needs_shared` are skipped on
a user's machine; in CI a missing folder is an error.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def _find() -> Path | None:
    folder = Path(os.environ.get("FATTURAKIT_SHARED") or ROOT.parent / "shared")
    if folder.is_dir():
        return folder
    if os.environ.get("CI"):
        raise RuntimeError(f"CI runs every test: {folder} is missing, set FATTURAKIT_SHARED")
    return None


SHARED: Path | None = _find()
needs_shared = pytest.mark.skipif(SHARED is None, reason="the shared folder is not here (FATTURAKIT_SHARED)")


def shared(*parts: str) -> Path:
    """A path in the shared folder; for use in tests marked needs_shared."""
    assert SHARED is not None, "mark the test with needs_shared"
    return SHARED.joinpath(*parts)


def manifest() -> Iterator[dict[str, str]]:
    """The rows of the corpus manifest; the column file is relative to corpus/."""
    with shared("corpus", "manifest.csv").open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
