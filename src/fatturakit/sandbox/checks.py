"""What a table says about a request, held against the request: parameters and bodies, for every row alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from ..remote.endpoints import Endpoint, Param
from .call import Call, Refusal

_WHOLE: Final = re.compile(r"-?\d{1,10}", re.ASCII)
_TRUTH: Final = {"true", "false", "1", "0"}


def check(call: Call, status: int = 400, optional: frozenset[str] = frozenset()) -> None:
    """Refuse a request whose parameters or body are not what the row of the table takes."""
    wrong = tuple(_faults(call, optional))
    if wrong:
        raise Refusal(status, "; ".join(f"{name}: {what}" for name, what in wrong), violations=wrong)
    _check_body(call)


def _check_body(call: Call) -> None:
    if call.row.body is None:
        return
    if call.kind not in call.row.body.kinds:
        raise Refusal(415, f"The content-type “{call.kind}” is not supported: {', '.join(call.row.body.kinds)}.")
    if not call.body.strip():
        raise Refusal(400, "The body is empty.")


def _faults(call: Call, optional: frozenset[str]) -> Iterator[tuple[str, str]]:
    known = {param.name for param in call.row.names("query")}
    for name in dict.fromkeys(key for key, _ in call.query):
        if name not in known:
            yield name, "There is no such parameter."  # services let a misspelt one pass; here it shows
    for param in call.row.params:
        values = _values(call, param)
        if param.required and not values and param.name not in optional:
            yield param.name, "This value should not be blank."
        for value in values:
            said = fault(param, value)
            if said:
                yield param.name, said


def _values(call: Call, param: Param) -> list[str]:
    if param.place == "path":
        return [call.path[param.name]]
    if param.place == "header":
        found = call.headers.get(param.name.lower())
        return [] if found is None or param.automatic else [found]
    found_all = [value for key, value in call.query if key == param.name]
    return [piece for value in found_all for piece in value.split(",")] if param.joined else found_all


def fault(param: Param, value: str) -> str:
    """Why a value is not one of this parameter; "" when it is.

    >>> fault(Param("page", "integer", least=1), "0"), fault(Param("page", "integer"), "7")
    ('This value should be 1 or more.', '')
    """
    if param.allowed and value not in param.allowed:
        return f"This value should be one of {', '.join(param.allowed)}."
    if param.kind == "integer":
        return _number(param, value)
    if param.kind == "boolean" and value not in _TRUTH:
        return "This value should be true or false."
    if param.kind == "date" and moment(value) is None:
        return "This value should be an ISO 8601 date."
    return ""


def _number(param: Param, value: str) -> str:
    if not _WHOLE.fullmatch(value):
        return "This value should be an integer."
    number = int(value)
    if param.least is not None and number < param.least:
        return f"This value should be {param.least} or more."
    if param.most is not None and number > param.most:
        return f"This value should be {param.most} or less."
    return "" if -(2**31) <= number < 2**31 else "This value should be an int32."


def moment(value: str) -> date | datetime | None:
    """A day or a moment by ISO 8601; None for anything else."""
    try:
        return date.fromisoformat(value) if len(value) <= len("2026-11-20") else datetime.fromisoformat(value)
    except ValueError:
        return None


def documented(row: Endpoint) -> set[int]:
    """Every status a row may answer, so that the description of the interface can say so."""
    codes = {reply.status for reply in row.replies} | set(row.errors) | {400, 401, 429}
    if row.body is not None:
        codes |= {415, 422}
    if "{" in row.path:
        codes.add(404)
    return codes | {406, 501} if len(row.kinds) > 1 else codes
