"""What the sandbox keeps: plain records, JSON inside, so that they can stand in memory or in a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True, kw_only=True)
class Invoice:
    """One invoice, sent (type 0) or received (type 1), or a draft; moments are ISO 8601 in UTC.

    data: the bytes, empty for a draft; draft: its JSON; facts: what lists filter by; due: when the marking moves by
    itself; read: whether the export has charged for it; events: the markings it went through.
    """

    key: str
    type: int
    created_at: str
    name: str = ""
    data: bytes = b""
    draft: Json = field(default_factory=dict)
    facts: Json = field(default_factory=dict)
    marking: str = "draft"
    due: str = ""
    retries: int = 0
    notice: str | None = None
    sdi_id: str | None = None
    signed: bool = False
    legal: bool = False
    muted: bool = False
    downloaded_at: str | None = None
    archived: bool = False
    read: bool = False
    rejections: list[Json] = field(default_factory=list)
    notifications: list[Json] = field(default_factory=list)
    preserved: Json | None = None


@dataclass(slots=True, kw_only=True)
class Receipt:
    """A receipt as its JSON; due: when its status moves by itself; parent: the receipt it returns or voids."""

    key: str
    body: Json
    due: str = ""
    voiding: bool = False


@dataclass(slots=True, kw_only=True)
class Configuration:
    """A company of OpenAPI.com; credentials_since: the day they were given."""

    key: str
    body: Json
    credentials_since: str = ""


@dataclass(slots=True, kw_only=True)
class Token:
    """A token of OpenAPI.com: its scopes and its end."""

    key: str
    scopes: list[str]
    expires: str


@dataclass(slots=True, kw_only=True)
class Job:
    """A SAF-T in the making: how often it was asked for, and the key of its file."""

    key: str
    asked: int = 0
    file: str = ""


@dataclass(slots=True, kw_only=True)
class Hook:
    """Somebody who wants to be told: where, of what (none: everything), and with which secret."""

    key: str
    provider: str
    url: str
    events: list[str] = field(default_factory=list)
    secret: str = ""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Delivery:
    """One callback on its way: what is posted where, how often it was tried, and what came of it."""

    key: str
    provider: str
    event: str
    url: str
    body: str
    kind: str = "application/json"
    secret: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    due: str = ""
    tried: int = 0
    status: int = 0
    done: bool = False
    subject: str = ""
