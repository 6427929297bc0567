"""Callbacks of the services: checked, read, stored, and only then acknowledged.

    receiver = Receiver("invoicetronic", secret=…, store=Inbox("events/"))
    reply = receiver.handle("POST", url, headers, body)      # give reply.status to whoever called

A callback that is not from the service is answered 401, one that makes no sense 400, one that could not be stored 500:
the service then sends it again. 200 always means that the event is safe.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qs

from ..errors import FatturakitError, UsageError
from ..texts import Text
from .clock import Clock, SystemClock
from .endpoints import FORM
from .events import READERS, Event, Unreadable
from .genuine import WINDOW, Keys, NotGenuine, check
from .masking import Secret
from .providers import provider
from .signatures import Message

_MOST_BYTES: Final = 64 * 1024 * 1024
_LOG: Final = logging.getLogger(__name__)
Headers = Mapping[str, str] | Iterable[tuple[str, str]]
Store = Callable[[Event], object]


class Reply(NamedTuple):
    """What to answer: the status, and a text for the log of the service."""

    status: int
    body: str = ""


class Receiver:
    """Takes the callbacks of one provider. store: puts an event where it is safe, and raises when it cannot.

    ``UsageError`` when nothing was given to check callbacks with; ``unchecked=True`` takes them from anybody.
    """

    def __init__(
        self, name: str, *, store: Store, secret: str | Secret | None = None, header: str = "",
        public_key: str | bytes = b"", window: timedelta | None = WINDOW, unchecked: bool = False,
        clock: Clock | None = None,
    ) -> None:  # fmt: skip
        self.provider = provider(name)
        if name not in READERS:
            raise UsageError(_NO_CALLBACKS, provider=self.provider.title)
        if not (secret or public_key or unchecked):
            raise UsageError(_NO_KEYS, provider=self.provider.title)
        self._keys = Keys(Secret(secret) if isinstance(secret, str) else secret, header, public_key, window)
        self._store = store
        self._unchecked = unchecked
        self._clock = clock or SystemClock()

    def handle(self, method: str, url: str, headers: Headers, body: bytes) -> Reply:
        """Check, read, store; the answer. url: the whole address that was called."""
        message = Message(method, url, lowered(headers), body)
        try:
            event = self.read(message)
        except NotGenuine as error:
            _LOG.warning("callback of %s refused: %s", self.provider.name, error.say("en"))
            return Reply(401, "not genuine")
        except Unreadable as error:
            _LOG.warning("callback of %s not readable: %s", self.provider.name, error.say("en"))
            return Reply(400, "not readable")
        try:
            self._store(event)
        except Exception as error:
            reason = error.say("en") if isinstance(error, FatturakitError) else type(error).__name__
            _LOG.error("callback of %s not stored: %s", self.provider.name, reason)
            return Reply(500, "not stored")
        return Reply(200, "ok")

    def read(self, message: Message) -> Event:
        """The event of a callback; ``NotGenuine`` or ``Unreadable``."""
        if len(message.body) > _MOST_BYTES:
            raise Unreadable(_TOO_LONG)
        if not self._unchecked:
            check(self.provider.name, message, self._keys, self._clock.now())
        return READERS[self.provider.name](_data(message), message.body)


def _data(message: Message) -> Any:
    """The JSON of a body, also when it is a field of a form."""
    body: bytes | str = message.body
    if message.headers.get("content-type", "").partition(";")[0].strip().lower() == FORM:
        fields = parse_qs(message.body.decode("utf-8", "replace"))
        body = next((values[0] for name, values in fields.items() if name == "data" or len(fields) == 1), "")
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise Unreadable(_NOT_JSON) from None


def lowered(headers: Headers) -> dict[str, str]:
    """Headers with their names in lower case; several of one name as one, with commas."""
    found: dict[str, str] = {}
    for name, value in headers.items() if isinstance(headers, Mapping) else headers:
        key = name.lower()
        found[key] = f"{found[key]}, {value}" if key in found else value
    return found


_NO_CALLBACKS: Final = Text("{provider} non manda avvisi.", "{provider} makes no callbacks.")
_NO_KEYS: Final = Text(
    "Serve ciò con cui controllare gli avvisi di {provider}: secret o public_key.",
    "What to check the callbacks of {provider} with is missing: secret or public_key.",
)
_TOO_LONG: Final = Text("L'avviso è troppo lungo.", "The callback is too long.")
_NOT_JSON: Final = Text("Il corpo non è JSON.", "The body is not JSON.")
