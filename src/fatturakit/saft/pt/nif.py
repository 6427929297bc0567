"""The Portuguese tax number (NIF): nine digits, the last one a check digit modulo 11.

>>> is_nif("999999990"), is_nif("599999993"), is_nif("599999999")
(True, True, False)
"""

from __future__ import annotations

from typing import Final

PREFIXES: Final = (
    *"123568", "45", "70", "71", "72", "74", "75", "77", "78", "79", "90", "91", "98", "99",
)  # fmt: skip


def is_nif(value: str) -> bool:
    """Whether ``value`` is a tax number with the right check digit and a prefix that is given out."""
    if not (len(value) == 9 and value.isascii() and value.isdigit() and value.startswith(PREFIXES)):
        return False
    rest = sum(int(digit) * weight for digit, weight in zip(value, range(9, 1, -1), strict=False)) % 11
    return int(value[8]) == (0 if rest < 2 else 11 - rest)
