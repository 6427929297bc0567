"""fatturakit: open, validate and explain Italian FatturaPA invoices and SdI messages, on your own machine.

Everything public is here, loaded when it is first used::

    import fatturakit as fk
    doc = fk.open("IT01234567890_00001.xml")
    report = fk.validate(doc)
    report.raise_for_findings()
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._version import __version__
from .lazy import exports as _exports

if TYPE_CHECKING:
    from . import saft
    from .archive.archive import Archive
    from .batch.judge import validate
    from .batch.pages import render
    from .convert.reading import ConversionError, from_json
    from .convert.tables import table_rows, to_table
    from .convert.writing import LossWarning, to_json
    from .document import Document
    from .document import open_document as open  # noqa: A004 - the verb of the library, as in gzip.open
    from .document import unwrap_source as unwrap
    from .envelope.unwrap import Unwrapped
    from .errors import ExitCode, FatturakitError, FindingsError, InputError, RemoteError, UsageError
    from .findings import Finding, Layer, Report, Severity, Verdict
    from .invoice.attachments import Attachment, attachments
    from .invoice.compose import ComposeError, compose
    from .invoice.lots import LotError, join, split
    from .limits import Limits
    from .remote.connect import connect
    from .signature.keys import signing_key
    from .signature.sign import sign
    from .signature.verdict import Verification
    from .signature.verify import verify
    from .view.faults import FieldError, SignedDocument, UnknownField

__all__ = [
    "Archive",
    "Attachment",
    "ComposeError",
    "ConversionError",
    "Document",
    "ExitCode",
    "FatturakitError",
    "FieldError",
    "Finding",
    "FindingsError",
    "InputError",
    "Layer",
    "Limits",
    "LossWarning",
    "LotError",
    "RemoteError",
    "Report",
    "Severity",
    "SignedDocument",
    "UnknownField",
    "Unwrapped",
    "UsageError",
    "Verdict",
    "Verification",
    "__version__",
    "attachments",
    "compose",
    "connect",
    "from_json",
    "join",
    "open",
    "render",
    "saft",
    "sign",
    "signing_key",
    "split",
    "table_rows",
    "to_json",
    "to_table",
    "unwrap",
    "validate",
    "verify",
]

_HOMES = {
    "Archive": "archive.archive",
    "Attachment": "invoice.attachments",
    "ComposeError": "invoice.compose",
    "ConversionError": "convert.reading",
    "Document": "document",
    "ExitCode": "errors",
    "FatturakitError": "errors",
    "FieldError": "view.faults",
    "Finding": "findings",
    "FindingsError": "errors",
    "InputError": "errors",
    "Layer": "findings",
    "Limits": "limits",
    "LossWarning": "convert.writing",
    "LotError": "invoice.lots",
    "RemoteError": "errors",
    "Report": "findings",
    "Severity": "findings",
    "SignedDocument": "view.faults",
    "UnknownField": "view.faults",
    "Unwrapped": "envelope.unwrap",
    "UsageError": "errors",
    "Verdict": "findings",
    "Verification": "signature.verdict",
    "attachments": "invoice.attachments",
    "compose": "invoice.compose",
    "connect": "remote.connect",
    "from_json": "convert.reading",
    "join": "invoice.lots",
    "open": "document:open_document",
    "render": "batch.pages",
    "saft": "",
    "sign": "signature.sign",
    "signing_key": "signature.keys",
    "split": "invoice.lots",
    "table_rows": "convert.tables",
    "to_json": "convert.writing",
    "to_table": "convert.tables",
    "unwrap": "document:unwrap_source",
    "validate": "batch.judge",
    "verify": "signature.verify",
}


__getattr__ = _exports(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted(__all__)
