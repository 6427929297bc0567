"""The optional packages signatures need, told apart from a bug when they are absent."""

from __future__ import annotations

import sys
from functools import cache
from importlib.machinery import PathFinder
from typing import Final

from ..errors import MissingExtra
from ..texts import Text

_PACKAGES: Final = ("cryptography", "signxml", "pyhanko")
INSTALL: Final = "pip install 'fatturakit[sign]'"


@cache
def available() -> bool:
    """Whether the packages of the extra ``sign`` are here; nothing is imported."""
    return all(map(_is_here, _PACKAGES))


def _is_here(name: str) -> bool:
    if name in sys.modules:
        return sys.modules[name] is not None
    return PathFinder.find_spec(name) is not None


def require() -> None:
    """``MissingExtra`` (exit 4) with the line that installs the extra, when it is absent."""
    if not available():
        raise MissingExtra(_MISSING, line=INSTALL)


_MISSING: Final = Text("Per le firme serve un extra: {line}", "Signatures need an extra: {line}")
