"""What both halves of the second opinion read a document with. Nothing comes from ``fatturakit.rules``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from lxml import etree

Node = etree._Element
Found = Iterator[tuple[str, str]]
"""Codes, each with how loudly."""
ERROR, WARNING = "error", "warning"
GENERAL = "DatiGenerali/DatiGeneraliDocumento/"


class Case(NamedTuple):
    """A document, and the day that counts."""

    root: Node
    as_of: date
    received: date


def val(node: Node, path: str) -> str | None:
    """The text at a path, trimmed."""
    text = node.findtext(path)
    return None if text is None else text.strip()


def num(node: Node, path: str) -> Decimal:
    """The number at a path, zero when there is none."""
    return Decimal(val(node, path) or "0")


def day(node: Node, path: str) -> date | None:
    """The date at a path."""
    text = val(node, path)
    return date.fromisoformat(text[:10]) if text else None


def since(case: Case, text: str) -> bool:
    """True when the day that counts is not before."""
    return case.as_of >= date.fromisoformat(text)


Judge = Callable[[Node, Case], Found]
