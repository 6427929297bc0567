"""``fatturakit.render``: a document as a page, in memory or in a file."""

from __future__ import annotations

import os
from typing import Any, Literal

from ..document import Document
from ..errors import UsageError
from ..texts import Text
from ..writing import write_whole
from .options import Look
from .themes import theme as named

Shape = Literal["html", "pdf"]


def render(
    document: Document,
    *,
    theme: str = "standard",
    to: str | os.PathLike[str] | None = None,
    shape: Shape | None = None,
    stylesheet: str | os.PathLike[str] | None = None,
    **look: Any,
) -> str | bytes | None:
    """A document as HTML or PDF in a theme.

    theme: ``standard``, ``assosoftware``, ``acube`` or the path of a folder; to: a file to write, whose ending decides
    between HTML and PDF; shape: "html" or "pdf" where nothing else says; stylesheet: an XSL (1.0) in place of a theme;
    look: ``lang``, ``head_notes``, ``foot_notes``, ``accent``, ``logo``, ``qr``, ``links``, ``warnings``, ``report``
    (see ``Look``).
    Answers the page (str for HTML, bytes for PDF), or None when it was written to a file, which is replaced.
    Raises ``UsageError`` for what the theme has no place for, ``InputError`` for a document that is neither an invoice
    nor a message of SdI, ``MissingExtra`` without the ``pdf`` extra, ``OutputError`` when the file cannot be written.
    """
    wanted: str = shape or ("pdf" if to is not None and os.fspath(to).lower().endswith(".pdf") else "html")
    try:
        chosen = Look(**look)
    except TypeError as error:
        raise UsageError(_NO_SUCH, what=str(error).rpartition(" ")[2]) from error
    page = drawn(document, theme, wanted, chosen, stylesheet)
    if to is None:
        return page
    write_whole(to, page.encode("utf-8") if isinstance(page, str) else page, force=True)
    return None


def drawn(
    document: Document, theme: str, shape: str, look: Look, stylesheet: str | os.PathLike[str] | None = None
) -> str | bytes:
    """The page itself."""
    if stylesheet is not None:
        return _styled(document, stylesheet, shape)
    chosen = named(theme)
    if shape == "pdf":
        from .pdf import pdf

        return pdf(document, chosen, look)
    from .html import html

    return html(document, chosen, look)


def _styled(document: Document, stylesheet: str | os.PathLike[str], shape: str) -> str | bytes:
    from .xsl import transformed

    text = transformed(document, stylesheet)
    if shape == "html":
        return text
    from .pdf import from_html

    return from_html(text)


_NO_SUCH = Text("render() non conosce l'opzione {what}.", "render() has no option {what}.")
