"""Our own themes: their templates are functions, written when the package is built (``tools/plain.py``).

A function gathers texts in a list; everything of it that does not depend on the document is joined once a language.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from .names import names

if TYPE_CHECKING:
    from .themes import Draw, Theme

Pieces = dict[str, Callable[..., None]]
Root = Callable[[Any, str], list[str]]


def drawer(theme: Theme, langs: str) -> Draw:
    """What draws a page with the templates of a theme in the languages of the page."""
    said = names(theme.name, langs)

    @cache
    def root(name: str) -> Root:
        return _bound(theme, name, said, {})[0]

    def draw(name: str, *, page: Any, css: str) -> str:
        return "".join(root(name)(page, css))

    return draw


def _bound(theme: Theme, name: str, said: dict[str, Any], blocks: Pieces) -> tuple[Root, Pieces]:
    """A template with everything it extends, outermost first, and the pieces it takes from others."""
    module = _module(theme, name)
    root = _bound(theme, module.PARENT, said, blocks)[0] if module.PARENT else None
    pieces = (_bound(theme, other, said, {})[1] for other in module.IMPORTS)
    own, made = module.bind(blocks, *said.values(), *pieces)
    return root or own, made


def _module(theme: Theme, name: str) -> Any:
    """``document.html.j2`` of the nearest theme that has one; ``standard/document.html.j2`` of that theme."""
    named, _, file = name.rpartition("/")
    for found in theme.chain:
        if named in ("", found.name) and (module := found.compiled(file)):
            return import_module(f"fatturakit.render._compiled.{module}")
    raise LookupError(name)
