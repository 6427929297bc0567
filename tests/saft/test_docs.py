"""The page of controls is what their tables say."""

from __future__ import annotations

import subprocess
import sys

from ..shared import ROOT


def test_the_page_of_controls_is_up_to_date() -> None:
    done = subprocess.run([sys.executable, "tools/compile_saft_rules.py", "--check"], cwd=ROOT, check=False)
    assert done.returncode == 0
