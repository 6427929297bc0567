"""The numbers of JSON as exact decimals."""

from __future__ import annotations

from decimal import Decimal

from ..money import DIGITS, parse


def number(value: object) -> Decimal | None:
    """A JSON number of a reasonable size; None for anything else, texts included.

    >>> number(10), number(1.1), number("10"), number(True), number(Decimal("1e400"))
    (Decimal('10'), Decimal('1.1'), None, None, None)
    """
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    if isinstance(value, int) and value.bit_length() > 4 * DIGITS:
        return None
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    return exact if exact.is_finite() and -DIGITS < exact.adjusted() < DIGITS and decimals(exact) <= DIGITS else None


def meant(value: object) -> Decimal | None:
    """The number that is meant, also where it was written as a text: so that one slip does not hide the others."""
    return parse(value) if isinstance(value, str) else number(value)


def decimals(value: Decimal) -> int:
    """How many digits count after the point.

    >>> decimals(Decimal("1.50")), decimals(Decimal("12")), decimals(Decimal("0.001"))
    (1, 0, 3)
    """
    digits, exponent = value.as_tuple().digits, value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent >= 0:
        return 0
    idle = next((place for place, digit in enumerate(reversed(digits)) if digit), len(digits))
    return max(0, -exponent - idle)
