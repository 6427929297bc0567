"""Values as the wire has them, and the refusal of those the service documents that it does not take."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any, Final

from ..errors import UsageError
from ..texts import Text
from .endpoints import Param

PLAIN: Final = re.compile(r"[^\x00-\x1f\x7f]*")


def spelt(param: Param, value: Any) -> str:
    """A value as the wire has it; ``UsageError`` when the service documents that it takes no such value."""
    text = _spelt(value)
    if param.kind == "boolean" and text not in {"true", "false"}:
        raise wrong(param, text)
    if param.allowed and text not in param.allowed:
        raise wrong(param, text, ", ".join(param.allowed))
    if param.kind == "integer":
        _within(param, text)
    if param.kind == "date":
        _is_date(param, text)
    if not PLAIN.fullmatch(text) and param.place != "query":
        raise wrong(param, text)
    return text


def _spelt(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        moment = value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
        return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else str(value)


def _within(param: Param, text: str) -> None:
    bounds = f"{'' if param.least is None else param.least}…{'' if param.most is None else param.most}"
    if not re.fullmatch(r"-?[0-9]{1,18}", text):
        raise wrong(param, text, bounds)
    low = param.least is not None and int(text) < param.least
    if low or (param.most is not None and int(text) > param.most):
        raise wrong(param, text, bounds)


def _is_date(param: Param, text: str) -> None:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise wrong(param, text, "2026-11-20, 2026-11-20T12:00:00Z") from None


def wrong(param: Param, value: str, wanted: str = "") -> UsageError:
    """The refusal of a value; wanted: what would do."""
    return UsageError(_WRONG, name=param.word, value=value, wanted=f" ({wanted})" if wanted else "")


_WRONG: Final = Text("{name}: «{value}» non va bene{wanted}.", "{name}: “{value}” will not do{wanted}.")
