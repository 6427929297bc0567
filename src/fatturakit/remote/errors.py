"""What a remote service can answer instead of doing its work, as one family of exceptions.

Every failure keeps ``status``, the provider's own ``code``, its ``detail`` and ``violations``, and the ``raw`` body;
what services say differs in shape, and the shapes are declared in the tables.
"""

from __future__ import annotations

from typing import Any, ClassVar, Final

from ..errors import RemoteError
from ..texts import Text


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

    outcome_unknown = True
    sentence = Text(
        "{provider}, {verb}: {host} non ha risposto per intero ({detail}). La richiesta può essere stata eseguita: "
        "controlla prima di ripeterla.",
        "{provider}, {verb}: {host} did not answer in full ({detail}). The request may have been carried out: look "
        "before repeating it.",
    )


class UnexpectedAnswer(RemoteFailure):
    """An answer that is none: another media type, JSON that is not, something missing."""

    outcome_unknown = True
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

    outcome_unknown = True
