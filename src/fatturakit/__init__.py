"""fatturakit: open, validate and explain Italian FatturaPA invoices and SdI messages, on your own machine.

Everything public is here, loaded when it is first used::

    import fatturakit as fk
    doc = fk.open("IT01234567890_00001.xml")
    report = fk.validate(doc)
    report.raise_for_findings()
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from ._version import __version__

if TYPE_CHECKING:
    from .document import Document
    from .document import open_document as open  # noqa: A004 - the verb of the library, as in gzip.open
    from .errors import ExitCode, FatturakitError, FindingsError, InputError, UsageError
    from .findings import Finding, Layer, Report, Severity, Verdict
    from .limits import Limits
    from .render.api import render
    from .rules.engine import validate

__all__ = [
    "Document",
    "ExitCode",
    "FatturakitError",
    "Finding",
    "FindingsError",
    "InputError",
    "Layer",
    "Limits",
    "Report",
    "Severity",
    "UsageError",
    "Verdict",
    "__version__",
    "open",
    "render",
    "validate",
]

_HOMES = {
    "Document": "document",
    "ExitCode": "errors",
    "FatturakitError": "errors",
    "Finding": "findings",
    "FindingsError": "errors",
    "InputError": "errors",
    "Layer": "findings",
    "Limits": "limits",
    "Report": "findings",
    "Severity": "findings",
    "UsageError": "errors",
    "Verdict": "findings",
    "open": "document:open_document",
    "render": "render.api",
    "validate": "rules.engine",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'fatturakit' has no attribute {name!r}")
    module, _, attribute = home.partition(":")
    value = getattr(importlib.import_module(f".{module}", __name__), attribute or name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
