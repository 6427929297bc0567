"""One call and what belongs to it: credentials, one new login, redirects, and the reading of the answer."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final, NamedTuple
from urllib.parse import urljoin, urlsplit

from ..errors import UsageError
from ..texts import Text
from . import reading
from .auth import Auth
from .building import Content, build, is_loopback
from .clock import Clock
from .endpoints import Endpoint, Provider
from .errors import Unauthorized, UnexpectedAnswer
from .masking import Masker
from .steps import Answer, Flow, Request, Sink

Values = Mapping[str, Any]
_MOST_REDIRECTS: Final = 5


class Session(NamedTuple):
    """A provider at one place, with what signs requests to it. showing: requests are looked at, not made."""

    provider: Provider
    base: str
    login_base: str
    auth: Auth
    masker: Masker
    clock: Clock
    lang: str = "it"
    showing: bool = False

    def row(self, verb: str) -> Endpoint:
        """The row of a verb; ``UsageError`` when this provider has none."""
        found = self.provider.find(verb)
        if found is None:
            verbs = ", ".join(row.verb for row in self.provider.endpoints)
            raise UsageError(_NO_VERB, provider=self.provider.title, verb=verb, known=verbs)
        return found

    def call(
        self, row: Endpoint, values: Values, *, content: Content | None = None, kind: str = "", sink: Sink | None = None
    ) -> Flow[Answer]:
        """The answer to one request; a failure is raised as a ``RemoteFailure``."""
        request = build(row, self.login_base if row.login else self.base, self._filled(row, values), content=content,
                        kind=kind, sink=sink)  # fmt: skip
        answer = yield from self._signed(request)
        return (yield from self.followed(request, answer))

    def data(self, row: Endpoint, values: Values, *, content: Content | None = None, kind: str = "") -> Flow[Any]:
        """What the answer holds: data, bytes, or None when it holds nothing and need not."""
        answer = yield from self.call(row, values, content=content, kind=kind)
        return reading.read(self, row, answer, kind)

    def _filled(self, row: Endpoint, values: Values) -> dict[str, Any]:
        """The values with what the client fills in by itself."""
        words = {param.word for param in row.params if param.automatic}
        automatic = {"accept_language": self.lang, "years": values.get("year")}
        return {name: value for name, value in automatic.items() if name in words} | dict(values)

    def _signed(self, request: Request) -> Flow[Answer]:
        if request.row.open:
            answer: Answer = yield request
            return answer
        credentials = self.auth.placeholder() if self.showing else (yield from self.auth.credentials())
        try:
            answer = yield request._replace(credentials=credentials)
        except Unauthorized:
            if not self.auth.renewable():
                raise
            self.auth.forget()
            credentials = yield from self.auth.credentials()
            answer = yield request._replace(credentials=credentials)
        return answer

    def followed(self, request: Request, answer: Answer) -> Flow[Answer]:
        """Redirects of a GET, without credentials and never from https to http; others are failures."""
        for _ in range(_MOST_REDIRECTS):
            if not HTTPStatus.MULTIPLE_CHOICES <= answer.status < HTTPStatus.BAD_REQUEST:
                return answer
            target = urljoin(request.url, answer.headers.get("location", ""))
            if request.method != "GET" or not answer.headers.get("location") or not self.may_fetch(target):
                break
            request = elsewhere(request, target)
            answer = yield request
        raise self.unexpected(request.row, answer, _REDIRECT, target=answer.headers.get("location", "")[:200])

    def may_fetch(self, url: str) -> bool:
        """True for https, and for http when we already talk to this very machine."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(self.base) and is_loopback(url))

    def unexpected(self, row: Endpoint, answer: Answer, why: Text, **args: object) -> UnexpectedAnswer:
        """The failure of an answer that makes no sense."""
        said = {name: self.masker.text(str(value)) for name, value in args.items()}
        detail = Text(why.say("it", said), why.say("en", said))
        return UnexpectedAnswer(
            provider=self.provider.title, verb=row.verb, status=answer.status, detail=detail,
            raw=self.masker.raw(answer.body),
        )  # fmt: skip


def elsewhere(request: Request, url: str) -> Request:
    """The same request to another address, without credentials."""
    headers = tuple((name, urlsplit(url).netloc if name == "Host" else value) for name, value in request.headers)
    return request._replace(url=url, headers=headers, credentials=None)


_NO_VERB: Final = Text("{provider} non ha «{verb}»: ha {known}.", "{provider} has no “{verb}”: it has {known}.")
_REDIRECT: Final = Text(
    "rimanda a «{target}»: non si segue, le credenziali restano qui",
    "it points to “{target}”: not followed, credentials stay here",
)
