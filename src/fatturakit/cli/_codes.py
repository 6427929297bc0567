"""The prefixes of ``--select`` and ``--ignore``: one that no code has would choose nothing, and all would look well."""

from __future__ import annotations

from typing import Final

from ..errors import UsageError
from ..texts import Text

_AUDIT: Final = "PT"
"""What the codes of audit files begin with."""


def codes(values: tuple[str, ...]) -> tuple[str, ...]:
    """``--select 004,FK --select 00200`` as one tuple of prefixes; ``UsageError`` for one that no code has."""
    found = tuple(code.strip().upper() for value in values for code in value.split(",") if code.strip())
    if any(not prefix.startswith(_AUDIT) for prefix in found):
        known = _known()
        for prefix in found:
            if not prefix.startswith(_AUDIT) and not any(code.startswith(prefix) for code in known):
                raise UsageError(_UNKNOWN, word=prefix, near=", ".join(_near(prefix, known)))
    return found


def _known() -> set[str]:
    from ..rules import _foreign, _index, _unevaluated

    return {_AUDIT, *_foreign.CODES, *_unevaluated.CONTROLS, *(row[1] for row in _index.CONTROLS)}


def _near(word: str, known: set[str]) -> list[str]:
    from difflib import get_close_matches

    ends = sorted(code for code in known if code.lstrip("0") == word.lstrip("0"))
    return ends or get_close_matches(word, sorted(known), cutoff=0)


_UNKNOWN: Final = Text(
    "Nessun codice comincia con «{word}». I più vicini: {near}. Tutti i codici: fatturakit rule",
    "No code begins with “{word}”. The nearest: {near}. All codes: fatturakit rule",
)
