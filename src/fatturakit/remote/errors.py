"""What a remote service can answer instead of doing its work, as one family of exceptions.

Every failure keeps ``status``, the provider's own ``code``, its ``detail`` and ``violations``, and the ``raw`` body;
what services say differs in shape, and the shapes are declared in the tables.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, ClassVar, Final

from ..errors import RemoteError
from ..texts import Text
from .endpoints import Provider, Shape
from .masking import Masker
from .steps import Answer, Request

_NOTHING: Final = {"", "null", "nulll", "none", "0"}


class RemoteFailure(RemoteError):
    """The service did not do what it was asked; ``status`` is 0 when there was no answer."""

    sentence: ClassVar = Text("{provider}, {verb}: {detail} ({status}).", "{provider}, {verb}: {detail} ({status}).")
    provider: str
    verb: str
    status: int
    code: str | None
    detail: str
    violations: tuple[tuple[str, str], ...]
    raw: bytes
    retry_after: float | None

    def __init__(self, text: Text | None = None, **args: Any) -> None:
        defaults = {"status": 0, "code": None, "detail": "", "violations": (), "raw": b"", "retry_after": None}
        super().__init__(text or self.sentence, **(defaults | args))
        self.__dict__.update({name: value for name, value in self.args_.items() if name in _KEPT})

    def __repr__(self) -> str:
        return f"{type(self).__name__}(status={self.status}, code={self.code!r}, detail={self.detail!r})"


_KEPT: Final = ("provider", "verb", "status", "code", "detail", "violations", "raw", "retry_after")


class NotSent(RemoteFailure):
    """No connection: the request surely did not arrive."""

    sentence = Text(
        "{provider}, {verb}: nessun collegamento con {host} ({detail}). Non è partito nulla.",
        "{provider}, {verb}: no connection to {host} ({detail}). Nothing was sent.",
    )


class NoAnswer(RemoteFailure):
    """The connection broke or the time was up: nobody knows whether the request was carried out."""

    sentence = Text(
        "{provider}, {verb}: {host} non ha risposto per intero ({detail}). La richiesta può essere stata eseguita: "
        "controlla prima di ripeterla.",
        "{provider}, {verb}: {host} did not answer in full ({detail}). The request may have been carried out: look "
        "before repeating it.",
    )


class UnexpectedAnswer(RemoteFailure):
    """An answer that is none: another media type, JSON that is not, something missing."""

    sentence = Text(
        "{provider}, {verb}: risposta non comprensibile ({status}): {detail}.",
        "{provider}, {verb}: an answer that makes no sense ({status}): {detail}.",
    )


class Refused(RemoteFailure):
    """The service does not accept what it was given (400, 422 and the like)."""


class Unauthorized(RemoteFailure):
    """The credentials are missing, wrong, expired, or for another environment (401)."""

    sentence = Text(
        "{provider} non accetta le credenziali ({status}): {detail}. Controlla che siano quelle di questo ambiente.",
        "{provider} does not accept the credentials ({status}): {detail}. See that they belong to this environment.",
    )


class PaymentRequired(RemoteFailure):
    """No credit left (402, or 403 with a code that says so)."""


class Forbidden(RemoteFailure):
    """These credentials may not do this (403)."""


class NotFound(RemoteFailure):
    """There is no such thing (404)."""


class Conflict(RemoteFailure):
    """The thing is not in a state for this (409)."""


class TooManyRequests(RemoteFailure):
    """Slow down (429); ``retry_after`` has the seconds, when the service says."""


class ServerFailure(RemoteFailure):
    """The service broke (5xx)."""


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
