"""Is a simple value what its type says? The lexical rules of XML Schema that FatturaPA uses, and nothing more.

Used to *explain* a rejection of libxml2 and to confirm it independently, and later to check single values that are
assigned. White space is handled as the standard says: kept in strings, collapsed everywhere else.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Final

from .table import SimpleType

_BLOCKS: Final = {r"\p{IsBasicLatin}": r"\x00-\x7f", r"\p{IsLatin-1Supplement}": r"\x80-\xff"}
_TOKEN: Final = re.compile(r"\\p\{[^}]*\}|\\.|[\[\]]")
_DATE: Final = re.compile(r"-?(?:[1-9]\d{3,}|0\d{3})-(\d\d)-(\d\d)(Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?", re.ASCII)
_TIME: Final = re.compile(
    r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)(Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?",
    re.ASCII,
)
_DECIMAL: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_INTEGER: Final = re.compile(r"[+-]?\d+", re.ASCII)
_XML_SPACE: Final = " \t\r\n"


def collapse(value: str) -> str:
    """White space as every type but strings wants it: trimmed, and single inside."""
    return " ".join(part for part in re.split(r"[ \t\r\n]+", value) if part)


def problem(value: str, kind: SimpleType) -> str | None:
    """The first rule of ``kind`` that ``value`` breaks, as a word of ``wording.VALUES``; None when it is fine."""
    value = _white_space(value, kind)
    base = _BASES.get(kind.base, _anything)
    return base(value) or _facets(value, kind)


def _white_space(value: str, kind: SimpleType) -> str:
    if kind.white_space == "preserve":
        return value
    return value.translate({9: " ", 10: " ", 13: " "}) if kind.white_space == "replace" else collapse(value)


def _facets(value: str, kind: SimpleType) -> str | None:
    if kind.enumeration and value not in kind.enumeration:
        return "empty" if not value else "enumeration"
    return _length(value, kind) or _pattern(value, kind) or _range(value, kind)


def _length(value: str, kind: SimpleType) -> str | None:
    size = len(value)
    if not size and (kind.length or kind.min_length):
        return "empty"
    if kind.length is not None and size != kind.length:
        return "length"
    if kind.min_length is not None and size < kind.min_length:
        return "too_short"
    return "too_long" if kind.max_length is not None and size > kind.max_length else None


def _pattern(value: str, kind: SimpleType) -> str | None:
    if all(compiled(pattern).fullmatch(value) for pattern in kind.patterns):
        return None
    return "pattern" if value else "empty"


def _range(value: str, kind: SimpleType) -> str | None:
    if kind.total_digits is not None and len(value.strip("+-").lstrip("0").replace(".", "")) > kind.total_digits:
        return "too_many_digits"
    for bound, sign, word in ((kind.min_inclusive, 1, "below"), (kind.max_inclusive, -1, "above")):
        if bound is not None and sign * _compare(value, bound, kind) < 0:
            return word
    return None


def _compare(value: str, bound: str, kind: SimpleType) -> int:
    """Negative, zero or positive, as numbers or as days."""
    if kind.base == "xs:date":
        return _compare_days(value, bound)
    return int(Decimal(value).compare(Decimal(bound)))


def _compare_days(value: str, bound: str) -> int:
    """By the calendar; the very day of the bound, from UTC eastwards, begins before it."""
    zone = _DATE.fullmatch(value)
    day = value.removesuffix(zone[3] or "") if zone else value
    east = value[len(day) :].startswith(("Z", "+"))
    if value.startswith("-") or (day == bound and east):
        return -1
    return int((len(day), day) > (len(bound), bound)) - int((len(day), day) < (len(bound), bound))


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """An XSD pattern as a Python one: character blocks become ranges, the rest of what our schemas use is the same."""
    return re.compile(_TOKEN.sub(_Translation(), pattern), re.ASCII)


class _Translation:
    """Puts a block inside brackets, unless brackets are open around it already."""

    def __init__(self) -> None:
        self.inside = False

    def __call__(self, token: re.Match[str]) -> str:
        found = token[0]
        if found in _BLOCKS:
            return _BLOCKS[found] if self.inside else f"[{_BLOCKS[found]}]"
        if found in {"[", "]"}:
            self.inside = found == "["
        return found


def _anything(value: str) -> str | None:
    return None


def _date(value: str) -> str | None:
    match = _DATE.fullmatch(value)
    if match is None:
        return _empty(value) or "date"
    year = value.lstrip("-").partition("-")[0]
    return None if _exists(year, int(match[1]), int(match[2])) else "date"


def _exists(year: str, month: int, day: int) -> bool:
    if not year.strip("0"):
        return False
    try:
        date(2000 + int(year[-4:]) % 400, month, day)  # the calendar comes again after 400 years, and so after 10,000
    except ValueError:
        return False
    return True


def _date_time(value: str) -> str | None:
    day, _, time = value.partition("T")
    ok = _date(day) is None and not _DATE.fullmatch(day)[3] and _TIME.fullmatch(time)  # type: ignore[index]
    return None if ok else _empty(value) or "date_time"


def _decimal(value: str) -> str | None:
    return None if _DECIMAL.fullmatch(value) else _empty(value) or "decimal"


def _integer(value: str) -> str | None:
    return None if _INTEGER.fullmatch(value) else _empty(value) or "integer"


def _non_negative(value: str) -> str | None:
    return _integer(value) or ("below" if value.startswith("-") and _significant(value) else None)


def _positive(value: str) -> str | None:
    return _integer(value) or ("below" if value.startswith("-") or not _significant(value) else None)


def _significant(value: str) -> str:
    """The digits of an integer without sign and idle zeros; there may be too many of them for ``int``."""
    return value.lstrip("+-0")


def _base64(value: str) -> str | None:
    try:
        base64.b64decode(value.translate({ord(space): None for space in _XML_SPACE}), validate=True)
    except (binascii.Error, ValueError):
        return "base64"
    return None


def _empty(value: str) -> str | None:
    return None if value else "empty"


_BASES: Final[dict[str, Callable[[str], str | None]]] = {
    "xs:date": _date,
    "xs:dateTime": _date_time,
    "xs:decimal": _decimal,
    "xs:integer": _integer,
    "xs:nonNegativeInteger": _non_negative,
    "xs:positiveInteger": _positive,
    "xs:base64Binary": _base64,
}
