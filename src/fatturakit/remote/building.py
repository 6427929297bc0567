"""From a row of a table and the values of a user to one request, everything checked before anything is sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from .._version import __version__
from ..errors import UsageError
from ..texts import Text
from .endpoints import JSON, PROBLEM, Endpoint, Param
from .spelling import PLAIN, spelt, wrong
from .steps import Credentials, Request, Sink

AGENT: Final = f"fatturakit/{__version__}"
_LOOPBACK: Final = {"localhost", "127.0.0.1", "::1"}


class Content(NamedTuple):
    """The body of a request and its media type."""

    data: bytes = b""
    kind: str = ""


def build(
    row: Endpoint,
    base: str,
    values: Mapping[str, Any],
    *,
    content: Content | None = None,
    kind: str = "",
    credentials: Credentials | None = None,
    sink: Sink | None = None,
) -> Request:
    """The request of a row. values: by the words of its parameters; kind: the media type wanted back.

    ``UsageError`` when a value is missing, unknown, or not what the service documents.
    """
    given = {name: value for name, value in values.items() if value is not None}
    _known(row, given)
    pairs = [pair for param in row.names("query") for pair in _pairs(param, given)]
    url = base.rstrip("/") + _path(row, given) + (f"?{urlencode(pairs)}" if pairs else "")
    return Request(row, row.method, url, tuple(_headers(row, url, given, content, kind)), (content or Content()).data,
                   credentials, sink)  # fmt: skip


def _headers(
    row: Endpoint, url: str, given: Mapping[str, Any], content: Content | None, kind: str
) -> Iterator[tuple[str, str]]:
    usual = row.kinds if PROBLEM in row.kinds else row.kinds[:1]
    yield "Host", urlsplit(url).netloc
    yield "User-Agent", AGENT
    yield "Accept-Encoding", "gzip"
    yield "Connection", "keep-alive"
    if row.form_header != "Accept" and kind not in {"", JSON}:
        yield row.form_header, kind
    yield "Accept", kind or ", ".join(usual) or "*/*"
    for param in row.names("header"):
        yield from ((param.name, value) for _, value in _pairs(param, given))
    if content and content.kind:
        yield "Content-Type", content.kind


def secure(url: str) -> str:
    """``url`` when credentials may travel to it: https, or http to this machine; ``UsageError`` otherwise."""
    try:
        parts = urlsplit(url)
        fine = parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(url)))
    except ValueError:
        fine = False
    if not fine or not PLAIN.fullmatch(url) or parts.username or parts.query or parts.fragment:
        raise UsageError(_NOT_SECURE, url=url.partition("?")[0])
    return url.rstrip("/")


def is_loopback(url: str) -> bool:
    """True for an address of this machine."""
    return (urlsplit(url).hostname or "") in _LOOPBACK


def _known(row: Endpoint, given: Mapping[str, Any]) -> None:
    words = {param.word: param for param in row.params}
    for name in given:
        if name not in words:
            raise UsageError(_UNKNOWN, name=name, verb=row.verb, known=", ".join(sorted(words)) or "-")
    missing = [param.word for param in row.params if param.required and param.word not in given]
    if missing:
        raise UsageError(_MISSING, names=", ".join(missing), verb=row.verb)


def _path(row: Endpoint, given: Mapping[str, Any]) -> str:
    path = row.path
    for param in row.names("path"):
        value = spelt(param, given[param.word])
        if value in {"", ".", ".."}:
            raise wrong(param, value)
        path = path.replace(f"{{{param.name}}}", quote(value, safe=""))
    return path


def _pairs(param: Param, given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The parameter as often as it has values; a list goes to the parameter that takes lists."""
    value = given.get(param.word)
    several = isinstance(value, list | tuple)
    if value is None or (param.name.endswith("[]") and not several):
        return
    if not several:
        yield param.name, spelt(param, value)
    elif param.joined:
        yield param.name, ",".join(spelt(param, each) for each in value)
    elif param.kind == "list":
        yield from ((param.name, spelt(param, each)) for each in value)


_UNKNOWN: Final = Text(
    "«{name}» non è un parametro di {verb}: ci sono {known}.", "“{name}” is no parameter of {verb}: it has {known}."
)
_MISSING: Final = Text("A {verb} manca: {names}.", "{verb} needs: {names}.")
_NOT_SECURE: Final = Text(
    "«{url}» non è un indirizzo a cui mandare credenziali: serve https (http solo verso questa macchina).",
    "“{url}” is no address to send credentials to: https is needed (http to this machine only).",
)
