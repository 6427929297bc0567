"""From an answer that failed to its exception: the shapes of error bodies are declared in the tables, and read here."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, Final

from .endpoints import Provider, Shape
from .errors import (
    Conflict,
    Forbidden,
    NotFound,
    PaymentRequired,
    Refused,
    RemoteFailure,
    ServerFailure,
    TooManyRequests,
    Unauthorized,
)
from .masking import Masker
from .steps import Answer, Request

_NOTHING: Final = {"", "null", "nulll", "none", "0"}
_KINDS: Final[dict[int, type[RemoteFailure]]] = {
    401: Unauthorized,
    402: PaymentRequired,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    429: TooManyRequests,
}
_CREDIT: Final = ("usage_limit_exceeded", "611")


def failure(provider: Provider, request: Request, answer: Answer, masker: Masker, now: datetime) -> RemoteFailure:
    """The exception an answer stands for, whatever shape its body has."""
    body = said(answer)
    code = _code(body, provider.shape)
    kind = _KINDS.get(answer.status) or (
        ServerFailure if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR else Refused
    )
    if code in _CREDIT:
        kind = PaymentRequired
    rows = tuple((masker.text(place), masker.text(text)) for place, text in _violations(body, provider.shape))
    return kind(
        provider=provider.title,
        verb=request.row.verb,
        status=answer.status,
        code=code,
        detail=masker.text(_detail(body, rows, answer, provider.shape)),
        violations=rows,
        raw=masker.raw(answer.body),
        retry_after=_retry_after(answer.headers.get("retry-after", ""), now),
    )


def refuses(provider: Provider, body: Any) -> bool:
    """True when the body of a success says that it failed."""
    if not provider.shape.refusal or not isinstance(body, dict):
        return False
    if body.get(provider.shape.refusal) is False:
        return True
    return body.get(provider.shape.refusal) is not True and _code(body, provider.shape) is not None


def said(answer: Answer) -> Any:
    """The JSON of a body, None when it holds none; the media type is not believed for errors."""
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        return None


def _inner(body: Any, shape: Shape) -> Mapping[str, Any]:
    if isinstance(body, dict) and isinstance(body.get(shape.wrapper), dict):
        body = body[shape.wrapper]
    return body if isinstance(body, dict) else {}


def _detail(body: Any, rows: tuple[tuple[str, str], ...], answer: Answer, shape: Shape) -> str:
    inner = _inner(body, shape)
    words = next((str(inner[key]) for key in shape.detail if isinstance(inner.get(key), str) and inner[key]), "")
    listed = "; ".join(": ".join(filter(None, row)) for row in rows if row[1] not in words)
    reason = HTTPStatus(answer.status).phrase if answer.status in HTTPStatus._value2member_map_ else "?"
    return ". ".join(filter(None, (words.rstrip("."), listed))) or reason


def _code(body: Any, shape: Shape) -> str | None:
    places = (_inner(body, shape), body if isinstance(body, dict) else {})
    values = (place.get(key) for place in places for key in shape.code)
    plain = (str(value) for value in values if isinstance(value, str | int) and not isinstance(value, bool))
    return next((value for value in plain if value.lower() not in _NOTHING), None)


def _violations(body: Any, shape: Shape) -> Iterator[tuple[str, str]]:
    """``[{propertyPath, message}]``, ``[{error}]`` and ``{field: [texts]}`` alike."""
    rows = _inner(body, shape).get(shape.violations) if shape.violations else None
    if isinstance(rows, dict):
        for field, texts in rows.items():
            yield from ((str(field), str(text)) for text in (texts if isinstance(texts, list) else [texts]))
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict):
            words = row.get("message") or row.get("error") or row.get("description") or ""
            yield str(row.get("propertyPath") or row.get("code") or ""), str(words)
        elif isinstance(row, str):
            yield "", row


def _retry_after(value: str, now: datetime) -> float | None:
    """Seconds to wait, from a number or a date; None when the header says neither."""
    if value.strip().isdecimal():
        return int(value)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max((aware - now).total_seconds(), 0)
