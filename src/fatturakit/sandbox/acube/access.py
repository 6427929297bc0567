"""Logging in to A-Cube: JSON Web Tokens that last a day, and how it says no."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from binascii import Error
from functools import lru_cache
from typing import Any, Final

from ...remote.endpoints import PROBLEM
from ..box import Box
from ..call import Answer, Call, Refusal, as_json

EMAIL: Final = "sandbox@example.test"
PASSWORD: Final = "sandbox"  # noqa: S105 - the password everybody may know
LIFE: Final = 24 * 60 * 60
_KEY: Final = b"fatturakit sandbox"
_UNAUTHORISED: Final = 401


def login(call: Call) -> Answer:
    """A token for the one account there is."""
    given = call.data()
    if (given.get("email"), given.get("password")) != (EMAIL, PASSWORD):
        raise Refusal(_UNAUTHORISED, "Invalid credentials.")
    return as_json({"token": token(call.box)})


def token(box: Box) -> str:
    """A token that is good for 24 hours by the clock of the sandbox."""
    now = int(box.now().timestamp())
    claims = {
        "iat": now,
        "exp": now + LIFE,
        "roles": {"it.api.acubeapi.com": ["ROLE_WRITER"]},
        "username": EMAIL,
        "uid": 1,
    }
    signed = f"{_packed({'typ': 'JWT', 'alg': 'HS256'})}.{_packed(claims)}"
    return f"{signed}.{_signature(signed)}"


def enter(call: Call) -> None:
    """Refuse a request without a token that is ours and still good."""
    scheme, _, given = call.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not given:
        raise Refusal(_UNAUTHORISED, "JWT Token not found")
    end = _end(given.strip())
    if end is None:
        raise Refusal(_UNAUTHORISED, "Invalid JWT Token")
    if call.box.now().timestamp() >= end:
        raise Refusal(_UNAUTHORISED, "Expired JWT Token")


@lru_cache(64)
def _end(given: str) -> int | None:
    """When a token ends, None for one that is not ours."""
    signed, _, signature = given.rpartition(".")
    if not hmac.compare_digest(_signature(signed).encode(), signature.encode()):
        return None
    end: int = _claims(signed).get("exp", 0)
    return end


def refused(_box: Box, refusal: Refusal) -> Answer:
    """The firewall's shape for 401, problem details for everything else."""
    if refusal.status == _UNAUTHORISED:
        return as_json({"code": refusal.status, "message": refusal.detail}, refusal.status)
    body: dict[str, Any] = {
        "type": "https://tools.ietf.org/html/rfc2616#section-10",
        "title": "An error occurred",
        "detail": refusal.detail,
    }
    if refusal.violations:
        body["violations"] = [{"propertyPath": path, "message": message} for path, message in refusal.violations]
    return as_json(body, refusal.status, kind=PROBLEM)


def _packed(data: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(data).encode()).rstrip(b"=").decode()


def _signature(signed: str) -> str:
    made = hmac.new(_KEY, signed.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def _claims(signed: str) -> dict[str, Any]:
    part = signed.rpartition(".")[2]
    try:
        found = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, Error):
        return {}
    return found if isinstance(found, dict) else {}
