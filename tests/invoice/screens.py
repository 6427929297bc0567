"""Screens drawn in tests, without a terminal."""

from __future__ import annotations

from fatturakit.document import Document
from fatturakit.invoice.summary import summarise
from fatturakit.report.screen import Checks, Page, Style
from fatturakit.report.screen_summary import screen
from fatturakit.texts import Language

CHECKS = Checks(2, 1)


def drawn(
    document: Document,
    lang: Language = "it",
    width: int = 80,
    *,
    verbose: int = 0,
    color: bool = False,
    ascii_only: bool = False,
    path: str = "invoice.xml",
    checks: Checks | None = CHECKS,
) -> list[str]:
    """The lines of a document's screen."""
    page = Page(Style(lang, width, color, ascii_only, verbose))
    return list(screen(page, path, summarise(document), checks))
