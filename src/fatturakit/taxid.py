"""Italian VAT numbers and tax codes: could this number exist at all? A thin face over python-stdnum.

Whether it *does* exist only the tax registry knows.
"""

from __future__ import annotations

import re
from typing import Final

_ELEVEN: Final = re.compile(r"\d{11}", re.ASCII)
_SIXTEEN: Final = re.compile(r"[A-Z0-9]{16}", re.ASCII)


def is_vat_number(value: str) -> bool:
    """Eleven digits, not all zeros, with the right check digit (the office code is not judged).

    >>> is_vat_number("01879020517"), is_vat_number("01879020516"), is_vat_number("00000000000")
    (True, False, False)
    """
    from stdnum import luhn

    return bool(_ELEVEN.fullmatch(value)) and value != "0" * 11 and luhn.is_valid(value)


def is_personal_code(value: str) -> bool:
    """Sixteen characters of a person's tax code, omocodia included, with the right control letter."""
    from stdnum.it import codicefiscale

    return bool(_SIXTEEN.fullmatch(value)) and codicefiscale.is_valid(value)


def is_tax_code(value: str) -> bool:
    """A person's code or the eleven digits of anybody else (also provisional codes and bodies without VAT number)."""
    return is_personal_code(value) if len(value) == 16 else is_vat_number(value)
