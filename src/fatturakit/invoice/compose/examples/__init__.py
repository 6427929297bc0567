"""Commented inputs to start from; each composes to a document without any finding."""

from pathlib import Path
from typing import Final

EXAMPLES: Final = (
    "invoice",
    "fee",
    "flat_rate",
    "administration",
    "consumer",
    "export",
    "credit_note",
    "deferred_invoice",
    "foreign_services",
    "reverse_charge",
    "simplified_invoice",
)


def example(kind: str) -> str:
    """The YAML of a kind."""
    return (Path(__file__).parent / f"{kind}.yaml").read_text(encoding="utf-8")
