"""From the text of an element to the value of a cell, and what is said about a text that is no such value.

A cell is exact or empty: a number is never rounded, a date never guessed. What could not be a value goes, as written,
to the sheet Notes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from ...money import parse
from .spec import Kind, Value

JOINT: Final = " | "
PRECISION: Final = 28
SCALE: Final = 8
"""Digits of a number in Parquet, and how many of them stand behind the point: the schema allows 20 and 8."""
SPREADSHEET_DIGITS: Final = 15
SPREADSHEET_TEXT: Final = 32_767
"""What a cell of Excel can hold: significant digits of a number, UTF-16 units of a text."""
SHORT: Final = SPREADSHEET_TEXT // 2
"""A text of fewer characters fits, whatever they are."""

_BLANKS: Final = " \t\r\n"
_DATE: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(Z|[+-]\d{2}:\d{2})?", re.ASCII)
_WHOLE: Final = re.compile(r"[+-]?\d{1,18}", re.ASCII)


@lru_cache(maxsize=4096)
def as_date(written: str) -> date | None:
    """The day an xs:date names; its time zone does not change which day is written."""
    match = _DATE.fullmatch(written)
    with suppress(ValueError):
        return date.fromisoformat(match[1]) if match else None
    return None


@lru_cache(maxsize=4096)
def as_decimal(written: str) -> Decimal | None:
    """The number, None also for one with more digits than a column has room for."""
    value = parse(written)
    return value if value is not None and has_room(value) else None


def has_room(value: Decimal) -> bool:
    """Whether a column can hold a number exactly."""
    if value.adjusted() < PRECISION - SCALE and _exponent(value) >= -SCALE:
        return True  # nearly all of them
    digits, decimals = _extent(value)
    return decimals <= SCALE and digits - decimals <= PRECISION - SCALE


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _extent(value: Decimal) -> tuple[int, int]:
    """Significant digits and decimals of a number once idle zeros are gone."""
    text = f"{value:f}".lstrip("-")
    whole, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    return len((whole + decimals).lstrip("0")), len(decimals)


def as_integer(written: str) -> int | None:
    """The whole number, None for anything else."""
    return int(written) if _WHOLE.fullmatch(written) else None


def as_boolean(written: str) -> bool | None:
    """SI is the one value the schema knows; NO is met and means what it says."""
    return {"SI": True, "NO": False}.get(written.upper())


def as_text(written: str) -> str:
    """The text as written."""
    return written


READERS: Final[dict[Kind, Callable[[str], Value]]] = {
    "date": as_date,
    "decimal": as_decimal,
    "integer": as_integer,
    "boolean": as_boolean,
}


def value_of(kind: Kind, written: list[str], *, joined: bool) -> tuple[Value, str]:
    """The value of a cell and, when it does not say all that is written, the key of the reason (``notes.REASONS``)."""
    if kind == "text":
        text = JOINT.join(written) if joined else written[0]
        return text, "long" if len(text) >= SHORT and _too_long(text) else ""
    bare = written[0].strip(_BLANKS)
    value = READERS[kind](bare)
    if value is None:
        return value, kind if bare else ""
    if len(written) > 1:
        return value, "repeated"
    return value, "digits" if isinstance(value, Decimal) and _extent_too_wide(value, bare) else ""


def _too_long(text: str) -> bool:
    return len(text.encode("utf-16-le")) > 2 * SPREADSHEET_TEXT


def _extent_too_wide(value: Decimal, written: str) -> bool:
    return len(written) > SPREADSHEET_DIGITS and _extent(value)[0] > SPREADSHEET_DIGITS
