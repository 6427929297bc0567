"""What WeasyPrint's import would load and read for nothing, made when somebody uses it.

It loads parts of fontTools, Pillow and an HTML parser and reads three style sheets that pages of ours never ask for.
All of it is there for those who do: themes of the user's, pictures, a program that prints with WeasyPrint itself.
"""

from __future__ import annotations

import contextlib
import sys
import threading
import types
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from typing import Any, Final

_MODULES: Final = {
    "fontTools.subset": ("Options", "Subsetter"),
    "fontTools.ttLib.woff2": ("decompress",),
    "fontTools.varLib.instancer": ("instantiateVariableFont",),
    "PIL.ImageCms": (),
    "PIL.Image": (),
    "PIL.ImageFile": (),
    "PIL.ImageOps": (),
    "PIL.EpsImagePlugin": (),
    "tinyhtml5": (),
}
"""Modules, and the functions that are taken from them by name."""
_COLOURS: Final = "sRGB2014.icc"
_SRGB: Final = "IEC 61966-2-1 Default RGB Colour Space - sRGB"
_PARSER: Final = "tinycss2"
_SHEETS: Final = {"UA_STYLESHEET": "UA", "UA_FORM_STYLESHEET": "UA_FORM", "PH_STYLESHEET": "PH"}
"""The style sheets of ``weasyprint.html``, and where it keeps their texts."""
_lock = threading.Lock()


@contextlib.contextmanager
def modules_later() -> Iterator[None]:
    """Imported meanwhile, a module finds stand-ins for those it seldom needs."""
    family: list[_Later] = []
    family += [_Later(name, taken, family) for name, taken in _MODULES.items() if name not in sys.modules]
    sys.modules.update({one.__name__: one for one in family})
    try:
        yield
    finally:
        for one in family:
            del sys.modules[one.__name__]


class _Later(types.ModuleType):
    """A module until something of it is used."""

    def __init__(self, name: str, taken: tuple[str, ...], family: list[_Later]) -> None:
        super().__init__(name)
        vars(self).update({function: _caller(name, function) for function in taken})
        vars(self).update(_OURS.get(name, {}))
        self._own = frozenset(vars(self)) | {"_own", "_family"}
        self._family = family

    def __getattr__(self, name: str) -> Any:
        if name[:2] == "__":
            raise AttributeError(name)
        for other in self._family:
            other.settle(self.__name__)
        return getattr(import_module(self.__name__), name)

    def settle(self, used: str) -> None:
        """Make what was set here a setting of the real module, when one of its package is used."""
        settings = vars(self).keys() - self._own
        if settings and self.__name__.partition(".")[0] == used.partition(".")[0]:
            real = import_module(self.__name__)
            for name in settings:
                setattr(real, name, vars(self).pop(name))


def _profile(file: Any) -> Any:
    """The colours of a PDF/A as WeasyPrint's file has them, word for word; any other profile is for Pillow to read."""
    if not str(getattr(file, "name", "")).endswith(_COLOURS):
        return import_module("PIL.ImageCms").ImageCmsProfile(file)
    with file:
        data = file.read()
    facts = types.SimpleNamespace(model=_SRGB, profile_description=_SRGB)
    return types.SimpleNamespace(profile=facts, tobytes=lambda: data)


def _caller(module: str, function: str) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        return getattr(import_module(module), function)(*args, **kwargs)

    return call


@contextlib.contextmanager
def sheets_later() -> Iterator[None]:
    """Imported meanwhile, WeasyPrint's own style sheets are not read: ``put_off`` says when they are."""
    parser: Any = import_module(_PARSER)
    read = parser.parse_stylesheet
    parser.parse_stylesheet = lambda _: []
    try:
        yield
    finally:
        parser.parse_stylesheet = read


def put_off(package: Any, html: Any) -> None:
    """Let WeasyPrint's style sheets, not read at its import, read themselves when something of them is used."""
    kind, styles = _sheet_kind(package.CSS), html.UA_COUNTER_STYLE
    for name, text in _SHEETS.items():
        sheet = getattr(html, name)
        vars(sheet).clear()
        sheet.__class__ = kind
        sheet.put_off = partial(package.CSS, string=getattr(html, text), counter_style=styles)
    styles.__class__ = _styles_kind(type(styles), (html.UA_STYLESHEET, html.UA_FORM_STYLESHEET))


def _styles_kind(kind: Any, sheets: tuple[Any, ...]) -> Any:
    """The names of counters, which are read with the sheets they stand in."""

    def copy(styles: Any) -> Any:
        for sheet in sheets:
            _ = sheet.matcher
        return kind.copy(styles)

    return type("Styles", (kind,), {"copy": copy})


def _sheet_kind(kind: Any) -> Any:
    def fill(sheet: Any, name: str) -> Any:
        with _lock:
            if "put_off" in vars(sheet):
                vars(sheet).update(vars(sheet.put_off()))
                del sheet.put_off
        if name not in vars(sheet):
            raise AttributeError(name)
        return vars(sheet)[name]

    return type("Sheet", (kind,), {"__getattr__": fill})


_OURS: Final = {"PIL.ImageCms": {"ImageCmsProfile": _profile}}
