"""File names with the next progressive: ``IT01234567890_00001.xml``, 1 to 5 characters from 0 to Z."""

from __future__ import annotations

import os
from collections.abc import Iterable
from string import ascii_uppercase, digits
from typing import Final

from ..errors import UsageError
from ..texts import Text

_DIGITS: Final = digits + ascii_uppercase
_WIDTH: Final = 5
_LAST: Final = len(_DIGITS) ** _WIDTH - 1


def following(progressive: str) -> str:
    """The next one: by tens while it is a number, in base 36 after; ``UsageError`` after ZZZZZ.

    >>> following("00009"), following("99999"), following("0A1Z"), following("7")
    ('00010', '9999A', '00A20', '00008')
    """
    if progressive.isdecimal() and int(progressive) < 10**_WIDTH - 1:
        return f"{int(progressive) + 1:0{_WIDTH}}"
    value = int(progressive, len(_DIGITS)) + 1
    if value > _LAST:
        raise UsageError(_FULL, found=progressive)
    made = ""
    for _ in range(_WIDTH):
        value, digit = divmod(value, len(_DIGITS))
        made = _DIGITS[digit] + made
    return made


def after(names: Iterable[str], prefix: str) -> str:
    """The progressive after the highest that ``names`` of this transmitter ("IT01234567890") bear; first 00001."""
    used = [found for name in names if (found := of(name, prefix))]
    return following(max(used, key=lambda each: int(each, len(_DIGITS)))) if used else following("0")


def of(name: str, prefix: str) -> str | None:
    """The progressive in a file name of this transmitter, notices of SdI and other extensions included."""
    start, _, rest = name.upper().partition("_")
    found = rest.partition(".")[0].partition("_")[0]
    right = start == prefix.upper() and 0 < len(found) <= _WIDTH and set(found) <= set(_DIGITS)
    return found if right else None


def in_folder(folder: str | os.PathLike[str], prefix: str) -> str:
    """The next progressive of a folder; one that does not exist yet is empty."""
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names are all that is needed
    except OSError:  # not there yet, or no folder: writing will say so
        names = []
    return after(names, prefix)


_FULL: Final = Text(
    "I progressivi sono finiti a {found}: usa un'altra cartella o un altro trasmittente.",
    "The progressives end at {found}: use another folder or another transmitter.",
)
