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
    from . import saft
    from .convert.reading import ConversionError, from_json
    from .convert.tables import table_rows, to_table
    from .convert.writing import LossWarning, to_json
    from .document import Document
    from .document import open_document as open  # noqa: A004 - the verb of the library, as in gzip.open
    from .errors import ExitCode, FatturakitError, FindingsError, InputError, UsageError
    from .findings import Finding, Layer, Report, Severity, Verdict
    from .limits import Limits
    from .rules.engine import validate

__all__ = [
    "ConversionError",
    "Document",
    "ExitCode",
    "FatturakitError",
    "Finding",
    "FindingsError",
    "InputError",
    "Layer",
    "Limits",
    "LossWarning",
    "Report",
    "Severity",
    "UsageError",
    "Verdict",
    "__version__",
    "from_json",
    "open",
    "saft",
    "table_rows",
    "to_json",
    "to_table",
    "validate",
]

_HOMES = {
    "ConversionError": "convert.reading",
    "Document": "document",
    "ExitCode": "errors",
    "FatturakitError": "errors",
    "Finding": "findings",
    "FindingsError": "errors",
    "InputError": "errors",
    "Layer": "findings",
    "Limits": "limits",
    "LossWarning": "convert.writing",
    "Report": "findings",
    "Severity": "findings",
    "UsageError": "errors",
    "Verdict": "findings",
    "from_json": "convert.reading",
    "open": "document:open_document",
    "table_rows": "convert.tables",
    "to_json": "convert.writing",
    "to_table": "convert.tables",
    "validate": "rules.engine",
}


def __getattr__(name: str) -> Any:
    if name == "saft":
        return importlib.import_module(".saft", __name__)
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'fatturakit' has no attribute {name!r}")
    module, _, attribute = home.partition(":")
    value = getattr(importlib.import_module(f".{module}", __name__), attribute or name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
