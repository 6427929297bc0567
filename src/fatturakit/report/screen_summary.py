"""The screen of any document ``inspect`` can read."""

from __future__ import annotations

from collections.abc import Iterator

from ..invoice.foreign import Foreign
from ..invoice.model import InvoiceFile
from ..invoice.summary import Summary
from .screen import Checks, Page


def screen(page: Page, path: str, summary: Summary, checks: Checks | None) -> Iterator[str]:
    """The lines, without their ends. path: the file as ``validate`` would be given it."""
    return page.finished(_lines(page, path, summary, checks))


def _lines(page: Page, path: str, summary: Summary, checks: Checks | None) -> Iterator[str]:
    content = summary.content
    if isinstance(content, InvoiceFile):
        from .screen_invoice import screen as invoice_screen

        yield from invoice_screen(page, path, summary, content, checks)
    elif isinstance(content, Foreign):
        from .screen_foreign import screen as foreign_screen

        yield from foreign_screen(page, summary.kind, content)
    else:
        from .screen_message import screen as message_screen

        yield from message_screen(page, path, summary.kind, content, checks)
