"""The packages of extras that this room uses, loaded when something needs them."""

from __future__ import annotations

import importlib
from typing import Any, Final

from ..errors import MissingExtra
from ..texts import Text

_EXTRAS: Final = {"pyarrow": "table", "xlsxwriter": "table", "cryptography": "sign", "segno": "pdf"}


def load(module: str) -> Any:
    """A module of an extra; ``MissingExtra`` with the line that installs it when it is not here."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        raise MissingExtra(_MISSING, module=package, line=f"pip install 'fatturakit[{_EXTRAS[package]}]'") from error


_MISSING: Final = Text("Manca {module}: {line}", "{module} is missing: {line}")
