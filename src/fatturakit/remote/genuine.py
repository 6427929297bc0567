"""Whether a callback is from the service it says: an HMAC with a time, a message signature, or a shared secret."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final, NamedTuple
from urllib.parse import parse_qs, urlsplit

from ..errors import RemoteError, UsageError
from ..texts import Text
from .masking import Secret
from .signatures import Message, digest_holds, fits, signatures

WINDOW: Final = timedelta(minutes=5)


class NotGenuine(RemoteError):
    """The callback is not from the service, or it is too old: whoever sent it gets 401."""


class Keys(NamedTuple):
    """What a callback is checked with. secret: of the HMAC, or what a header or parameter has to say; header: its name;
    public_key: of the service; window: how old it may be (None: any age)."""

    secret: Secret | None = None
    header: str = ""
    public_key: str | bytes = b""
    window: timedelta | None = WINDOW


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


_NO_HEADER: Final = Text("Con secret serve header: dove sta.", "A secret needs header: where it stands.")
_UNSIGNED: Final = Text("Manca la firma.", "The signature is missing.")
_BAD_SIGNATURE: Final = Text("La firma non corrisponde.", "The signature does not fit.")
_BAD_DIGEST: Final = Text("Il riassunto del corpo non corrisponde.", "The digest of the body does not fit.")
_BAD_SECRET: Final = Text("Il segreto non corrisponde.", "The secret does not fit.")
_NO_TIME: Final = Text("Manca il momento della firma.", "The moment of the signature is missing.")
_OLD: Final = Text("La firma è di {seconds} secondi fa.", "The signature is {seconds} seconds old.")
