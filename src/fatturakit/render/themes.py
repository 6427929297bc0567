"""Themes: ours, compiled when the package is built, and anybody's, a folder read in a sandbox.

A theme is a ``theme.toml``, templates (``*.html.j2``) and style sheets (``*.css``). It extends another one: a file it
does not have is that one's. Templates of somebody else's folder run in jinja2's sandbox, find files of their own folder
only and cannot switch escaping off.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from typing import Any, Final

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment

from .. import resources
from .._version import __version__
from ..errors import UsageError
from ..texts import Text
from ._compiled import themes as _literals
from .parts import Party, address, adjustment
from .rest import groups
from .speech import speech

BASE: Final = "_base"
THEMES: Final[dict[str, dict[str, Any]]] = _literals.THEMES
NAMES: Final = tuple(name for name in THEMES if name != BASE)
_FACTS: Final = {
    "title": dict,
    "extends": str,
    "notes": bool,
    "accent": str,
    "logo": bool,
    "qr": str,
    "technical": bool,
    "description": dict,
}


@dataclass(frozen=True, eq=False)
class Theme:
    """A theme and what it extends, nearest first. own: somebody's folder, not to be trusted."""

    name: str
    facts: Mapping[str, Any]
    parent: Theme | None = None
    folder: Path | None = None
    environments: dict[str, Environment] = field(default_factory=dict)

    @property
    def own(self) -> bool:
        """True for a folder of the user's."""
        return self.folder is not None

    def fact(self, name: str, default: Any = None) -> Any:
        """What theme.toml says, here or further up."""
        if name in self.facts:
            return self.facts[name]
        return self.parent.fact(name, default) if self.parent else default

    @property
    def chain(self) -> tuple[Theme, ...]:
        """The theme and everything it extends."""
        return (self, *(self.parent.chain if self.parent else ()))

    @cached_property
    def css(self) -> str:
        """The style sheets, the outermost theme's last."""
        return "\n".join(_css(theme) for theme in reversed(self.chain))

    def environment(self, langs: str) -> Environment:
        """The templates, ready to run in the languages of a page."""
        if langs not in self.environments:
            self.environments[langs] = _environment(self, langs)
        return self.environments[langs]


def _environment(theme: Theme, langs: str) -> Environment:
    kind: Callable[..., Environment] = ImmutableSandboxedEnvironment if theme.own else Environment
    environment = kind(
        loader=_Loader(theme), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    if theme.own:
        for name in ("safe", "pprint", "xmlattr"):
            environment.filters.pop(name, None)
    words = speech(langs).words
    environment.globals = {
        "t": words,
        "theme": theme.name,
        "version": __version__,
        "cards": speech(langs).cards,
        "rest": partial(groups, words=words),
        "Party": Party,
        "address": address,
        "adjustment": adjustment,
    }
    return environment


def _css(theme: Theme) -> str:
    folder = theme.folder or resources.folder("stylesheets") / theme.name
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.css")))


class _Loader(BaseLoader):
    """``document.html.j2`` of the nearest theme that has one; ``standard/document.html.j2`` of that theme."""

    def __init__(self, theme: Theme) -> None:
        self._chain = theme.chain

    def load(self, environment: Environment, name: str, globals: Any = None) -> Template:  # noqa: A002 - jinja2's word
        named, _, file = name.rpartition("/")
        for theme in self._chain:
            if named in ("", theme.name) and (found := _template(environment, theme, file, globals or {})):
                return found
        raise TemplateNotFound(name)


def _template(environment: Environment, theme: Theme, file: str, given: Any) -> Template | None:
    if theme.folder is None:
        module = THEMES[theme.name]["templates"].get(file)
        if module is None:
            return None
        return Template.from_module_dict(environment, _fresh(module), given)
    path = (theme.folder / file).resolve()
    if path.parent != theme.folder or not path.is_file():
        return None
    source = path.read_text(encoding="utf-8")
    return environment.from_string(source, given) if path.suffix == ".j2" else None


def _fresh(name: str) -> dict[str, Any]:
    """A compiled template as a module of its own: it keeps the environment it runs in as a global."""
    spec = find_spec(f"fatturakit.render._compiled.{name}")
    if spec is None or spec.loader is None:
        raise TemplateNotFound(name)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.__dict__


@cache
def builtin(name: str) -> Theme:
    """One of ours; ``UsageError`` with the names when there is none of that name."""
    if name not in THEMES:
        raise UsageError(_UNKNOWN, name=name, names=", ".join(NAMES))
    facts = THEMES[name]["facts"]
    return Theme(name, facts, None if name == BASE else builtin(facts.get("extends", BASE)))


def theme(name: str) -> Theme:
    """A theme by name, or by the path of its folder (anything with a slash, or a folder that exists)."""
    if name in NAMES:
        return builtin(name)
    path = Path(name)
    if "/" in name or "\\" in name or path.is_dir():
        return own(path)
    raise UsageError(_UNKNOWN, name=name, names=", ".join(NAMES))


def own(path: Path) -> Theme:
    """A theme in a folder of the user's; ``UsageError`` says what is wrong with its theme.toml."""
    import tomllib

    folder = path.resolve()
    try:
        facts = tomllib.loads((folder / "theme.toml").read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(_NO_FILE, path=str(path), reason=error.strerror or "") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(_BAD_FILE, path=str(path), reason=str(error)) from error
    for key, value in facts.items():
        if not isinstance(value, _FACTS.get(key, ())):
            raise UsageError(_BAD_FACT, path=str(path), key=key, known=", ".join(_FACTS))
    extends = facts.get("extends", "standard")
    if extends not in NAMES:
        raise UsageError(_UNKNOWN, name=extends, names=", ".join(NAMES))
    return Theme(folder.name, facts, builtin(extends), folder)


_UNKNOWN: Final = Text(
    "Tema «{name}» sconosciuto: ci sono {names}; un tema tuo si indica con la sua cartella (./tema).",
    "Unknown theme “{name}”: there are {names}; name a theme of your own by its folder (./theme).",
)
_NO_FILE: Final = Text(
    "«{path}» non è un tema: theme.toml non si può leggere ({reason}). Creane uno con: fatturakit theme new {path}",
    "“{path}” is no theme: theme.toml cannot be read ({reason}). Make one with: fatturakit theme new {path}",
)
_BAD_FILE: Final = Text("{path}/theme.toml non è TOML valido: {reason}", "{path}/theme.toml is no valid TOML: {reason}")
_BAD_FACT: Final = Text(
    "{path}/theme.toml: «{key}» non è previsto o ha un valore del tipo sbagliato. Ci sono: {known}.",
    "{path}/theme.toml: “{key}” is unknown or its value is of the wrong type. There are: {known}.",
)
