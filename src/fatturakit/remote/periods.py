"""Which periods an export takes: a month, a quarter, dates, or everything; never two of them at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ..errors import UsageError
from ..texts import Text

_DATES: Final = ("document_date_from", "document_date_to")


def check(values: Mapping[str, Any]) -> None:
    """``UsageError`` for a period the service refuses: it would cost a request, and perhaps an operation.

    >>> check({"year": 2026, "month": 11})
    >>> check({})
    """
    given = {name for name, value in values.items() if value is not None}
    parts = given & {"month", "quarter"}
    if parts and "year" not in given:
        raise UsageError(_NO_YEAR)
    if len(parts) > 1 or ("year" in given and not parts):
        raise UsageError(_ONE_PART)
    if parts and given & set(_DATES):
        raise UsageError(_EITHER)


_NO_YEAR: Final = Text("Con il mese o il trimestre serve l'anno (year).", "A month or quarter needs its year.")
_ONE_PART: Final = Text(
    "Con l'anno serve il mese oppure il trimestre, uno solo.", "A year needs a month or a quarter, one of them."
)
_EITHER: Final = Text(
    "O anno e mese (o trimestre), oppure date: non insieme.", "Either year and month (or quarter), or dates: not both."
)
