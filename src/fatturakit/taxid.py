"""Italian VAT numbers and tax codes: could this number exist at all?

Every invoice has one, and python-stdnum takes longer to load (it brings ssl and pydoc) than an invoice to be judged:
the two sums stand here, and a test holds them beside those of python-stdnum, which numbers of other countries go to.

Whether it *does* exist only the tax registry knows. Dates of birth and office codes are not judged.
"""

from __future__ import annotations

import re
from functools import lru_cache
from string import ascii_uppercase, digits
from typing import Final, NamedTuple

_ELEVEN: Final = re.compile(r"\d{11}", re.ASCII)
_DAY: Final = r"(?:[04LQ][1-9MNPQRSTUV]|[1256MNRS][0-9LMNPQRSTUV]|[37PT][01LM])"
_PERSON: Final = re.compile(
    rf"[A-Z]{{6}}[0-9LMNPQRSTUV]{{2}}[ABCDEHLMPRST]{_DAY}[A-Z][0-9LMNPQRSTUV]{{3}}[A-Z]", re.ASCII
)
_REMEMBERED: Final = 1024
_RANK: Final = {char: rank for chars in (digits, ascii_uppercase) for rank, char in enumerate(chars)}
_ODD: Final = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)


class Fault(NamedTuple):
    """Why a number cannot exist.

    kind: "length"; "digits" (eleven, but not all digits); "zeros"; "shape" (sixteen, but not built like a person's
    code); "check" (control character), with the one ``expected``.
    """

    kind: str
    expected: str = ""


@lru_cache(_REMEMBERED)
def vat_fault(value: str) -> Fault | None:
    """What is wrong with an Italian VAT number; None when it could exist.

    >>> vat_fault("01879020517"), vat_fault("01879020516")
    (None, Fault(kind='check', expected='7'))
    >>> vat_fault("0187902051").kind, vat_fault("O1879020517").kind, vat_fault("00000000000").kind
    ('length', 'digits', 'zeros')
    """
    if len(value) != 11:
        return Fault("length")
    if not _ELEVEN.fullmatch(value):
        return Fault("digits")
    if value == "0" * 11:
        return Fault("zeros")
    expected = _vat_check(value)
    return None if value[10] == expected else Fault("check", expected)


@lru_cache(_REMEMBERED)
def person_fault(value: str) -> Fault | None:
    """What is wrong with the sixteen characters of a person's tax code, omocodia included; None when it could exist.

    >>> person_fault("RSSMRA80A01H501U"), person_fault("RSSMRA80A01H501X"), person_fault("RSSMRA80A99H501U")
    (None, Fault(kind='check', expected='U'), Fault(kind='shape', expected=''))
    """
    if len(value) != 16:
        return Fault("length")
    if not _PERSON.fullmatch(value):
        return Fault("shape")
    expected = _person_check(value)
    return None if value[15] == expected else Fault("check", expected)


def _vat_check(value: str) -> str:
    """The eleventh digit for the first ten (Luhn)."""
    doubled = [2 * int(digit) for digit in value[1:10:2]]
    return str(-(sum(map(int, value[:10:2])) + sum(number - 9 * (number > 9) for number in doubled)) % 10)


def _person_check(value: str) -> str:
    """The sixteenth character for the first fifteen (DM 23 December 1976): places 1, 3, 5 … count by a table."""
    total = sum(_ODD[_RANK[char]] for char in value[:15:2]) + sum(_RANK[char] for char in value[1:15:2])
    return ascii_uppercase[total % 26]


def tax_code_fault(value: str) -> Fault | None:
    """What is wrong with a tax code: a person's, or the eleven digits of anybody else and of provisional codes."""
    return person_fault(value) if len(value) == 16 else vat_fault(value)


def is_vat_number(value: str) -> bool:
    """Eleven digits, not all zeros, with the right check digit (the office code is not judged).

    >>> is_vat_number("01879020517"), is_vat_number("01879020516"), is_vat_number("00000000000")
    (True, False, False)
    """
    return vat_fault(value) is None


def is_personal_code(value: str) -> bool:
    """Sixteen characters of a person's tax code, omocodia included, with the right control letter."""
    return person_fault(value) is None


def is_tax_code(value: str) -> bool:
    """A person's code or the eleven digits of anybody else (also provisional codes and bodies without VAT number)."""
    return tax_code_fault(value) is None
