"""Write the ``nav`` of ``mkdocs.yml`` from the pages that are there: sections in our order, titles from the pages.

A page nobody has placed goes to the end of the section of its folder. ``python tools/compile_nav.py`` writes it;
``--check`` exits with 1 when it differs (the site is built all the same: such a page is only not in the menu).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from generated import keep

ROOT: Final = Path(__file__).resolve().parent.parent
DOCS: Final = ROOT / "docs"
TARGET: Final = ROOT / "mkdocs.yml"
SECTIONS: Final = (
    ("Start", ("index.md", "guide/tutorial.md"), ()),
    ("Guides", ("guide/accountant.md", "guide/developer.md", "guide/software-house.md", "guide/check.md",
                "guide/convert.md", "guide/compose.md", "guide/signatures.md", "guide/services.md", "guide/saft.md",
                "recipes.md"), ("guide/*.md",)),
    ("Italiano", ("it/index.md", "guide/it/tutorial.md", "guide/it/accountant.md", "guide/it/developer.md",
                  "guide/it/software-house.md", "guide/it/guida.md", "it/cli.md", "rules/it/README.md"),
     ("guide/it/*.md", "it/*.md")),
    ("Extend", ("extend/rule.md", "extend/theme.md", "extend/provider.md", "extend/saft-variant.md"), ("extend/*.md",)),
    ("Reference", ("cli.md", "api.md", "rules/README.md", "saft-rules.md", "saft-ledger.md", "schemas/README.md"),
     ("*.md",)),
    ("Project", ("architecture.md", "security.md", "changelog.md"), ("decisions/*.md",)),
)  # fmt: skip


def placed() -> set[str]:
    """Every page that has a place of its own."""
    return {name for _, names, _ in SECTIONS for name in names}


def pages(names: tuple[str, ...], patterns: tuple[str, ...]) -> Iterator[str]:
    """Those of a section, in order, then what else is in its folders."""
    yield from (name for name in names if (DOCS / name).is_file())
    for pattern in patterns:
        found = sorted(path.relative_to(DOCS).as_posix() for path in DOCS.glob(pattern))
        yield from (name for name in found if name not in placed())


def title(name: str) -> str:
    """The first heading of a page, in quotes for YAML."""
    found = next((line[2:] for line in text(DOCS / name).splitlines() if line.startswith("# ")), name)
    return '"' + found.replace('"', "'") + '"'


def text(page: Path) -> str:
    """A page, or the file of the project that is all there is on it."""
    own = page.read_text(encoding="utf-8")
    included = re.fullmatch(r'--8<-- "(.+)"\s*', own)
    return own if included is None else (ROOT / included[1]).read_text(encoding="utf-8")


def nav() -> str:
    """The whole of it."""
    lines = ["nav:"]
    for section, names, patterns in SECTIONS:
        lines.append(f"  - {section}:")
        lines += [f"      - {title(name)}: {name}" for name in pages(names, patterns)]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write it, or compare with ``--check``."""
    above, _, _ = TARGET.read_text(encoding="utf-8").partition("\nnav:")
    return keep(TARGET, f"{above}\n{nav()}".encode(), "compile_nav.py")


if __name__ == "__main__":
    sys.exit(main())
