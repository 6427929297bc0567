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
    from .invoice.compose import ComposeError, compose
    from .invoice.lots import LotError, join, split
    from .limits import Limits
    from .rules.engine import validate
    from .view.faults import FieldError, SignedDocument, UnknownField

__all__ = [
    "ComposeError",
    "Document",
    "ExitCode",
    "FatturakitError",
    "FieldError",
    "Finding",
    "FindingsError",
    "InputError",
    "Layer",
    "Limits",
    "LotError",
    "Report",
    "Severity",
    "SignedDocument",
    "UnknownField",
    "UsageError",
    "Verdict",
    "__version__",
    "compose",
    "join",
    "open",
    "split",
    "validate",
]

_HOMES = {
    "ComposeError": "invoice.compose",
    "Document": "document",
    "ExitCode": "errors",
    "FatturakitError": "errors",
    "FieldError": "view.faults",
    "Finding": "findings",
    "FindingsError": "errors",
    "InputError": "errors",
    "Layer": "findings",
    "Limits": "limits",
    "LotError": "invoice.lots",
    "Report": "findings",
    "Severity": "findings",
    "SignedDocument": "view.faults",
    "UnknownField": "view.faults",
    "UsageError": "errors",
    "Verdict": "findings",
    "compose": "invoice.compose",
    "join": "invoice.lots",
    "split": "invoice.lots",
    "open": "document:open_document",
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
