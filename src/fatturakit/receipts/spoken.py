"""Amounts in sentences."""

from __future__ import annotations

from decimal import Decimal

from ..money import spell
from ..texts import Text


def euros(amount: Decimal) -> Text:
    """An amount as each language writes it."""
    return Text(spell(amount, "it"), spell(amount, "en"))
