"""The public API is what ``tests/public_api.txt`` says; a difference is a decision."""

from __future__ import annotations

import ast
import subprocess
import sys
from difflib import unified_diff

import fatturakit

from .shared import ROOT

LOCK = ROOT / "tests" / "public_api.txt"
HOW = """
The public API changed. If that is meant: python tools/public_api.py > tests/public_api.txt, and a line in CHANGELOG.md
(what was taken away or renamed breaks programs: it needs a new major version once there is a 1.0).
"""


def test_the_public_api_is_what_was_promised() -> None:
    """In a process of its own: other tests import more, and views grow members."""
    tool = [sys.executable, str(ROOT / "tools" / "public_api.py")]
    there = subprocess.run(tool, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    change = "\n".join(
        unified_diff(LOCK.read_text(encoding="utf-8").splitlines(), there.splitlines(), lineterm="", n=0)
    )
    assert not change, HOW + change


def test_type_checkers_see_every_public_name() -> None:
    """Names are loaded late, so what tools read is a list of its own."""
    tree = ast.parse((ROOT / "src" / "fatturakit" / "__init__.py").read_text(encoding="utf-8"))
    seen = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level
        for alias in node.names
        if alias.asname is None or not alias.asname.startswith("_")
    }
    assert set(fatturakit.__all__) == seen
