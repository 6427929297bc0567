"""The shape of an endpoint table: what one row says. Nothing here knows a provider or sends anything."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from ..texts import Text

Place = Literal["query", "path", "header"]
Kind = Literal["string", "integer", "boolean", "date", "list"]
Paging = Literal["", "page", "skip"]

JSON: Final = "application/json"
XML: Final = "application/xml"
ZIP: Final = "application/zip"
PDF: Final = "application/pdf"
HTML: Final = "text/html"
BYTES: Final = "application/octet-stream"
FORM: Final = "application/x-www-form-urlencoded"
LD_JSON: Final = "application/ld+json"
PROBLEM: Final = "application/problem+json"
FORMS: Final = {"json": JSON, "xml": XML, "html": HTML, "pdf": PDF, "raw": BYTES, "zip": ZIP, "ld+json": LD_JSON}
"""What a user calls the representations of a resource, and how they are called on the wire."""

_BEFORE_CAPITAL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NOT_A_WORD: Final = re.compile(r"[^a-z0-9]+")


class Param(NamedTuple):
    """One parameter of a request.

    name: on the wire; kind "list" repeats the name, or with ``joined`` puts commas between the values; allowed: the
    only values the service documents; least, most: bounds of an integer; keyword: its name in Python and on the
    command line, when it is not simply ``name`` in snake_case; automatic: the client fills it in, users do not.
    """

    name: str
    kind: Kind = "string"
    place: Place = "query"
    required: bool = False
    allowed: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    joined: bool = False
    keyword: str = ""
    automatic: bool = False

    @property
    def word(self) -> str:
        """The name of the parameter for people.

        >>> [Param(name).word for name in ("created_at[before]", "rejectedToFix", "marking[]", "sender.business_name")]
        ['created_at_before', 'rejected_to_fix', 'marking', 'sender_business_name']
        """
        return self.keyword or _NOT_A_WORD.sub("_", _BEFORE_CAPITAL.sub("_", self.name).lower()).strip("_")


class Body(NamedTuple):
    """What a request carries: media types in order of preference, and the name of what is in it."""

    kinds: tuple[str, ...]
    schema: str


class Reply(NamedTuple):
    """A successful answer: status, media types (none: it has no body), and the name of what is in it."""

    status: int
    kinds: tuple[str, ...] = ()
    shape: str = ""


class Endpoint(NamedTuple):
    """One row.

    id: as in the fact sheet ("acube.drafts.send"); verb: how users call it ("drafts.send"); path: with ``{names}``.
    errors: documented failures; paging: how its rows go on; idempotent: doing it twice is doing it once, so that it may
    be repeated when nobody knows whether it arrived; paid: it costs money or changes what it reads, never repeated.
    form_header: the request header that chooses among the media types of the reply; inbound: the service calls us;
    open: needs no credentials; login: it lives on the host for logging in.
    """

    id: str
    verb: str
    method: str
    path: str
    title: Text
    params: tuple[Param, ...] = ()
    body: Body | None = None
    replies: tuple[Reply, ...] = (Reply(200, (JSON,)),)
    errors: tuple[int, ...] = (401,)
    paging: Paging = ""
    idempotent: bool = False
    paid: bool = False
    form_header: str = "Accept"
    inbound: bool = False
    open: bool = False
    login: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every media type a success can have, the usual one first."""
        return tuple(dict.fromkeys(kind for reply in self.replies for kind in reply.kinds))

    def names(self, place: Place) -> tuple[Param, ...]:
        """The parameters that stand in the path, the query or the headers."""
        return tuple(param for param in self.params if param.place == place)


class Login(NamedTuple):
    """How a token is had: the row to call, the secrets it takes, and where token and end of life stand in the answer.

    basic: the secrets go into an Authorization header, else into the JSON body; expiry: key of the answer, "" to read
    ``exp`` out of the token itself; scoped: the token is asked for the rows of the table.
    """

    endpoint: Endpoint
    secrets: tuple[str, str]
    token: str = "token"  # noqa: S105 - the name of a key
    expiry: str = ""
    basic: bool = False
    scoped: bool = False


class Auth(NamedTuple):
    """How requests are signed for: scheme "bearer", "basic" (the secret is the user, without password) or "query"."""

    scheme: Literal["bearer", "basic", "query"]
    secret: str
    name: str = ""
    login: Login | None = None


class Shape(NamedTuple):
    """Where an error body says what: keys in the order they are read; wrapper: a key around all of it."""

    detail: tuple[str, ...]
    code: tuple[str, ...] = ()
    wrapper: str = ""
    violations: str = ""
    refusal: str = ""
    """The key that says False in an answer that failed although its status is a success."""


class Host(NamedTuple):
    """One place a provider answers at; ``{account}`` stands for the account of the user."""

    base: str
    login: str = ""
    sandbox: bool = False


class Provider(NamedTuple):
    """A service: where it is, how it lets in, how it fails, what it does, and the values it is known to use."""

    name: str
    title: str
    hosts: tuple[Host, ...]
    auth: Auth
    shape: Shape
    endpoints: tuple[Endpoint, ...]
    callbacks: tuple[Endpoint, ...] = ()
    supporting: tuple[Endpoint, ...] = ()
    known: Mapping[str, tuple[str, ...]] = {}
    envelope: str = ""
    """The key every answer is wrapped in."""
    page_size: int = 30
    dialect: str = ""
    """The dialect of JSON its documents are written in."""
    settings: tuple[str, ...] = ()
    """What is not secret but has to be known: the account."""

    def find(self, verb: str) -> Endpoint | None:
        """The row of a verb or of an id, None when there is none."""
        rows = (*self.endpoints, *self.supporting)
        return next((row for row in rows if verb in (row.verb, row.id)), None)
