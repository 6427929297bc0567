"""Callbacks of the services: checked, read, stored, and only then acknowledged.

    receiver = Receiver("invoicetronic", secret=…, store=Inbox("events/"))
    reply = receiver.handle("POST", url, headers, body)      # give reply.status to whoever called

A callback that is not from the service is answered 401, one that makes no sense 400, one that could not be stored 500:
the service then sends it again. 200 always means that the event is safe.
"""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qs, urlsplit

from ..errors import FatturakitError, RemoteError, UsageError
from ..texts import Text
from .clock import Clock, SystemClock
from .endpoints import FORM
from .events import READERS, Event, Unreadable
from .masking import Secret
from .providers import provider
from .signatures import Message, digest_holds, fits, signatures

WINDOW: Final = timedelta(minutes=5)
_MOST_BYTES: Final = 64 * 1024 * 1024
_LOG: Final = logging.getLogger(__name__)
Headers = Mapping[str, str] | Iterable[tuple[str, str]]
Store = Callable[[Event], object]


class NotGenuine(RemoteError):
    """The callback is not from the service, or it is too old: whoever sent it gets 401."""


NotReadable = Unreadable


class Keys(NamedTuple):
    """What a callback is checked with. secret: of the HMAC, or what a header or parameter has to say; header: its name;
    public_key: of the service; window: how old it may be (None: any age)."""

    secret: Secret | None = None
    header: str = ""
    public_key: str | bytes = b""
    window: timedelta | None = WINDOW


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
        except NotReadable as error:
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
        """The event of a callback; ``NotGenuine`` or ``NotReadable``."""
        if len(message.body) > _MOST_BYTES:
            raise NotReadable(_TOO_LONG)
        if not self._unchecked:
            check(self.provider.name, message, self._keys, self._clock.now())
        return READERS[self.provider.name](_data(message), message.body)


def check(name: str, message: Message, keys: Keys, now: datetime) -> None:
    """``NotGenuine`` unless the callback is what the provider, and only it, can have sent."""
    if keys.public_key:
        _signed_by(message, keys, now)
    elif name == "invoicetronic":
        _sealed(message, keys, now)
    if keys.secret and keys.header:
        _knows(message, keys)
    elif keys.secret and name != "invoicetronic":
        raise UsageError(_NO_HEADER)


def _sealed(message: Message, keys: Keys, now: datetime) -> None:
    """``t=<seconds>,v1=<hex>``: HMAC-SHA256 of ``t.body``; several v1 while a secret is being changed."""
    parts = [part.partition("=") for part in message.headers.get("invoicetronic-signature", "").split(",")]
    stamp = next((value.strip() for name, _, value in parts if name.strip() == "t"), "")
    if not keys.secret or not stamp.isascii() or not stamp.isdecimal() or len(stamp) > 12:
        raise NotGenuine(_UNSIGNED)
    secret = keys.secret.reveal().encode()
    wanted = hmac.new(secret, stamp.encode() + b"." + message.body, "sha256").hexdigest()
    given = [value.strip().lower().encode() for name, _, value in parts if name.strip() == "v1"]
    if not any(hmac.compare_digest(wanted.encode(), each) for each in given):
        raise NotGenuine(_BAD_SIGNATURE)
    _recent(datetime.fromtimestamp(int(stamp), UTC), keys, now)


def _signed_by(message: Message, keys: Keys, now: datetime) -> None:
    if not digest_holds(message):
        raise NotGenuine(_BAD_DIGEST)
    for signed in signatures(message):
        if "content-digest" in signed.components and fits(signed, keys.public_key):
            _recent(_made_at(signed.parameters, signed.components, message), keys, now)
            return
    raise NotGenuine(_BAD_SIGNATURE)


def _made_at(parameters: Mapping[str, str], components: tuple[str, ...], message: Message) -> datetime | None:
    """When it was signed: ``created``, else the date if it is among what was signed."""
    created = parameters.get("created", "")
    if created.isdecimal() and len(created) <= 12:
        return datetime.fromtimestamp(int(created), UTC)
    try:
        return parsedate_to_datetime(message.headers["date"]) if "date" in components else None
    except (KeyError, ValueError, TypeError):
        return None


def _knows(message: Message, keys: Keys) -> None:
    """The secret we asked the service to send along, in a header or a parameter of the address."""
    given = message.headers.get(keys.header.lower(), "")
    given = given or "".join(parse_qs(urlsplit(message.url).query).get(keys.header, [""])[:1])
    secret = keys.secret.reveal() if keys.secret else ""
    if not hmac.compare_digest(given.encode(), secret.encode()):
        raise NotGenuine(_BAD_SECRET)


def _recent(moment: datetime | None, keys: Keys, now: datetime) -> None:
    if keys.window is None:
        return
    if moment is None:
        raise NotGenuine(_NO_TIME)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if abs(now - aware) > keys.window:
        raise NotGenuine(_OLD, seconds=round((now - aware).total_seconds()))


def _data(message: Message) -> Any:
    """The JSON of a body, also when it is a field of a form."""
    body: bytes | str = message.body
    if message.headers.get("content-type", "").partition(";")[0].strip().lower() == FORM:
        fields = parse_qs(message.body.decode("utf-8", "replace"))
        body = next((values[0] for name, values in fields.items() if name == "data" or len(fields) == 1), "")
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise NotReadable(_NOT_JSON) from None


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
_NO_HEADER: Final = Text("Con secret serve header: dove sta.", "A secret needs header: where it stands.")
_TOO_LONG: Final = Text("L'avviso è troppo lungo.", "The callback is too long.")
_UNSIGNED: Final = Text("Manca la firma.", "The signature is missing.")
_BAD_SIGNATURE: Final = Text("La firma non corrisponde.", "The signature does not fit.")
_BAD_DIGEST: Final = Text("Il riassunto del corpo non corrisponde.", "The digest of the body does not fit.")
_BAD_SECRET: Final = Text("Il segreto non corrisponde.", "The secret does not fit.")
_NO_TIME: Final = Text("Manca il momento della firma.", "The moment of the signature is missing.")
_OLD: Final = Text("La firma è di {seconds} secondi fa.", "The signature is {seconds} seconds old.")
_NOT_JSON: Final = Text("Il corpo non è JSON.", "The body is not JSON.")
