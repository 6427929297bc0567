"""Imports go one way through the house, and start-up loads the standard library and lxml only."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .shared import ROOT

PACKAGE = ROOT / "src" / "fatturakit"
CLEAN = ROOT / "fixtures" / "invoices" / "IT07654320071_00001.xml"

# From the lowest floor up. A room may import its own floor and those below; rooms of a closed floor stay apart.
FLOORS = (
    {"texts", "_version", "lazy"},
    {"errors", "findings", "limits", "money", "refusals", "taxid", "clock"},
    {"xmlio", "resources", "storage", "writing"},
    {"schema"},
    {"view", "fields"},
    {"document", "envelope", "sources"},
    {"signature", "invoice", "rules", "convert", "render", "sdi", "saft", "receipts"},
    {"batch"},
    {"archive"},
    {"remote", "sandbox"},
    {"report"},
    {"cli"},
)
CLOSED = (6, 9)
DOORS = {
    ("render", "invoice"),
    ("saft", "invoice"),
    ("sandbox", "remote"),  # both speak from the same tables
}
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
LATE = ("click", "jinja2", "xmlschema", "stdnum", "asn1crypto", "weasyprint", "signxml", "pyhanko", "httpx2", "pyarrow")


def room_of(module: Path) -> str:
    return module.relative_to(PACKAGE).with_suffix("").parts[0]


MODULES = sorted(path for path in PACKAGE.rglob("*.py") if room_of(path) not in {"__init__", "__main__"})


def absolute(node: ast.ImportFrom, module: Path) -> str:
    """The dotted name an import statement starts from, ``from ..x import y`` included."""
    if not node.level:
        return node.module or ""
    package = ("fatturakit", *module.relative_to(PACKAGE).parts[:-1])
    return ".".join((*package[: len(package) - node.level + 1], *((node.module,) if node.module else ())))


def imported(module: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every import in a module: at its top, in functions and under TYPE_CHECKING."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{absolute(node, module)}.{alias.name}") for alias in node.names)


def rooms_imported(module: Path) -> Iterator[tuple[int, str]]:
    for line, name in imported(module):
        head, _, rest = name.partition(".")
        if head == "fatturakit":
            yield line, rest.partition(".")[0]


def allowed(room: str, other: str) -> bool:
    if room == other or (room, other) in DOORS:
        return True
    return FLOOR[other] < FLOOR[room] or (FLOOR[other] == FLOOR[room] and FLOOR[room] not in CLOSED)


def test_every_room_has_a_floor() -> None:
    assert {room_of(module) for module in MODULES} <= set(FLOOR)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down(module: Path) -> None:
    room = room_of(module)
    wrong = [(line, other) for line, other in rooms_imported(module) if other not in FLOOR or not allowed(room, other)]
    assert not wrong, f"{room} may not import these (line, room; a name of the package itself is not a room)"


@pytest.mark.parametrize(
    ("room", "other", "answer"),
    [
        ("cli", "errors", True),
        ("errors", "findings", True),
        ("errors", "cli", False),
        ("schema", "document", False),
        ("rules", "convert", False),
        ("render", "invoice", True),
        ("invoice", "render", False),
        ("texts", "errors", False),
        ("remote", "sandbox", False),
        ("archive", "batch", True),
        ("batch", "archive", False),
    ],
)
def test_the_rule_itself(room: str, other: str, answer: bool) -> None:
    assert allowed(room, other) is answer


def loaded_by(code: str) -> set[str]:
    """The top-level modules a fresh interpreter loads for ``code``, over those it starts with."""
    program = (
        f"import json, sys\nbefore = set(sys.modules)\n{code}\nprint(json.dumps(sorted(set(sys.modules) - before)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    return {name.partition(".")[0] for name in json.loads(done.stdout)}


def foreign(names: set[str]) -> set[str]:
    ours = set(sys.stdlib_module_names) | {"fatturakit", "lxml"}
    return {name for name in names - ours if "cython" not in name}  # lxml brings Cython's own helpers


def test_import_loads_the_standard_library_and_lxml_only() -> None:
    assert not foreign(loaded_by("import fatturakit"))


def test_opening_loads_the_standard_library_and_lxml_only() -> None:
    assert not foreign(loaded_by(f"import fatturakit\nfatturakit.open({str(CLEAN)!r})"))


def test_a_clean_file_needs_no_heavy_package() -> None:
    code = f"import fatturakit\nassert not fatturakit.validate(fatturakit.open({str(CLEAN)!r})).findings"
    assert not loaded_by(code) & (set(LATE) - {"stdnum"})
