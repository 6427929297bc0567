"""Single values: the text of an element as a JSON value, and a JSON value as the text of an element, exactly.

A number is written only where it comes back as the same text; everything else stays a string.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Final

PLAIN: Final = 0
INTEGER: Final = 1
DECIMAL: Final = 2
DATE: Final = 3


class Irregular(Exception):
    """Something is not as the schema has it: the careful way must be taken."""


Scalar = str | int | Decimal
_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]{0,17}")
_DECIMAL: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_DATE: Final = re.compile(r"([0-9]{4,}-[0-9]{2}-[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?")
_MIDNIGHT: Final = re.compile(r"([0-9]{4,}-[0-9]{2}-[0-9]{2})T00:00:00(?:\.0+)?(Z|[+-][0-9]{2}:[0-9]{2})?")
_LARGEST_EXPONENT: Final = 100
_LONG: Final = 18


def to_value(text: str, value: int, decimals: int) -> Scalar:
    """The JSON value of a text.

    >>> to_value("7", INTEGER, 0), to_value("07", INTEGER, 0), to_value("2026-11-20+01:00", DATE, 0)
    (7, '07', '2026-11-20T00:00:00+01:00')
    """
    if value == INTEGER:
        return int(text) if _INTEGER.fullmatch(text) else text
    if value == DECIMAL:
        exact = _DECIMAL.fullmatch(text) and padded(text, decimals) == text
        return Decimal(text) if exact else text
    day = _DATE.fullmatch(text) if value == DATE else None
    return f"{day[1]}T00:00:00{day[2] or ''}" if day else text


def to_text(given: object, value: int, decimals: int) -> str | None:
    """The text of a JSON value; None when it is no scalar, or a number that no amount can be.

    >>> to_text(10, DECIMAL, 2), to_text(Decimal("1E+2"), PLAIN, 2), to_text(42, PLAIN, 0), to_text(True, PLAIN, 0)
    ('10.00', '100.00', '42', None)
    """
    if isinstance(given, str):
        day = _MIDNIGHT.fullmatch(given) if value == DATE else None
        return f"{day[1]}{day[2] or ''}" if day else given
    if isinstance(given, bool) or not isinstance(given, int | float | Decimal):
        return None
    return _number(given, decimals)


def decoder(value: int, decimals: int) -> Callable[[str], Scalar] | None:
    """``to_value`` as a function of the text alone, for the quick walk; None where the text stays as it is."""
    if value == INTEGER:
        return _counted
    if value == DECIMAL:
        return lambda text: to_value(text, DECIMAL, decimals)
    return _moment if value == DATE else None


def _counted(text: str) -> Scalar:
    ordinary = text.isascii() and text.isdigit() and text[0] != "0" and len(text) < _LONG
    return int(text) if ordinary else to_value(text, INTEGER, 0)


def _moment(text: str) -> Scalar:
    if not survives(text, DATE):
        raise Irregular
    return to_value(text, DATE, 0)


def survives(text: str, value: int) -> bool:
    """False for the one text that comes back changed: a midnight where the dialect writes dates as moments."""
    return value != DATE or not _MIDNIGHT.fullmatch(text)


def padded(number: str, decimals: int) -> str:
    """A number with at least ``decimals`` digits after its point: JSON writers drop the zeros that the schema wants."""
    if not decimals or not _DECIMAL.fullmatch(number):
        return number
    whole, _, part = number.partition(".")
    return f"{whole}.{part:0<{decimals}}"


def plain(number: Decimal) -> str:
    """A number without an exponent, with every digit it was written with."""
    return format(number, "f")


def _number(given: float | Decimal, decimals: int) -> str | None:
    try:
        number = given if isinstance(given, Decimal) else Decimal(repr(given))
    except (InvalidOperation, ValueError):
        return None
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or abs(exponent) > _LARGEST_EXPONENT:
        return None
    return padded(plain(number), decimals)
