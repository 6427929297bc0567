"""The providers, one table each; a new one is a new table and a line here."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from ...errors import UsageError
from ...texts import Text
from ..endpoints import Provider

NAMES: Final = ("acube", "invoicetronic", "invoicexpress", "openapi")


def provider(name: str) -> Provider:
    """The table of a provider; ``UsageError`` when there is none of that name."""
    if name not in NAMES:
        raise UsageError(_UNKNOWN, name=name, known=", ".join(NAMES))
    found: Provider = import_module(f".{name}", __name__).PROVIDER
    return found


_UNKNOWN: Final = Text(
    "«{name}» non è un servizio conosciuto: scegli fra {known}.", "“{name}” is no known service: choose from {known}."
)
