"""WeasyPrint, loaded once and late, without the programs and packages its import would start or read for nothing.

Importing it makes ``ctypes`` run ``ldconfig`` to find libraries that are found without it, loads modules and reads
style sheets that our pages never need. That is left out or put off (``later``); what really is missing is said with
the line that installs it.
"""

from __future__ import annotations

import contextlib
import ctypes.util
import gc
import io
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any, Final

from ..errors import MissingExtra
from ..texts import Text
from .later import modules_later, put_off, sheets_later
from .quick import hasten

_TRIED: Final = ("70.",)


@cache
def weasyprint() -> Any:
    """The package; ``MissingExtra`` with the line that installs it, or the libraries it needs."""
    with _quietly():
        try:
            return _imported()
        except ImportError as error:
            raise MissingExtra(_NO_PACKAGE) from error
        except OSError as error:
            raise MissingExtra(_NO_LIBRARY, reason=str(error).splitlines()[0]) from error


def part(name: str) -> Any:
    """A module of the package or of what it brings, never loaded before it."""
    weasyprint()
    return import_module(name)


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """WeasyPrint tells of missing libraries on stdout, where only data may go."""
    with contextlib.redirect_stdout(io.StringIO()):
        yield


def _imported() -> Any:
    """The package without what its import does for nothing; as it comes in a version this was not tried with."""
    if "weasyprint" in sys.modules:
        return import_module("weasyprint")
    with _unsearched(), modules_later(), sheets_later():
        package = import_module("weasyprint")
    if tried(package):
        put_off(package, import_module("weasyprint.html"))
        hasten(import_module("weasyprint.text.ffi").ffi)
        return package
    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        del sys.modules[name]
    return import_module("weasyprint")


def tried(package: Any) -> bool:
    """Whether what goes into parts of WeasyPrint that may change was tried with this version."""
    return str(package.__version__).startswith(_TRIED)


@contextlib.contextmanager
def _unsearched() -> Iterator[None]:
    """On Linux libraries are found by their names, without asking ``ldconfig``, a program."""
    find_library = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = find_library


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
