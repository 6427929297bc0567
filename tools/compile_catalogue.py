"""Compile the Italian words of click: ``messages.po`` to the binary ``messages.mo`` that gettext reads.

``python tools/compile_catalogue.py`` writes it; ``--check`` exits with 1 when what is there differs.
"""

from __future__ import annotations

import ast
import struct
import sys
from pathlib import Path

from generated import keep

HOME = Path(__file__).resolve().parent.parent / "src/fatturakit/cli/locale/it/LC_MESSAGES"
MAGIC = 0x950412DE


def entries(text: str) -> dict[str, str]:
    """msgid -> msgstr; plural forms joined by NUL on both sides, as the binary wants them."""
    found: dict[str, str] = {}
    for block in text.split("\n\n"):
        parts: dict[str, str] = {}
        for line in block.splitlines():
            if line and not line.startswith("#"):
                key, value = line.split(" ", 1)
                parts[key] = ast.literal_eval(value)
        source = "\0".join(parts[key] for key in ("msgid", "msgid_plural") if key in parts)
        found[source] = "\0".join(parts[key] for key in ("msgstr", "msgstr[0]", "msgstr[1]") if key in parts)
    return found


def binary(catalogue: dict[str, str]) -> bytes:
    """The catalogue in GNU's format: header, two tables of (length, offset), the sorted texts."""
    pairs = sorted((source.encode(), target.encode()) for source, target in catalogue.items())
    count = len(pairs)
    start = 28 + 16 * count
    texts, tables = b"", ([], [])  # type: ignore[var-annotated]
    for side in (0, 1):
        for pair in pairs:
            tables[side].append((len(pair[side]), start + len(texts)))
            texts += pair[side] + b"\0"
    header = struct.pack("<7I", MAGIC, 0, count, 28, 28 + 8 * count, 0, 0)
    return header + b"".join(struct.pack("<2I", *row) for table in tables for row in table) + texts


def main() -> int:
    """Write the binary, or compare with ``--check``."""
    made = binary(entries((HOME / "messages.po").read_text(encoding="utf-8")))
    return keep(HOME / "messages.mo", made, "compile_catalogue.py")


if __name__ == "__main__":
    sys.exit(main())
