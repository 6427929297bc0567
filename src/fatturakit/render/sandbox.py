"""Themes of users: jinja2, in its sandbox. They read what they are given and find files of themes only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateError, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment

from .. import resources
from ..errors import UsageError
from ..texts import Text
from .names import names

if TYPE_CHECKING:
    from .themes import Draw, Theme

_UNSAFE: Final = ("safe", "pprint", "xmlattr")


def drawer(theme: Theme, langs: str) -> Draw:
    """What draws a page with the templates of a theme; ``UsageError`` says what is wrong with them."""
    environment = ImmutableSandboxedEnvironment(
        loader=_Loader(theme), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    for name in _UNSAFE:
        environment.filters.pop(name, None)
    environment.globals = names(theme.name, langs)

    def draw(name: str, **given: Any) -> str:
        try:
            return environment.get_template(name).render(**given)
        except TemplateError as error:
            raise UsageError(_BROKEN, theme=theme.name, reason=_reason(error)) from error

    return draw


class _Loader(BaseLoader):
    """``document.html.j2`` of the nearest theme that has one; ``standard/document.html.j2`` of that theme."""

    def __init__(self, theme: Theme) -> None:
        self._chain = theme.chain

    def load(self, environment: Environment, name: str, globals: Any = None) -> Template:  # noqa: A002 - jinja2's word
        named, _, file = name.rpartition("/")
        for theme in self._chain:
            if named in ("", theme.name) and (path := _file(theme, file)):
                return environment.from_string(path.read_text(encoding="utf-8"), globals or {})
        raise TemplateNotFound(name)


def _file(theme: Theme, name: str) -> Path | None:
    """A template of a theme; nothing outside its folder, and no other kind of file."""
    if theme.folder is None:
        return resources.folder("stylesheets") / theme.name / name if theme.compiled(name) else None
    path = (theme.folder / name).resolve()
    return path if path.parent == theme.folder and path.is_file() and path.suffix == ".j2" else None


def _reason(error: TemplateError) -> str:
    line = getattr(error, "lineno", None)
    return f"{getattr(error, 'name', '') or ''}:{line}: {error.message}" if line else str(error.message or error)


_BROKEN: Final = Text(
    "Il tema {theme} ha un errore nei modelli: {reason}", "The theme {theme} has a mistake in its templates: {reason}"
)
