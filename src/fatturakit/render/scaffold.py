"""A theme of one's own: its first files, and what can be said about it before it is used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ..document import Document
from ..errors import FatturakitError, OutputError
from ..texts import Text
from .html import html
from .options import Look
from .page import Page
from .themes import Theme, builtin
from .tree import unprinted

_TOML: Final = '''# A theme of your own. It shows what {parent} shows, except for what stands in this folder.
title = {{ it = "{name}", en = "{name}", de = "{name}" }}
extends = "{parent}"
'''
_CSS: Final = '''/* Yours comes last and wins. */
.title { color: #17324d }
'''
_TEMPLATE: Final = '''{{# One document. doc.head is DatiGeneraliDocumento, doc.lines its lines; names are those of the schema.
   What you do not show appears by itself under "Altri dati del documento": nothing is ever lost. #}}
{{% extends "{parent}/document.html.j2" %}}
'''


def new(folder: Path, parent: str) -> list[Path]:
    """Write the first files of a theme into a folder that does not exist; their paths."""
    builtin(parent)
    said = {"parent": parent, "name": folder.name}
    files = {
        "theme.toml": _TOML.format(**said),
        "theme.css": _CSS,
        "document.html.j2": _TEMPLATE.format(**said),
    }
    try:
        folder.mkdir(parents=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
    except FileExistsError as error:
        raise OutputError(_EXISTS, path=str(folder)) from error
    except OSError as error:
        raise OutputError(_NOT_WRITTEN, path=str(folder), reason=error.strerror or "") from error
    return [folder / name for name in files]


def problems(theme: Theme, documents: list[Document]) -> Iterator[str]:
    """What is wrong with a theme: templates that stop, references to the network, scripts."""
    for document in documents:
        for lang in ("it", "en", "de", "it+de"):
            try:
                page = html(document, theme, Look(lang=lang))
            except FatturakitError as error:
                yield error.say()
                return
            if "<script" in page.lower() or "http://" in theme.css or "https://" in theme.css or "@import" in theme.css:
                yield _REMOTE.say()
                return


def lost(page: Page) -> list[str]:
    """The texts of a document that its page does not show; none, unless a theme replaces page.html.j2."""
    return [field.raw for field in unprinted(page.root)]


_EXISTS: Final = Text("«{path}» esiste già.", "“{path}” already exists.")
_NOT_WRITTEN: Final = Text("«{path}» non si può scrivere: {reason}.", "“{path}” cannot be written: {reason}.")
_REMOTE: Final = Text(
    "Il tema contiene uno script o un indirizzo di rete: le pagine devono bastare a sé stesse.",
    "The theme has a script or a network address: pages must be sufficient in themselves.",
)
