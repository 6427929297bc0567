"""Themes of users: jinja2, in its sandbox. They read what they are given and find files of themes only."""

from __future__ import annotations

import re
from collections.abc import Sized
from functools import lru_cache, partial, wraps
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING, Any, Final

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    pass_eval_context,
)
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.sandbox import ImmutableSandboxedEnvironment

from .. import resources
from ..errors import UsageError
from ..limits import THEME_TEXT
from ..texts import Text
from .names import names
from .watch import watched

if TYPE_CHECKING:
    from .themes import Draw, Theme

_MOST: Final = 100_000
_MISTAKES: Final = (
    *(TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError),
    *(RecursionError, MemoryError),
)
"""What a template can run into; anything else is our mistake."""
_UNSAFE: Final = ("safe", "pprint", "xmlattr", "tojson", "sum")
_NEVER: Final = frozenset(["translate", "expandtabs", "encode", "zfill"])
"""Methods of texts that a page does not need, and that make much of little."""
_SIZED: Final = ("batch", "center", "indent", "slice", "truncate", "wordwrap")
"""Filters that fill up to a size they are given."""
_WIDE: Final = re.compile(r"[%{:][^%{}]*\d{6}").search
"""Finds a format with a width of six digits or more."""
_INNER: Final = re.compile(r"%[-+ #0\d.]*\*|\{[^{}]*:[^{}]*\{").search
"""Finds a format that takes a width from the values."""


