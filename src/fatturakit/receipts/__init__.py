"""Smart receipts (documento commerciale online): what one says, and everything that would have it refused.

``fatturakit.receipts.validate(source)`` judges one before it is sent; nothing here goes online.
"""

from __future__ import annotations

from .context import Context
from .judge import validate, validate_return, validate_void
from .model import Item, Receipt

__all__ = ["Context", "Item", "Receipt", "validate", "validate_return", "validate_void"]
