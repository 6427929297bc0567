"""SAF-T audit files: a neutral ledger, generation, streaming validation, the hash chain; one folder per variant.

What programs need to write files is here, loaded when it is first used (``fatturakit.validate`` judges them)::

    import fatturakit as fk
    fk.saft.generate("ledger/", variant="pt", month=10, year=2026, to="saft.xml")
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .fatturapa.collect import collected as ledger_of_invoices
    from .generating import Generated, LedgerError, Options, generate, generated
    from .hashchain import Signer, Verifier

__all__ = ["Generated", "LedgerError", "Options", "Signer", "Verifier", "generate", "generated", "ledger_of_invoices"]
_HOMES = {
    "Generated": "generating",
    "LedgerError": "generating",
    "Options": "generating",
    "Signer": "hashchain",
    "Verifier": "hashchain",
    "generate": "generating",
    "generated": "generating",
    "ledger_of_invoices": "fatturapa.collect:collected",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'fatturakit.saft' has no attribute {name!r}")
    module, _, attribute = home.partition(":")
    value = getattr(importlib.import_module(f".{module}", __name__), attribute or name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
