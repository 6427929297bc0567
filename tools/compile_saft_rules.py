"""Write docs/saft-rules.md, the list of the controls of audit files, from their tables.

python tools/compile_saft_rules.py           write it
python tools/compile_saft_rules.py --check   say whether it is up to date
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "saft-rules.md"
FAMILIES = {
    "reading": "PT1xxx: reading and encoding",
    "structure": "PT2xxx: schema",
    "asserts": "PT3xxx: the asserts of the schema",
    "references": "PT4xxx: keys and references",
    "arithmetic": "PT5xxx: arithmetic",
    "numbering": "PT6xxx: numbers, dates, periods",
    "signing": "PT7xxx: signature and ATCUD",
    "chain": "PT71xx: the chain, with the public key (`saft verify`)",
    "codes": "PT8xxx: tax numbers, taxes, codes",
    "policy": "PT9xxx: law and practice",
}
HEAD = """# The controls of audit files

Written by `tools/compile_saft_rules.py`; do not edit. `{name}` stands for a value of the file. Under the profile
`efatura` the severity in brackets counts.
"""


def controls() -> Iterator[object]:
    """Every control, in the order of its code."""
    from fatturakit.saft.desk import MORE

    for family in FAMILIES:
        yield from sorted(_table(family).values())
    yield from MORE.values()


def _table(family: str) -> dict[str, object]:
    module = importlib.import_module(f"fatturakit.saft.rules.{family}")
    found: dict[str, object] = getattr(module, family.upper())
    return found


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for family, title in FAMILIES.items():
        columns = "| code | severity | what (en) | o quê (pt) | che cosa (it) | fix |\n|---|---|---|---|---|---|\n"
        parts.append(f"\n## {title}\n\n{columns}")
        parts.extend(_row(control) for _, control in sorted(_table(family).items()))
    return "".join(parts)


def _row(control: object) -> str:
    row: tuple[object, ...] = tuple(control)  # type: ignore[arg-type]
    code, severity, _, message, fix, efatura = row
    milder = f" ({efatura.value})" if efatura else ""  # type: ignore[attr-defined]
    cells = (message.en, message.pt, message.it, fix.en)  # type: ignore[attr-defined]
    words = " | ".join(cell.replace("|", "\\|") for cell in cells)
    return f"| {code} | {severity.value}{milder} | {words} |\n"  # type: ignore[attr-defined]


def main(arguments: list[str]) -> int:
    """Write or check."""
    text = page()
    if "--check" in arguments:
        return 0 if PAGE.exists() and PAGE.read_text(encoding="utf-8") == text else 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))
    sys.exit(main(sys.argv[1:]))
