"""A theme of one's own: its first files, and what can be said about it before it is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from markupsafe import Markup

from ..document import Document
from ..errors import OutputError, UsageError
from ..refusals import reason
from ..texts import Text
from .html import draw, prepare
from .options import Look
from .themes import Theme, builtin
from .tree import unprinted

_TOML: Final = """# A theme of your own. It shows what {parent} shows, except for what stands in this folder.
title = {{ it = "{name}", en = "{name}", de = "{name}" }}
extends = "{parent}"
"""
_CSS: Final = """/* Yours comes last and wins. */
.title { color: #17324d }
"""
_TEMPLATE: Final = """{{# One document. doc.head is DatiGeneraliDocumento, doc.lines its lines; names are the schema's.
   What you do not show appears by itself under "Altri dati del documento": nothing is lost. #}}
{{% extends "{parent}/document.html.j2" %}}
"""


_REMOTE_WORDS: Final = ("http:", "https:", "@import")


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
        raise OutputError(_NOT_WRITTEN, path=str(folder), reason=reason(error)) from error
    return [folder / name for name in files]


def problems(theme: Theme, documents: Iterable[Document]) -> Iterator[Text]:
    """What is wrong with a theme: scripts and addresses, templates that stop, texts of a document it loses."""
    if any(word in theme.css for word in _REMOTE_WORDS):
        yield _REMOTE
    for document in documents:
        for lang in ("it", "en", "de", "it+de"):
            look = Look(lang=lang)
            page = prepare(document, theme, look)
            try:
                drawn = draw(page, theme, look, css=Markup())
            except UsageError as error:
                yield Text(error.say("it"), error.say("en"))
                return
            if "<script" in drawn.lower():
                yield _REMOTE
                return
            if lost := unprinted(page.root):
                args = {"name": document.name, "lost": ", ".join(field.spec.name for _, field in lost[:5])}
                yield Text(_LOST.it.format(**args), _LOST.en.format(**args))
                return


_EXISTS: Final = Text("«{path}» esiste già.", "“{path}” already exists.")
_NOT_WRITTEN: Final = Text("«{path}» non si può scrivere: {reason}.", "“{path}” cannot be written: {reason}.")
_REMOTE: Final = Text(
    "Il tema contiene uno script o un indirizzo di rete: le pagine devono bastare a sé stesse.",
    "The theme has a script or a network address: pages must be sufficient in themselves.",
)
_LOST: Final = Text(
    "Il tema perde dati di {name}: {lost}. Lascia nel modello {{% extends %}} o mostra p.others(doc, sec).",
    "The theme loses data of {name}: {lost}. Keep {{% extends %}} in the template or show p.others(doc, sec).",
)