def drawer(theme: Theme, langs: str) -> Draw:
    """What draws a page with the templates of a theme; ``UsageError`` says what is wrong with them."""
    environment = _sandbox(_Loader(theme))
    environment.globals = names(theme.name, langs)

    def draw(name: str, **given: Any) -> str:
        with watched(theme, given["page"].size):
            try:
                return environment.get_template(name).render(**given)
            except _MISTAKES as error:
                raise UsageError(_BROKEN, theme=theme.name, reason=_reason(error)) from error

    return draw


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2's, which lets a template multiply until the memory is full: ours does not."""

    intercepted_binops = frozenset(["*", "**", "%"])

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """A product or a power of small numbers, a text repeated a few times; no list of lists of lists."""
        if operator == "%" and isinstance(left, str):
            return _patterned(left, left.__mod__)(right)
        if operator == "*" and any(isinstance(value, list | tuple) for value in (left, right)):
            raise SecurityError("a list cannot be multiplied")
        for value, other in ((left, right), (right, left)):
            size = len(value) if isinstance(value, Sized) else abs(value) if operator == "**" else 0
            if isinstance(other, int | float) and size * abs(other) > _MOST:
                raise SecurityError(f"{operator}: the result is too large")
        return super().call_binop(context, operator, left, right)

    def call(self, context: Any, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """A text is asked for small numbers of characters: ``"x".ljust(9)``, not a thousand million."""
        owner = getattr(called, "__self__", None)
        if isinstance(owner, str):
            _refuse_large(*args, *kwargs.values())
            _refuse_long(owner, called.__name__, args)
        return super().call(context, called, *args, **kwargs)

    def wrap_str_format(self, value: Any) -> Any:
        """``"{:>9}".format``, when it is asked for."""
        found = super().wrap_str_format(value)
        return None if found is None else _patterned(value.__self__, found)


def _refuse_large(*values: Any) -> None:
    if any(isinstance(value, int) and abs(value) > _MOST for value in values):
        raise SecurityError("the result would be too large")


def _refuse_long(text: str, name: str, given: tuple[Any, ...]) -> None:
    """Methods that make of a text and what they are given one that is as long as both together, many times."""
    if name in _NEVER:
        raise SecurityError(f"{name} is not for templates")
    if name == "replace" and len(given) > 1:
        _refuse_length(text.count(str(given[0])) * len(str(given[1])))
    if name == "join" and given:
        _refuse_length(len(text) * len(given[0]))


def _refuse_length(length: int) -> None:
    if length > THEME_TEXT:
        raise SecurityError("the result would be too large")


def _replaced(context: Any, text: Any, old: str, new: str, count: int | None = None) -> Any:
    """The filter ``replace``."""
    _refuse_length(str(text).count(old) * len(new))
    return FILTERS["replace"](context, text, old, new, count)


def _joined(context: Any, values: Any, mark: str = "", attribute: Any = None) -> Any:
    """The filter ``join``."""
    rows = list(values)
    _refuse_length(len(mark) * len(rows))
    return FILTERS["join"](context, rows, mark, attribute)


def _patterned(pattern: Any, apply: Any) -> Any:
    """What fills a pattern, when neither it nor what it is given states a large width."""

    def filled(*args: Any, **kwargs: Any) -> Any:
        if _WIDE(str(pattern)):
            raise SecurityError("the result would be too large")
        if _INNER(str(pattern)):
            _refuse_large(*args, *kwargs.values(), *(args[0] if args and isinstance(args[0], tuple) else ()))
        return apply(*args, **kwargs)

    return filled


def _bounded(apply: Any) -> Any:
    """A filter that takes small numbers only."""

    @wraps(apply)
    def bounded(*args: Any, **kwargs: Any) -> Any:
        _refuse_large(*args, *kwargs.values())
        return apply(*args, **kwargs)

    return bounded


def _formatted(pattern: Any, *args: Any, **kwargs: Any) -> Any:
    """The filter ``format``."""
    return _patterned(pattern, partial(FILTERS["format"], pattern))(*args, **kwargs)


def _sandbox(loader: BaseLoader | None = None) -> Environment:
    environment = _Sandbox(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    for name in _UNSAFE:
        environment.filters.pop(name, None)
    for name in _SIZED:
        environment.filters[name] = _bounded(environment.filters[name])
    environment.filters["format"] = _formatted
    environment.filters["replace"] = pass_eval_context(_replaced)
    environment.filters["join"] = pass_eval_context(_joined)
    return environment


@lru_cache(64)
def _compiled(source: str, name: str, path: str) -> Any:
    """The code of a template, the same in every language of its page."""
    return _sandbox().compile(source, name, path)


class _Loader(BaseLoader):
    """``document.html.j2`` of the nearest theme that has one; ``standard/document.html.j2`` of that theme."""

    def __init__(self, theme: Theme) -> None:
        self._chain = theme.chain

    def load(self, environment: Environment, name: str, globals: Any = None) -> Template:  # noqa: A002 - jinja2's word
        named, _, file = name.rpartition("/")
        for theme in self._chain:
            if named in ("", theme.name) and (path := _file(theme, file)):
                code = _compiled(path.read_text(encoding="utf-8"), name, str(path))
                return environment.template_class.from_code(environment, code, globals or {})
        raise TemplateNotFound(name)


def _file(theme: Theme, name: str) -> Path | None:
    """A template of a theme; nothing outside its folder, and no other kind of file."""
    if theme.folder is None:
        return resources.folder("stylesheets") / theme.name / name if theme.compiled(name) else None
    path = (theme.folder / name).resolve()
    return path if path.parent == theme.folder and path.is_file() and path.suffix == ".j2" else None


def _reason(error: Exception) -> str:
    """Where a template stopped, and why."""
    if isinstance(error, TemplateSyntaxError):
        return f"{error.name or ''}:{error.lineno}: {error.message}"
    said = f"no template {error}" if isinstance(error, TemplateNotFound) else str(error) or type(error).__name__
    frames = walk_tb(error.__traceback__)
    places = [
        f"{Path(name).name}:{line}: " for frame, line in frames if (name := frame.f_code.co_filename)[-3:] == ".j2"
    ]
    return (places[-1] if places else "") + said


_BROKEN: Final = Text(
    "Il tema {theme} ha un errore nei modelli: {reason}", "The theme {theme} has a mistake in its templates: {reason}"
)
