"""Invoices on the command line as a ledger."""

from __future__ import annotations

from collections.abc import Iterator

from .. import limits
from ..batch import convert as batch
from ..batch.opening import opened
from ..document import Document
from ..errors import FatturakitError
from ..findings import Finding
from ..saft.fatturapa.collect import Collected, collected
from . import _io
from ._language import LANGUAGE


def ledger_of(names: tuple[str, ...], nif: str, variant: str) -> tuple[Collected, tuple[Finding, ...]]:
    """The ledger of the invoices that ``names`` name, with what was lost; an unreadable file ends it."""
    made = collected(_documents(names), nif, portuguese=variant == "pt")
    return made, tuple(made.findings)


def _documents(names: tuple[str, ...]) -> Iterator[tuple[str, Document]]:
    allowed = limits.from_environment()
    for item in batch.inputs(names, allowed):
        if item.archive == "":
            continue
        try:
            yield item.shown, opened(item, allowed)
        except FatturakitError as error:
            _io.message(f"fatturakit: {item.shown}: {error.say(LANGUAGE)}")
            raise
