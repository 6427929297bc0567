"""SAF-T audit files: a neutral ledger, generation, streaming validation, the hash chain; one folder per variant.

What programs need is here, loaded when it is first used::

    import fatturakit as fk
    fk.saft.generate("ledger/", variant="pt", month=10, year=2026, to="saft.xml")
    fk.saft.validate("saft.xml").raise_for_findings()
    fk.saft.verify(["2026-09.xml", "2026-10.xml"], key="public.pem")
    fk.saft.convert("saft.xml", "sqlite", "saft.db")
    fk.saft.inspect("saft.xml").taxes
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..lazy import exports as _exports

if TYPE_CHECKING:
    from .api import convert, inspect, qr, validate, verify
    from .fatturapa.collect import collected as ledger_of_invoices
    from .generating import Generated, LedgerError, Options, generate, generated
    from .hashchain import Signer, Verifier

__all__ = [
    "Generated", "LedgerError", "Options", "Signer", "Verifier", "convert", "generate", "generated", "inspect",
    "ledger_of_invoices", "qr", "validate", "verify",
]  # fmt: skip
_HOMES = {
    **dict.fromkeys(("Generated", "LedgerError", "Options", "generate", "generated"), "generating"),
    **dict.fromkeys(("convert", "inspect", "qr", "validate", "verify"), "api"),
    **dict.fromkeys(("Signer", "Verifier"), "hashchain"),
    "ledger_of_invoices": "fatturapa.collect:collected",
}


__getattr__ = _exports(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted(__all__)
