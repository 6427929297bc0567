"""A request to one row of a table, its answer, and its refusal: what handlers take and give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from ..convert.parsing import exact
from ..errors import InputError
from ..remote.endpoints import JSON, Endpoint
from .box import Box
from .jsontext import encoded


class Refusal(Exception):
    """The service says no; the provider decides what that looks like."""

    def __init__(
        self,
        status: int,
        detail: str = "",
        *,
        code: int | str | None = None,
        violations: tuple[tuple[str, str], ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, detail)
        self.status, self.detail, self.code = status, detail, code
        self.violations, self.headers = violations, dict(headers or {})


class Answer(NamedTuple):
    """What goes back: kind is the media type, "" for no body."""

    status: int = 200
    body: bytes = b""
    kind: str = JSON
    headers: Mapping[str, str] = {}


class Call(NamedTuple):
    """A request that was let in. query: pairs in order; headers: in lower case."""

    box: Box
    row: Endpoint
    path: Mapping[str, str]
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    body: bytes

    def one(self, name: str) -> str | None:
        """The last value of a query parameter."""
        return next((value for key, value in reversed(self.query) if key == name), None)

    def given(self, name: str) -> int | None:
        """A query parameter that is a whole number (the table saw to that), where it is given."""
        return int(value) if (value := self.one(name)) else None

    def number(self, name: str, default: int) -> int:
        """A query parameter that is a whole number, or else the default."""
        return default if (value := self.given(name)) is None else value

    @property
    def kind(self) -> str:
        """The media type of the body, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def data(self) -> dict[str, Any]:
        """The JSON object in the body; refused when it is none."""
        try:
            found = exact(self.body).data
        except InputError as error:
            raise Refusal(400, error.say("en")) from error
        if not isinstance(found, dict):
            raise Refusal(400, "The body is not a JSON object.")
        return found


Handler = Callable[[Call], Answer]


def as_json(data: Any, status: int = 200, headers: Mapping[str, str] | None = None, kind: str = JSON) -> Answer:
    """Data as a JSON answer; amounts are numbers as they stand."""
    return Answer(status, encoded(data), kind, headers or {})


def offered(header: str) -> list[str]:
    """The media types of an ``Accept`` header, the most wanted first.

    >>> offered("text/html;q=0.5, application/pdf"), offered("")
    (['application/pdf', 'text/html'], ['*/*'])
    """
    wanted = []
    for place, part in enumerate(header.split(",")):
        kind, *rest = (piece.strip() for piece in part.lower().split(";"))
        weight = next((piece[2:] for piece in rest if piece.startswith("q=")), "1")
        if kind and weight not in _NEVER:
            wanted.append((-_thousandths(weight), place, kind))
    return [kind for _, _, kind in sorted(wanted)] or ["*/*"]


def _thousandths(weight: str) -> int:
    whole, _, decimals = weight.partition(".")
    digits = f"{whole or 0}{decimals[:3]:0<3}"
    return int(digits) if digits.isdigit() else 1000


def chosen(header: str, kinds: tuple[str, ...]) -> str | None:
    """The media type to answer in: the first of those asked for that there is; None when there is none.

    >>> chosen("text/*", ("application/json", "text/html")), chosen("image/png", ("application/json",))
    ('text/html', None)
    """
    for wanted in offered(header):
        head, _, tail = wanted.partition("/")
        for kind in kinds:
            if wanted in {"*/*", kind} or (tail == "*" and kind.startswith(f"{head}/")):
                return kind
    return None


_NEVER: Final = {"0", "0.0", "0.00", "0.000"}
