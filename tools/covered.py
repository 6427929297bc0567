"""Whether the tests cover enough: reads the JSON of coverage, says both shares, fails below the two limits.

python -m coverage json -q -o - | python tools/covered.py
"""

from __future__ import annotations

import json
import sys
from typing import Final

LINES: Final = 95
BRANCHES: Final = 90


def main() -> int:
    """0 when lines and branches are above their limits, else 1."""
    totals = json.load(sys.stdin)["totals"]
    lines = 100 * totals["covered_lines"] / totals["num_statements"]
    branches = 100 * totals["covered_branches"] / totals["num_branches"]
    print(f"lines {lines:.1f} % (at least {LINES}), branches {branches:.1f} % (at least {BRANCHES})")
    return 0 if lines >= LINES and branches >= BRANCHES else 1


if __name__ == "__main__":
    sys.exit(main())
