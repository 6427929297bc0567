"""What a document is by its TipoDocumento, where arithmetic depends on it (Allegato A, field 2.1.1.1)."""

from __future__ import annotations

from typing import Final

CREDIT_NOTES: Final = frozenset({"TD04", "TD08"})
"""Documents whose positive amounts take away. Debit notes (TD05, TD09) add, as invoices do."""
SELF_BILLED: Final = frozenset({"TD16", "TD17", "TD18", "TD19", "TD20", "TD22", "TD23", "TD28", "TD29"})
"""Types whose number series belongs to the buyer."""
TO_ONESELF: Final = SELF_BILLED | {"TD21", "TD27"}
"""Documents a company sends to itself. TD26 is not one: a machine sold to somebody else is paid for."""
