"""What stands for a document that fatturakit itself failed on: an error like any other."""

from __future__ import annotations

from typing import Final

from ..errors import InputError
from ..sources import UNOPENABLE
from ..texts import Text


def crash(what: str) -> InputError:
    """What stands for a document that fatturakit itself failed on."""
    return InputError(_CRASH, what=what)


def is_unsettled_text(text: Text) -> bool:
    """True for the sentences about documents that may be read another time: out of reach, or our own failure."""
    return text in (UNOPENABLE, _CRASH)


def is_crash_text(text: Text) -> bool:
    """True for the sentence of ``crash``, also after a journey between processes."""
    return text == _CRASH


_CRASH: Final = Text(
    "Errore interno di fatturakit su questo documento ({what}): è stato saltato. Segnalalo, per favore.",
    "Internal error of fatturakit on this document ({what}): it was skipped. Please report it.",
)
