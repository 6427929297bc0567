"""The optional packages the services need, told apart from a bug when they are absent."""

from __future__ import annotations

from importlib.machinery import PathFinder
from typing import Final

from ..errors import MissingExtra
from ..texts import Text

_PACKAGES: Final = ("httpx2", "stamina")
INSTALL: Final = "pip install 'fatturakit[remote]'"


def require() -> None:
    """``MissingExtra`` (exit 4) with the line that installs the extra, when it is absent."""
    if not all(PathFinder.find_spec(name) for name in _PACKAGES):
        raise MissingExtra(_MISSING, line=INSTALL)


_MISSING: Final = Text("Per i servizi remoti serve un extra: {line}", "Remote services need an extra: {line}")
