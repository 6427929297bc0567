"""The documents pages are drawn of: our fixtures, the samples of the specification, the public corpus."""

from __future__ import annotations

from pathlib import Path

import fatturakit as fk
from fatturakit.errors import InputError

from ..shared import ROOT, SHARED

FIXTURES = sorted(
    path for kind in ("invoices", "messages", "old", "simplified") for path in (ROOT / "fixtures" / kind).glob("*.xml")
)
THEMES = ("standard", "assosoftware", "acube")
LANGUAGES = ("it", "en", "de", "it+de")


def fixture(name: str) -> fk.Document:
    """One of our own documents, by a part of its name."""
    return fk.open(next(path for path in FIXTURES if name in path.name))


def corpus() -> list[Path]:
    """Every document of the shared folder a page can be drawn of."""
    if SHARED is None:
        return []
    homes = [SHARED / "corpus" / kind for kind in ("invoices", "simplified", "notifications")]
    found = [path for home in (*homes, SHARED / "render-refs" / "samples") for path in sorted(home.iterdir())]
    return [path for path in found if drawable(path)]


def drawable(path: Path) -> bool:
    """Readable, and an invoice or a message."""
    try:
        return fk.open(path).profile is not None
    except InputError:
        return False
