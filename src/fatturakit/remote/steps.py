"""What the work consists of: requests to make, waits, and the answers that come back. Nothing here sends anything.

Every operation is a generator of steps (a ``Flow``). ``client.py`` performs them, one driver for programs that wait and
one for programs that do not; so each operation is written once.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any, NamedTuple, Protocol, TypeAlias, TypeVar
from urllib.parse import urlsplit

from .endpoints import Endpoint
from .masking import MASK, Masker, Secret

Value = TypeVar("Value")


class Sink(Protocol):
    """Where a body goes that is not kept in memory."""

    def restart(self) -> None:
        """Forget what came so far: the answer is being asked for again."""

    def write(self, piece: bytes, /) -> object:
        """Take the next piece."""


class Credentials:
    """What signs one request: a header or a parameter. Added at the last moment, below everything that logs."""

    __slots__ = ("_value", "name", "place")

    def __init__(self, place: str, name: str, value: Secret) -> None:
        self.place = place
        self.name = name
        self._value = value

    def reveal(self) -> str:
        """The value of the header or parameter."""
        return self._value.reveal()

    def __repr__(self) -> str:
        return f"<Credentials {self.place} {self.name}: {MASK}>"


class Request(NamedTuple):
    """One request as it will be made, credentials apart."""

    row: Endpoint
    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    content: bytes = b""
    credentials: Credentials | None = None
    sink: Sink | None = None

    def shown(self, masker: Masker) -> str:
        """The request as it stands on the wire, secrets masked."""
        parts = urlsplit(self.url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        lines = [*(f"{name}: {value}" for name, value in self.headers)]
        if self.credentials and self.credentials.place == "query":
            target += f"{'&' if parts.query else '?'}{self.credentials.name}={MASK}"
        elif self.credentials:
            scheme = self.credentials.reveal().partition(" ")[0]
            lines.append(f"{self.credentials.name}: {scheme} {MASK}")
        if self.content or self.method in {"POST", "PUT", "PATCH"}:
            lines.append(f"Content-Length: {len(self.content)}")
        head = [f"{self.method} {parts.scheme}://{parts.netloc}{target}", *lines, ""]
        return masker.text("\n".join([*head, self.content.decode("utf-8", "replace")]).rstrip("\n") + "\n")

    def __repr__(self) -> str:
        return f"<Request {self.method} {urlsplit(self.url).path} ({self.row.id}) {len(self.content)} bytes>"


class Wait(NamedTuple):
    """Nothing to do for some seconds."""

    seconds: float


class Answer(NamedTuple):
    """What came back: status, headers (names in lower case), and the body, empty when it went into a sink."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def kind(self) -> str:
        """The media type without its parameters, in lower case; "" when none is given."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def __repr__(self) -> str:
        return f"<Answer {self.status} {self.kind} {len(self.body)} bytes>"


Step: TypeAlias = Request | Wait
Flow: TypeAlias = Generator[Step, Any, Value]
