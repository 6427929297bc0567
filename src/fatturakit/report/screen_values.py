"""Single values on a screen: amounts, dates, codes, accounts and sizes, in the style of the reader's language.

What cannot be read (a date that does not exist, a comma in an amount) is shown as it was written.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from .. import money
from ..clock import rome
from ..schema.codes import label
from ..texts import Language, Text
from .screen import Page

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY: Final = re.compile(r"\s*(\d{4}-\d\d-\d\d)(Z|[+-]\d\d:\d\d)?\s*", re.ASCII)
_UNITS: Final = ("byte", "kB", "MB", "GB")
_NOT_A_CODE: Final = Text("{code} (codice non previsto)", "{code} (no such code)")


def amount(page: Page, text: str | None) -> str:
    """1.234,50: two decimals, more only where they are not zero."""
    return page.value(money.shown(text, page.lang))


def number(page: Page, text: str | None) -> str:
    """12,5: no decimals that say nothing."""
    return page.value(money.shown(text, page.lang, least=0))


def percent(page: Page, text: str | None) -> str:
    """22%; a text that is no number keeps its own shape."""
    return number(page, text) + ("%" if money.parse(text) is not None else "")


def day(text: str | None, lang: Language) -> str:
    """03/11/2026, in English 3 Nov 2026.

    >>> day("2026-11-03", "it"), day("2026-11-03+01:00", "en"), day("2026-02-30", "it")
    ('03/11/2026', '3 Nov 2026', '2026-02-30')
    """
    match = _DAY.fullmatch(text or "")
    try:
        return said(date.fromisoformat(match[1]), lang) if match else (text or "")
    except ValueError:
        return text or ""


def said(when: date, lang: Language) -> str:
    """A date in words of the language."""
    if lang == "en":
        return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"
    return f"{when.day:02}/{when.month:02}/{when.year:04}"


def moment(text: str | None, lang: Language) -> str:
    """Day and minute as an Italian clock shows them; a time without an offset is one already.

    >>> moment("2026-07-01T10:00:00Z", "it"), moment("2026-03-09T16:02:00.000+01:00", "en"), moment("ieri", "it")
    ('01/07/2026 12:00', '9 Mar 2026 16:02', 'ieri')
    """
    if _DAY.fullmatch(text or ""):
        return day(text, lang)
    try:
        when = datetime.fromisoformat((text or "").strip())
        if when.tzinfo is not None:
            when = when.astimezone(rome())
    except (ValueError, OverflowError):
        return text or ""
    return f"{said(when.date(), lang)} {when:%H:%M}"


def decoded(page: Page, list_name: str, code: str | None) -> str:
    """A code and what it means: "MP05 Bonifico"; an unknown one is said to be."""
    if not code:
        return ""
    meaning = label(list_name, code, page.lang)
    return page.words(_NOT_A_CODE, code=code) if meaning is None else page.value(f"{code} {meaning}")


def meaning(page: Page, list_name: str, code: str | None) -> str:
    """What a code means, without the code; an unknown one stands for itself."""
    return page.value((label(list_name, code, page.lang) if code else "") or code)


def iban(page: Page, text: str | None) -> str:
    """An account number in groups of four."""
    bare = "".join((text or "").split())
    return page.value(" ".join(bare[place : place + 4] for place in range(0, len(bare), 4)))


def size(octets: int, lang: Language) -> str:
    """A number of bytes: 81 byte, 1,2 kB, 3,4 MB.

    >>> size(81, "it"), size(1234, "it"), size(3_400_000, "en")
    ('81 byte', '1,2 kB', '3.4 MB')
    """
    power = next((power for power in (0, 1, 2) if octets < 1000 ** (power + 1)), 3)
    scaled = money.quantise(Decimal(octets).scaleb(-3 * power), 1)
    unit = _UNITS[power] + ("s" if power == 0 and lang == "en" and octets != 1 else "")
    return f"{money.spell(scaled, lang, least=0)} {unit}"
