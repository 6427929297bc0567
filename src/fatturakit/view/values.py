"""Texts of the document as Python values, and back.

A value that is read and written again gives the text it came from: decimals keep their digits, days their time zone.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final, Self

from ..money import parse
from ..schema.lexical import collapse, problem
from ..schema.table import Element
from .faults import FieldError, misfit, shape, wrong

Value = str | Decimal | int | date | datetime | bytes
_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DECIMALS: Final = re.compile(r"\\\.\[0-9\]\{(\d)(?:,(\d))?\}$")
_DAY: Final = re.compile(r"(\d{4}-\d\d-\d\d)(Z|[+-]\d\d:\d\d)?", re.ASCII)
_MIDNIGHT: Final = re.compile(r"T24:00:00(\.0+)?")


class ZonedDate(date):
    """A date as written with a time zone ("2026-11-21Z"): a plain date in every comparison, ``zone`` beside it."""

    zone: str

    @classmethod
    def of(cls, day: str, zone: str) -> Self:
        """The date of an ISO text and the zone that followed it."""
        found = cls.fromisoformat(day)
        found.zone = zone
        return found

    def isoformat(self) -> str:
        """The date with its zone, as in the document."""
        return super().isoformat() + self.zone

    def __str__(self) -> str:
        return self.isoformat()

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self).of, (super().isoformat(), self.zone)


def decode(text: str, row: Element) -> Any:
    """The value of a text; ``FieldError`` when it is none (a program reads the text itself with ``as_written``)."""
    if not text and row.default is not None:
        text = row.default
    made = _DECODERS.get(shape(row))
    if made is None:
        return text
    bare = collapse(text)
    try:
        return made(bare)
    except (ValueError, ArithmeticError):
        broken = problem(text, row.type) if row.type else None
        raise wrong(broken or "pattern", text, row) from None


def encode(value: object, row: Element) -> str:
    """The text for a value, checked against the type of its field; ``FieldError`` when it does not fit."""
    maker = _ENCODERS[shape(row)]
    made = None if isinstance(value, bool) else maker(value, row)
    if made is None:
        raise misfit(value, row)
    if stranger := _FORBIDDEN.search(made):
        raise _impossible(made, stranger[0], row)
    broken = problem(made, row.type) if row.type else None
    if broken:
        raise wrong(broken, made, row)
    return made


def _impossible(text: str, character: str, row: Element) -> FieldError:
    """XML has no way to write this character: the sentence shows its number, not itself."""
    return wrong("pattern", text.replace(character, f"U+{ord(character):04X}"), row)


def _decimal(text: str) -> Decimal:
    found = parse(text)
    if found is None:
        raise ValueError(text)
    return found


def _int(text: str) -> int:
    found = _decimal(text)
    if "." in text:
        raise ValueError(text)
    return int(found)


def _date(text: str) -> date:
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return ZonedDate.of(found[1], found[2]) if found[2] else date.fromisoformat(text)


def _datetime(text: str) -> datetime:
    if not _MIDNIGHT.search(text):
        return datetime.fromisoformat(text)
    return datetime.fromisoformat(_MIDNIGHT.sub("T00:00:00", text)) + timedelta(days=1)


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=False)


def _write_str(value: object, row: Element) -> str | None:
    return value if isinstance(value, str) else None


def _write_decimal(value: object, row: Element) -> str | None:
    if isinstance(value, str):
        return value
    if isinstance(value, float) or not isinstance(value, Decimal | int):
        return None
    number = Decimal(value)
    return _padded(f"{number:f}", row) if number.is_finite() else str(number)


def _padded(text: str, row: Element) -> str:
    """Zeros up to the least decimals of the type, and none of the idle ones beyond its most."""
    found = _DECIMALS.search(row.type.patterns[0]) if row.type and row.type.patterns else None
    if not found:
        return text
    whole, _, decimals = text.partition(".")
    least, most = int(found[1]), int(found[2] or found[1])
    kept = decimals.rstrip("0") if len(decimals) > most else decimals
    return f"{whole}.{kept.ljust(least, '0')}"


def _write_int(value: object, row: Element) -> str | None:
    return str(value) if isinstance(value, int | str) else None


def _write_date(value: object, row: Element) -> str | None:
    if isinstance(value, datetime) or not isinstance(value, date | str):
        return None
    return value if isinstance(value, str) else value.isoformat()


def _write_datetime(value: object, row: Element) -> str | None:
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, str) else None


def _write_bytes(value: object, row: Element) -> str | None:
    if isinstance(value, bytes | bytearray | memoryview):
        return base64.b64encode(value).decode("ascii")
    return value if isinstance(value, str) else None


_DECODERS: Final[dict[str, Callable[[str], Any]]] = {
    "Decimal": _decimal,
    "int": _int,
    "date": _date,
    "datetime": _datetime,
    "bytes": _bytes,
}
_ENCODERS: Final[dict[str, Callable[[object, Element], str | None]]] = {
    "": lambda value, row: None,
    "str": _write_str,
    "Decimal": _write_decimal,
    "int": _write_int,
    "date": _write_date,
    "datetime": _write_datetime,
    "bytes": _write_bytes,
}
