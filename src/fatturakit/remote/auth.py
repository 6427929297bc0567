"""How requests are signed for: a secret as it is, or a token that is fetched, kept until it ends, and fetched again."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from ..errors import UsageError
from ..texts import Text
from .building import Content, build
from .clock import Clock
from .endpoints import JSON, Login, Provider
from .errors import UnexpectedAnswer
from .failing import said
from .keeping import Keeper
from .masking import MASK, Masker, Secret
from .secrets import names, variable
from .steps import Answer, Credentials, Flow, Request
from .tokens import Token, claim, moment, scopes

_EARLY: Final = timedelta(seconds=60)
_UNSTATED: Final = timedelta(hours=1)
_LIFE_SECONDS: Final = 86_400


class Auth:
    """Credentials for one provider and one place; every request asks it, and says when they were refused."""

    def __init__(
        self, provider: Provider, base: str, login_base: str, secrets: Mapping[str, Secret], clock: Clock,
        masker: Masker, keeper: Keeper | None = None,
    ) -> None:  # fmt: skip
        self._provider = provider
        self._base, self._login_base = base, login_base
        self._secrets = secrets
        self._clock = clock
        self._masker = masker
        self._keeper = keeper
        self._token: Token | None = None
        masker.learn(secrets.values())

    def __repr__(self) -> str:
        return f"<Auth {self._provider.name}: {', '.join(self._secrets) or 'nothing'}>"

    def credentials(self) -> Flow[Credentials]:
        """What signs the next request; logs in first when that is needed. ``UsageError`` when secrets are missing."""
        kind, static = self._provider.auth, self._secrets.get(self._provider.auth.secret)
        if static and not (kind.login and kind.login.secrets[1] == kind.secret):
            return self._signed(static)
        login = kind.login
        if login is None or not all(name in self._secrets for name in login.secrets):
            raise UsageError(_MISSING, provider=self._provider.title, names=self._wanted())
        token = self._kept()
        if token is None:
            token = yield from self._fetched(login)
        return self._signed(token.secret)

    def placeholder(self) -> Credentials:
        """What stands for the credentials when a request is only shown."""
        return self._signed(Secret(MASK))

    def renewable(self) -> bool:
        """True when refused credentials can be replaced by logging in again."""
        login = self._provider.auth.login
        return bool(login and self._provider.auth.secret not in self._secrets and self._token)

    def forget(self) -> None:
        """The token was refused: the next request logs in."""
        self._token = None
        if self._keeper:
            self._keeper.drop()

    def _signed(self, secret: Secret) -> Credentials:
        kind = self._provider.auth
        if kind.scheme == "query":
            return Credentials("query", kind.name, secret)
        if kind.scheme == "bearer":
            return Credentials("header", "Authorization", Secret(f"Bearer {secret.reveal()}"))
        return _basic(secret, Secret(""))

    def _wanted(self) -> str:
        return ", ".join(variable(self._provider.name, name) for name in names(self._provider))

    def _kept(self) -> Token | None:
        if self._token is None and self._keeper and (found := self._keeper.load()):
            self._token = Token(*found)
            self._masker.learn([self._token.secret])
        fresh = self._token and self._token.ends - _EARLY > self._clock.now()
        return self._token if fresh else None

    def _fetched(self, login: Login) -> Flow[Token]:
        answer = yield self._asking(login)
        token = self._read(login, answer)
        self._masker.learn([token.secret])
        self._token = token
        if self._keeper:
            self._keeper.save(token.secret, token.ends)
        return token

    def _asking(self, login: Login) -> Request:
        first, second = (self._secrets[name] for name in login.secrets)
        wanted: dict[str, Any] = {"scopes": scopes(self._provider, self._base), "ttl": _LIFE_SECONDS}
        if not login.basic:
            wanted = {login.secrets[0]: first.reveal(), login.secrets[1]: second.reveal()}
        content = Content(json.dumps(wanted).encode(), JSON)
        return build(login.endpoint, self._login_base, {}, content=content,
                     credentials=_basic(first, second) if login.basic else None)  # fmt: skip

    def _read(self, login: Login, answer: Answer) -> Token:
        body = said(answer)
        value = body.get(login.token) if isinstance(body, dict) else None
        if not isinstance(value, str) or not value:
            raise UnexpectedAnswer(
                provider=self._provider.title, verb=login.endpoint.verb, status=answer.status, detail=_NO_TOKEN
            )
        ends = moment(body.get(login.expiry) if login.expiry else claim(value))
        if ends is None or ends - _EARLY <= self._clock.now():  # a fresh token lasts: one of the two clocks is wrong
            ends = self._clock.now() + _UNSTATED
        return Token(Secret(value), ends)


def _basic(user: Secret, password: Secret) -> Credentials:
    pair = b64encode(f"{user.reveal()}:{password.reveal()}".encode()).decode("ascii")
    return Credentials("header", "Authorization", Secret(f"Basic {pair}"))


_MISSING: Final = Text(
    "Per {provider} mancano le credenziali: {names} (anche con _FILE o _COMMAND in fondo al nome).",
    "{provider} needs credentials: {names} (also with _FILE or _COMMAND after the name).",
)
_NO_TOKEN: Final = Text("nella risposta non c'è un token", "there is no token in the answer")
