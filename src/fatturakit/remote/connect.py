"""``fatturakit.connect``: from a name and what is known about an account to a ready client."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, overload

from ..errors import UsageError
from ..limits import DEFAULT, Limits
from ..texts import Text, language
from . import extra
from .auth import Auth
from .building import secure
from .clock import Clock, SystemClock
from .endpoints import Host, Provider
from .keeping import Keeper
from .masking import Masker
from .providers import provider
from .secrets import Given, collect, names, variable
from .session import Session

if TYPE_CHECKING:
    from .patience import Patience
    from .service import AsyncRemote, Remote


@overload
def connect(name: str, *, asynchronous: Literal[True], **options: Any) -> AsyncRemote: ...
@overload
def connect(name: str, *, asynchronous: Literal[False] = False, **options: Any) -> Remote: ...
def connect(name: str, *, asynchronous: bool = False, **options: Any) -> Remote | AsyncRemote:
    """A client for "acube", "invoicetronic", "invoicexpress" or "openapi"; nothing is sent yet.

    options: base_url (another place that speaks the same protocol), login_url, sandbox (the provider's own), account;
    its secrets by name (token, email, password, key: a text, a path of a file, a function), else from the environment
    (``FATTURAKIT_ACUBE_PASSWORD`` and so on, also ``_FILE`` and ``_COMMAND``); tokens (a folder to keep them in between
    runs); transport, clock; timeout in seconds (of silence); deadline in seconds (of one answer in all, 300; a large
    one may take as much longer as it takes at 10 kB a second); patience (retries); limits; lang.
    ``UsageError`` for options that are wrong, ``MissingExtra`` without the extra remote.
    """
    extra.require()
    from .client import AsyncDriver, Driver, Setup
    from .patience import Patience
    from .service import AsyncRemote, Remote

    plan = Plan(name, options)
    limits: Limits = options.get("limits") or DEFAULT
    patience: Patience = options.get("patience") or Patience()
    setup = Setup(plan.provider, plan.masker, plan.clock, patience, options.get("timeout", 30), limits,
                  options.get("transport"), options.get("deadline", 300))  # fmt: skip
    if asynchronous:
        return AsyncRemote(plan.session(), AsyncDriver(setup), limits)
    return Remote(plan.session(), Driver(setup), limits)


class Plan:
    """Everything about a connection that can be known without the HTTP client."""

    def __init__(self, name: str, options: Mapping[str, Any], environ: Mapping[str, str] | None = None) -> None:
        self.provider: Provider = provider(name)
        _known(self.provider, options)
        self._environ = os.environ if environ is None else environ
        self._options = options
        self.masker = Masker()
        self.clock: Clock = options.get("clock") or SystemClock()
        self.base, self.login_base = self._places()

    def session(self, *, showing: bool = False) -> Session:
        """What the verbs work with. showing: requests are only looked at."""
        given: dict[str, Given | None] = {name: self._options.get(name) for name in names(self.provider)}
        secrets = collect(self.provider, given, self._environ)
        owner = secrets[name].reveal() if (name := self._owner()) in secrets else ""
        folder = self._options.get("tokens")
        keeper = Keeper(Path(folder), self.provider.name, self.login_base, owner) if folder and owner else None
        auth = Auth(self.provider, self.base, self.login_base, secrets, self.clock, self.masker, keeper)
        lang = language(self._options.get("lang"))
        return Session(self.provider, self.base, self.login_base, auth, self.masker, self.clock, lang, showing)

    def _owner(self) -> str:
        login = self.provider.auth.login
        return login.secrets[0] if login else ""

    def _places(self) -> tuple[str, str]:
        """Where the service is, and where one logs in: named, else known for that place, else the same place."""
        host = self._host()
        base = self._setting("base_url", "URL") or host.base
        for name in self.provider.settings:
            if f"{{{name}}}" in base:
                base = base.replace(f"{{{name}}}", self._required(name))
        known = next((each for each in self.provider.hosts if each.base == base.rstrip("/")), None)
        login = self._setting("login_url", "LOGIN_URL") or (known.login if known else "") or base
        return secure(base), secure(login)

    def _host(self) -> Host:
        wanted = bool(self._options.get("sandbox"))
        found = next((each for each in self.provider.hosts if each.sandbox == wanted), None)
        if found is None:
            raise UsageError(_NO_SANDBOX, provider=self.provider.title)
        return found

    def _setting(self, option: str, name: str) -> str:
        return str(self._options.get(option) or self._environ.get(variable(self.provider.name, name)) or "")

    def _required(self, name: str) -> str:
        value = self._setting(name, name)
        if not value or not value.replace("-", "").isalnum() or not value.isascii():
            raise UsageError(_NO_SETTING, provider=self.provider.title, name=name,
                             variable=variable(self.provider.name, name))  # fmt: skip
        return value


OPTIONS: Final = (
    "base_url", "login_url", "sandbox", "tokens", "transport", "clock", "timeout", "deadline", "patience", "limits",
    "lang",
)  # fmt: skip


def _known(found: Provider, options: Mapping[str, Any]) -> None:
    known = (*OPTIONS, *found.settings, *names(found))
    for name in options:
        if name not in known:
            raise UsageError(_UNKNOWN, name=name, provider=found.title, known=", ".join(known))


_NO_SANDBOX: Final = Text(
    "{provider} non ha un ambiente di prova: indica base_url.", "{provider} has no sandbox of its own: give base_url."
)
_NO_SETTING: Final = Text(
    "{provider}: serve {name} (o {variable}), lettere e cifre.",
    "{provider}: {name} (or {variable}) is needed, letters and digits.",
)
_UNKNOWN: Final = Text(
    "«{name}» non è un'opzione per {provider}: ci sono {known}.",
    "“{name}” is no option for {provider}: it has {known}.",
)
