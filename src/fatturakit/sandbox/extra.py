"""The optional packages the sandbox needs, told apart from a bug when they are absent."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from ..errors import MissingExtra
from ..texts import Text

_PACKAGES: Final = ("starlette", "uvicorn", "cryptography")
INSTALL: Final = "pip install 'fatturakit[server]'"


def require() -> None:
    """``MissingExtra`` (exit 4) with the line that installs the extra, when it is absent."""
    if not all(map(find_spec, _PACKAGES)):
        raise MissingExtra(_MISSING, line=INSTALL)


_MISSING: Final = Text("Per il banco di prova serve un extra: {line}", "The sandbox needs an extra: {line}")
