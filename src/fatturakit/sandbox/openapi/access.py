"""Tokens of OpenAPI.com, old and new, their scopes, and the envelope around every answer."""

from __future__ import annotations

import base64
from binascii import Error
from datetime import datetime, timedelta
from typing import Any, Final

from ..box import Box, written
from ..call import Answer, Call, Refusal, as_json
from ..records import Token

EMAIL: Final = "sandbox@example.test"
KEY: Final = "sandbox-key"
TOKEN: Final = "sandbox-token"  # noqa: S105 - a token everybody may know
YEAR: Final = 365 * 24 * 60 * 60
_ERRORS: Final = {"scopes": 70, "format": 80, "invalid": 90}


def tokens(call: Call) -> Answer:
    """A token for some scopes, for as long as was asked (at most a year)."""
    _basic(call)
    given = call.data()
    token = _made(call, given, 422)
    return as_json(
        {
            "token": token.key,
            "name": given.get("name"),
            "createdAt": call.box.stamp(),
            "expireAt": token.expires,
            "scopes": token.scopes,
            "refreshToken": call.box.hex24(),
            "success": True,
            "message": "",
            "error": None,
        }
    )


def token_v1(call: Call) -> Answer:
    """The old way: the end is in seconds since 1970."""
    _basic(call)
    token = _made(call, call.data(), 406)
    end = int(datetime.fromisoformat(token.expires).timestamp())
    return as_json(
        {"scopes": token.scopes, "expire": end, "token": token.key, "success": True, "message": "", "error": None}
    )


def _made(call: Call, given: dict[str, Any], status: int) -> Token:
    scopes, ttl = given.get("scopes"), given.get("ttl", YEAR)
    if scopes is None:
        raise Refusal(status, "missing scopes array", code=_ERRORS["scopes"])
    if not isinstance(scopes, list) or not all(isinstance(scope, str) for scope in scopes):
        raise Refusal(status, "bad scopes format", code=_ERRORS["format"])
    for scope in scopes:
        if _scope(scope) is None:
            raise Refusal(status, f"invalid scope {scope}", code=_ERRORS["invalid"])
    life = int(ttl) if str(ttl).isdigit() and len(str(ttl)) < len(str(YEAR)) + 1 else YEAR
    end = written(call.box.now() + timedelta(seconds=min(life, YEAR)))
    return call.box.tokens.put(Token(key=call.box.hex24(), scopes=scopes, expires=end))


def _basic(call: Call) -> None:
    scheme, _, given = call.headers.get("authorization", "").partition(" ")
    try:
        found = base64.b64decode(given, validate=True).decode()
    except (Error, UnicodeDecodeError):
        found = ""
    if scheme.lower() != "basic" or found != f"{EMAIL}:{KEY}":
        raise Refusal(401, "Wrong credentials", code=401)


def enter(call: Call) -> None:
    """Refuse a request whose token is not ours, is over, or is not for this."""
    scheme, _, given = call.headers.get("authorization", "").partition(" ")
    token = call.box.tokens.get(given.strip()) if scheme.lower() == "bearer" else None
    if given.strip() == TOKEN and scheme.lower() == "bearer":
        return
    if token is None or token.expires <= call.box.stamp():
        raise Refusal(401, "Token missing, wrong or expired", code=401)
    wanted = (call.row.method, call.row.path.split("/")[1])
    if wanted not in [_scope(scope) for scope in token.scopes]:
        raise Refusal(401, f"The token has no scope {call.row.method}:{call.row.path}", code=401)


def _scope(scope: str) -> tuple[str, str] | None:
    """``POST:host/IT-receipts/{id}`` as its method and first step."""
    method, colon, rest = scope.partition(":")
    steps = rest.split("/")
    return (method, steps[1]) if colon and len(steps) > 1 and steps[1] else None


def wrapped(box: Box, data: Any, *, message: str = "", error: Any = None) -> Answer:
    """A success in its envelope."""
    if data is None and box.has("string-null"):
        data = "null"
    return as_json({"data": data, "success": True, "message": message, "error": error})


def refused(box: Box, refusal: Refusal) -> Answer:
    """A refusal in its envelope; some say that they were a success."""
    data = "null" if box.has("string-null") else None
    success = refusal.status == _NOT_FOUND and box.has("success-on-404")
    code = refusal.code if refusal.code is not None else refusal.status
    body = {"data": data, "success": success, "message": refusal.detail, "error": code}
    return as_json(body, refusal.status)


_NOT_FOUND: Final = 404
