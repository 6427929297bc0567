"""How single values look on a page: numbers, dates and accounts; what cannot be read stays as it was written.

Nothing is rounded here and no digit is lost: a page is a copy.

>>> number("1234567.50000", "it"), number("3.45670", "en"), percent("22.00", "de"), number("1,5", "it")
('1.234.567,50', '3.4567', '22,00%', '1,5')
>>> day("2026-03-15", "it"), moment("2026-03-15T10:00:00.000+01:00", "it"), account("IT60X0542811101000000123456", "it")
('15-03-2026', '15-03-2026 10:00:00.000+01:00', 'IT60 X054 2811 1010 0000 0123 456')
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ..schema.table import Element

Form = Callable[[str, str], str]
_NUMBER: Final = re.compile(r"\s*([+-]?)(\d+)(?:\.(\d*))?\s*", re.ASCII)
_DAY: Final = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)(\S*)\s*", re.ASCII)
_MOMENT: Final = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)T(\S+)\s*", re.ASCII)
_ACCOUNT: Final = re.compile(r"\s*[A-Z]{2}\d\d[A-Z0-9]{10,30}\s*", re.ASCII)


def number(raw: str, lang: str) -> str:
    """Thousands grouped, at least two decimals, no idle zeros after them."""
    match = _NUMBER.fullmatch(raw)
    if match is None:
        return raw
    sign, whole, decimals = match.groups("")
    whole = whole.lstrip("0") or "0"
    decimals = decimals[:2].ljust(2, "0") + decimals[2:].rstrip("0")
    if len(whole) > 3:
        whole = _grouped(whole, "," if lang == "en" else ".")
    return f"{'-' if sign == '-' else ''}{whole}{'.' if lang == 'en' else ','}{decimals}"


def _grouped(digits: str, mark: str) -> str:
    """Digits in threes, however many they are."""
    first = len(digits) % 3
    return mark.join([digits[:first]] * bool(first) + [digits[at : at + 3] for at in range(first, len(digits), 3)])


def percent(raw: str, lang: str) -> str:
    """A number with its sign, ``22,00%``."""
    text = number(raw, lang)
    return text if text is raw else text + "%"


def day(raw: str, lang: str) -> str:
    """Day, month, year as Italian invoices write it, in every language; a time zone stays behind it."""
    match = _DAY.fullmatch(raw)
    return "{2}-{1}-{0}{3}".format(*match.groups()) if match else raw


def moment(raw: str, lang: str) -> str:
    """A day and a time, as precise as it was written."""
    match = _MOMENT.fullmatch(raw)
    return "{2}-{1}-{0} {3}".format(*match.groups()) if match else raw


def account(raw: str, lang: str) -> str:
    """An IBAN in groups of four."""
    if not _ACCOUNT.fullmatch(raw):
        return raw
    bare = raw.strip()
    return " ".join(bare[start : start + 4] for start in range(0, len(bare), 4))


def as_written(raw: str, lang: str) -> str:
    """Text: nothing is changed."""
    return raw


_BY_NAME: Final[dict[str, Form]] = {"IBAN": account}
_BY_TYPE: Final[dict[str, Form]] = {"Percent": percent}
_BY_BASE: Final[dict[str, Form]] = {"xs:decimal": number, "xs:date": day, "xs:dateTime": moment}


def form_of(element: Element) -> Form:
    """The shape of the values of an element, by its name, type or the built-in type under it."""
    base = element.type.base if element.type else ""
    form = _BY_NAME.get(element.name) or _BY_TYPE.get(element.type_name) or _BY_BASE.get(base)
    return form or as_written


def size(count: int, lang: str) -> str:
    """Bytes as people say them.

    >>> size(13, "it"), size(48_200, "it"), size(3_500_000, "en")
    ('13 byte', '48,2 kB', '3.5 MB')
    """
    if count < 1000:
        return f"{count} byte"
    tenths, unit = (count // 100, "kB") if count < 1_000_000 else (count // 100_000, "MB")
    return f"{tenths // 10}{'.' if lang == 'en' else ','}{tenths % 10} {unit}"
