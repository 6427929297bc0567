"""WeasyPrint, loaded once and late, without the programs and packages its import would start or read for nothing.

Importing it makes ``ctypes`` run ``ldconfig`` to find libraries that are found without it, and loads parts of fontTools
and Pillow that our fonts and pictures never need. Both are left out here; what really is missing is said with the
line that installs it.
"""

from __future__ import annotations

import contextlib
import ctypes.util
import gc
import io
import sys
import types
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any, Final

from ..errors import MissingExtra
from ..texts import Text

_UNNEEDED: Final = {
    "fontTools.subset": ("Options", "Subsetter"),
    "fontTools.ttLib.woff2": ("decompress",),
    "fontTools.varLib.instancer": ("instantiateVariableFont",),
    "PIL.ImageCms": ("ImageCmsProfile",),
}


@cache
def weasyprint() -> Any:
    """The package; ``MissingExtra`` with the line that installs it, or the libraries it needs."""
    with _quietly(), _without_detours():
        try:
            import weasyprint as package
        except ImportError as error:
            raise MissingExtra(_NO_PACKAGE) from error
        except OSError as error:
            raise MissingExtra(_NO_LIBRARY, reason=str(error).splitlines()[0]) from error
    return package


def part(name: str) -> Any:
    """A module of the package or of what it brings, never loaded before it."""
    weasyprint()
    return import_module(name)


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """WeasyPrint tells of missing libraries on stdout, where only data may go."""
    with contextlib.redirect_stdout(io.StringIO()):
        yield


@contextlib.contextmanager
def _without_detours() -> Iterator[None]:
    stand_ins = {name: _later(name, wanted) for name, wanted in _UNNEEDED.items() if name not in sys.modules}
    find_library = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        ctypes.util.find_library = find_library
        for name in stand_ins:
            del sys.modules[name]


def _later(name: str, wanted: tuple[str, ...]) -> types.ModuleType:
    """A module whose functions load the real one when they are called."""
    module = types.ModuleType(name)
    for function in wanted:
        setattr(module, function, _caller(name, function))
    return module


def _caller(module: str, function: str) -> Any:
    def call(*args: Any, **kwargs: Any) -> Any:
        return getattr(import_module(module), function)(*args, **kwargs)

    return call


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """No garbage collection meanwhile: laying out makes a million objects that all live until the end."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


_NO_PACKAGE: Final = Text(
    "Per i PDF serve un pacchetto in più: pip install 'fatturakit[pdf]'",
    "PDF needs one more package: pip install 'fatturakit[pdf]'",
)
_NO_LIBRARY: Final = Text(
    "Per i PDF serve la libreria Pango ({reason}): apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
    "libharfbuzz-subset0 (macOS: brew install pango)",
    "PDF needs the library Pango ({reason}): apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 "
    "(macOS: brew install pango)",
)
