"""Decimal only: read an amount, add, round half up, compare, and write it in the style of a language.

The only rounding code. Nothing here depends on the caller's decimal context: sums are exact, whatever their length.

>>> total([parse("0.1"), parse("0.2")]), cents(parse("2.345"))
(Decimal('0.3'), Decimal('2.35'))
>>> spell(parse("1234.5"), "it"), spell(parse("1234.5"), "en")
('1.234,50', '1,234.50')
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from decimal import ROUND_HALF_UP, Context, Decimal, Inexact, localcontext
from functools import lru_cache
from typing import Final

from .texts import Language

CENT: Final = Decimal("0.01")
ZERO: Final = Decimal(0)
DIGITS: Final = 40
"""Longest number that is read: no schema allows half of it, and arithmetic on more is somebody's attack."""

_NUMBER: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_BLANKS: Final = " \t\r\n"
_EXACT: Final = Context(prec=10_000, traps=[Inexact])
_ROUNDED: Final = Context(prec=10_000, rounding=ROUND_HALF_UP)
_LONG: Final = Context(prec=100, rounding=ROUND_HALF_UP)
_ITALIAN: Final = str.maketrans(",.", ".,")
plus: Final = _EXACT.add
"""The exact sum of two numbers, whatever the caller's context."""
times: Final = _EXACT.multiply
"""The exact product of two numbers."""


@lru_cache(maxsize=4096)
def parse(text: str | None) -> Decimal | None:
    """The number an ``xs:decimal`` text stands for; None for anything else (no text, a comma, an exponent, NaN).

    >>> parse(" -12.50 "), parse("12,50"), parse("1e9"), parse(None)
    (Decimal('-12.50'), None, None, None)
    """
    bare = (text or "").strip(_BLANKS)
    return Decimal(bare) if len(bare) <= DIGITS and _NUMBER.fullmatch(bare) else None


@lru_cache(maxsize=1024)
def canonical(text: str | None) -> str | None:
    """One spelling for every way to write a number, None for what is none: a key that is cheaper than a Decimal.

    >>> canonical("22.00"), canonical("22"), canonical("-0.0"), canonical("x")
    ('22', '22', '0', None)
    """
    value = parse(text)
    return None if value is None else f"{_EXACT.normalize(value or ZERO):f}"


def exactly() -> AbstractContextManager[Context]:
    """Inside, the signs + - * of Python's decimals are exact, whatever the caller's context; division is not for there.

    >>> with exactly():
    ...     Decimal("1.00000000000000000000000000001") * 3
    Decimal('3.00000000000000000000000000003')
    """
    return localcontext(_EXACT)


def total(values: Iterable[Decimal]) -> Decimal:
    """The exact sum; zero for none."""
    result, add = ZERO, _EXACT.add
    for value in values:
        result = add(result, value)
    return result


def complete(values: Iterable[Decimal | None]) -> Decimal | None:
    """The exact sum, None when any of the values is: a sum with a hole is no sum."""
    result, add = ZERO, _EXACT.add
    for value in values:
        if value is None:
            return None
        result = add(result, value)
    return result


def settled(amounts: Sequence[Decimal | None], due: Decimal | None) -> Decimal | None:
    """What a list of payments comes to: their sum; of alternatives (each for the whole of what is due) one.

    None without payments, or when one of them cannot be read.

    >>> settled([Decimal(50), Decimal(50)], Decimal(100)), settled([Decimal(100), Decimal(100)], Decimal(100))
    (Decimal('100'), Decimal('100'))
    """
    if not amounts:
        return None
    if due is not None and len(amounts) > 1 and all(amount == due for amount in amounts):
        return due
    return complete(amounts)


def less(value: Decimal, *others: Decimal) -> Decimal:
    """``value`` without the others, exactly.

    >>> less(Decimal("10.00"), Decimal("0.10"), Decimal("9.9"))
    Decimal('0.00')
    """
    for other in others:
        value = _EXACT.subtract(value, other)
    return value


def product(*factors: Decimal) -> Decimal:
    """The exact product; one for none."""
    result, multiply = Decimal(1), _EXACT.multiply
    for factor in factors:
        result = multiply(result, factor)
    return result


def percent(value: Decimal, rate: Decimal) -> Decimal:
    """``rate`` per cent of ``value``, exactly.

    >>> percent(Decimal("6819.2946"), Decimal("22.00"))
    Decimal('1500.24481200')
    """
    return product(value, rate, CENT)


def portion(value: Decimal, part: Decimal, whole: Decimal) -> Decimal:
    """The cents of ``value`` that fall to ``part`` of ``whole``; zero of nothing."""
    return cents(_LONG.divide(product(value, part), whole)) if whole else ZERO


def quantise(value: Decimal, places: int = 2) -> Decimal:
    """``value`` with exactly ``places`` decimals, halves away from zero as SdI rounds.

    >>> quantise(Decimal("1500.245")), quantise(Decimal("-0.005")), quantise(Decimal("3.1"), 3)
    (Decimal('1500.25'), Decimal('-0.01'), Decimal('3.100'))
    """
    return value.quantize(Decimal(1).scaleb(-places), context=_ROUNDED)


def cents(value: Decimal) -> Decimal:
    """``value`` rounded half up to two decimals."""
    return value.quantize(CENT, None, _ROUNDED)


def near(first: Decimal, second: Decimal, tolerance: Decimal = CENT) -> bool:
    """Whether two amounts differ by no more than ``tolerance``.

    >>> near(Decimal("10.00"), Decimal("10.01")), near(Decimal("10.00"), Decimal("10.011"))
    (True, False)
    """
    return _EXACT.subtract(first, second).copy_abs() <= tolerance


def spell(value: Decimal, lang: Language, least: int = 2, most: int = 8) -> str:
    """A number for people: thousands grouped, at least ``least`` and at most ``most`` decimals, no idle zeros between.

    >>> spell(Decimal("1234567.50"), "it"), spell(Decimal("3.45670"), "it"), spell(Decimal("120.00"), "en", least=0)
    ('1.234.567,50', '3,4567', '120')
    """
    rounded = quantise(value, min(most, max(least, _decimals(value))))
    if not rounded:
        rounded = abs(rounded)
    text = f"{rounded:,f}"
    whole, point, decimals = text.partition(".")
    kept = decimals[:least] + decimals[least:].rstrip("0")
    english = whole + (point + kept if kept else "")
    return english if lang == "en" else english.translate(_ITALIAN)


def shown(text: str | None, lang: Language, least: int = 2, most: int = 8) -> str:
    """``spell`` for a text of a document; what is not a number comes back as written, "" for None."""
    value = parse(text)
    return (text or "") if value is None else spell(value, lang, least, most)


def _decimals(value: Decimal) -> int:
    """How many decimals a finite number is written with (less than none for 1E+3)."""
    return -int(value.as_tuple().exponent)
