"""Tokens: what they are asked for, and when they end."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from .endpoints import Provider
from .masking import Secret


class Token(NamedTuple):
    """A token and the moment it ends."""

    secret: Secret
    ends: datetime


def scopes(provider: Provider, base: str) -> list[str]:
    """What a token is asked for: method, host and first step of the path of every row.

    >>> from .providers import provider
    >>> scopes(provider("openapi"), "https://test.invoice.openapi.com")[0]
    'GET:test.invoice.openapi.com/IT-configurations'
    """
    host = urlsplit(base).netloc
    return list(dict.fromkeys(f"{row.method}:{host}/{row.path.split('/')[1]}" for row in provider.endpoints))


def claim(token: str) -> Any:
    """``exp`` of a JSON web token, None when it is not one. Read, not trusted: the service decides."""
    parts = token.split(".")
    try:
        claims = json.loads(urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
        return claims.get("exp")
    except (IndexError, ValueError, AttributeError):
        return None


def moment(stated: Any) -> datetime | None:
    """A moment from ISO 8601 or seconds, None from anything else."""
    read: Callable[[Any], datetime] = datetime.fromisoformat
    if isinstance(stated, int) and not isinstance(stated, bool):
        read = _from_epoch
    try:
        found = read(stated)
    except (ValueError, TypeError, OverflowError, OSError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _from_epoch(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
