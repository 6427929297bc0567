"""Themes: ours, compiled when the package is built, and anybody's, a folder read in a sandbox.

A theme is a ``theme.toml``, templates (``*.html.j2``) and style sheets (``*.css``). It extends another one: a file it
does not have is that one's. Templates of somebody else's folder run in jinja2's sandbox, find files of their own folder
only and cannot switch escaping off.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from .. import resources
from ..errors import UsageError
from ..refusals import reason
from ..texts import Text
from ._compiled import themes as _literals

Draw = Callable[..., str]
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
    drawers: dict[str, Draw] = field(default_factory=dict)

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

    def compiled(self, file: str) -> str | None:
        """The module a template of ours is compiled into, None where the theme has none of that name."""
        found: str | None = THEMES[self.name]["templates"].get(file) if not self.own else None
        return found

    @cached_property
    def css(self) -> str:
        """The style sheets, the outermost theme's last."""
        return "\n".join(_css(theme) for theme in reversed(self.chain))

    def drawer(self, langs: str) -> Draw:
        """The templates, ready to run in the languages of a page: the name of one, what it is given, the HTML."""
        if langs not in self.drawers:
            maker = import_module(f"fatturakit.render.{'sandbox' if self.own else 'program'}")
            self.drawers[langs] = maker.drawer(self, langs)
        return self.drawers[langs]


def _css(theme: Theme) -> str:
    folder = theme.folder or resources.folder("stylesheets") / theme.name
    return "\n".join(_sheet(path) for path in sorted(folder.glob("*.css")))


def _sheet(path: Path) -> str:
    """A style sheet; ``UsageError`` for what cannot stand in a page: other bytes than UTF-8, the end of its element."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(_BAD_SHEET, path=str(path), reason=getattr(error, "strerror", "") or "UTF-8") from error
    if "</" in text:
        raise UsageError(_BAD_SHEET, path=str(path), reason="«</»")
    return text


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
        raise UsageError(_NO_FILE, path=str(path), reason=reason(error)) from error
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
_BAD_SHEET: Final = Text("{path} non può stare in una pagina: {reason}.", "{path} cannot stand in a page: {reason}.")
_BAD_FACT: Final = Text(
    "{path}/theme.toml: «{key}» non è previsto o ha un valore del tipo sbagliato. Ci sono: {known}.",
    "{path}/theme.toml: “{key}” is unknown or its value is of the wrong type. There are: {known}.",
)
