"""The packages of the extra ``table``, loaded when a table needs them."""

from __future__ import annotations

import importlib
from typing import Any, Final

from ...errors import MissingExtra
from ...texts import Text

INSTALL: Final = "pip install 'fatturakit[table]'"


def load(module: str) -> Any:
    """A module of the extra; ``MissingExtra`` with the line that installs it when it is not here."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingExtra(_MISSING, module=module.partition(".")[0], line=INSTALL) from error


_MISSING: Final = Text("Manca {module}: {line}", "{module} is missing: {line}")
