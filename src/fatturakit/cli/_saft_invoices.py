"""Invoices on the command line as a ledger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .. import limits
from ..batch import convert as batch
from ..batch.opening import opened
from ..document import Document
from ..errors import FatturakitError, InputError, UsageError
from ..findings import Finding
from ..report._visible import visible
from ..saft.fatturapa.collect import Collected, collected
from ..texts import Text
from . import _io
from ._language import LANGUAGE


class Ledger(NamedTuple):
    """The ledger of invoices, what was lost on the way, and how many files could not be read."""

    source: Collected
    findings: tuple[Finding, ...]
    unread: int


def ledger_of(names: tuple[str, ...], nif: str, variant: str, *, force: bool) -> Ledger:
    """The ledger of the invoices that ``names`` name; ``InputError`` when one is missing and not ``force``."""
    unread: list[str] = []
    try:
        made = collected(_documents(names, unread), nif, portuguese=variant == "pt")
    except UsageError as error:
        if unread:
            raise InputError(error.text, None, **error.args_) from error
        raise
    if unread and not force:
        raise InputError(_INCOMPLETE, count=len(unread))
    return Ledger(made, tuple(made.findings), len(unread))


def _documents(names: tuple[str, ...], unread: list[str]) -> Iterator[tuple[str, Document]]:
    """Every document; those that cannot be read are said at once and noted."""
    allowed = limits.from_environment()
    for item in batch.inputs(names, allowed):
        if item.archive == "":
            continue
        try:
            document = opened(item, allowed)
        except FatturakitError as error:
            unread.append(item.shown)
            _io.message(f"fatturakit: {visible(item.shown)}: {visible(error.say(LANGUAGE))}")
        else:
            yield item.shown, document


_INCOMPLETE = Text(
    "Fatture illeggibili: {count}. Il file non è stato scritto, perché sarebbe incompleto: correggile o toglile, "
    "oppure chiedilo senza di loro con --force.",
    "Invoices that cannot be read: {count}. The file was not written, since it would not be complete: mend or remove "
    "them, or ask for it without them with --force.",
)
