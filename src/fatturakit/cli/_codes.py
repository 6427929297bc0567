"""The prefixes of ``--select`` and ``--ignore``: one that no code has would choose nothing, and all would look well."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ..errors import UsageError
from ..rules._index import CONTROLS
from ..texts import Text

_AUDIT: Final = "PT"
"""What the codes of audit files begin with."""


def codes(values: tuple[str, ...]) -> tuple[str, ...]:
    """``--select 004,FK --select 00200`` as one tuple of prefixes; ``UsageError`` for one that no code has."""
    found = tuple(code.strip().upper() for value in values for code in value.split(",") if code.strip())
    for prefix in found:
        if not (prefix.startswith(_AUDIT) or _begins(prefix, _CONTROLS) or _begins(prefix, known := _known())):
            raise UsageError(_UNKNOWN, word=prefix, near=", ".join(_near(prefix, known)))
    return found


def _begins(prefix: str, known: Iterable[str]) -> bool:
    return any(code.startswith(prefix) for code in known)


def _known() -> set[str]:
    from ..rules.explain import explanations  # reads every control: for words that are not among the usual ones

    return {_AUDIT, *explanations()}


def _near(word: str, known: set[str]) -> list[str]:
    from difflib import get_close_matches

    ends = sorted(code for code in known if code.lstrip("0") == word.lstrip("0"))
    return ends or get_close_matches(word, sorted(known), cutoff=0)


_CONTROLS: Final = frozenset(row[1] for row in CONTROLS)
_UNKNOWN: Final = Text(
    "Nessun codice comincia con «{word}». I più vicini: {near}. Tutti i codici: fatturakit rule",
    "No code begins with “{word}”. The nearest: {near}. All codes: fatturakit rule",
)
