"""Where secrets come from, how long tokens live, and that no secret is ever shown."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import pickle
import sys
from base64 import b64encode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from fatturakit import FatturakitError, UsageError, connect
from fatturakit.remote.connect import Plan
from fatturakit.remote.endpoints import Provider
from fatturakit.remote.keeping import Keeper
from fatturakit.remote.masking import Masker, Secret
from fatturakit.remote.patience import Patience
from fatturakit.remote.providers import NAMES, provider

from .loopback import Answer, Call, Server, reply

PASSWORD = 'pàss/word+ "very" secret'
KEY = "ik_live_9f8e7d6c5b4a"
TOKEN = "opaque-token-1234567890"
ALL = (PASSWORD, KEY, TOKEN)


class Clock:
    """A clock that goes when it is told to; waiting takes no time."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 20, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.at.timestamp()

    def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)

    async def pause(self, seconds: float) -> None:
        self.sleep(seconds)


def jwt(ends: datetime, number: int = 0) -> str:
    parts = ({"alg": "none"}, {"exp": int(ends.timestamp()), "n": number})
    head, claims = (urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts)
    return f"{head}.{claims}.c2lnbmF0dXJl"


class Service:
    """Logs in with the password, and takes the last token it gave, until it ends."""

    def __init__(self, clock: Clock, hours: float = 24) -> None:
        self.clock, self.hours = clock, hours
        self.tokens: list[str] = []
        self.valid = True

    def __call__(self, call: Call) -> Answer:
        if call.path == "/login":
            if json.loads(call.body) != {"email": "me@example.it", "password": PASSWORD}:
                return reply(401, {"code": 401, "message": f"Invalid: {call.body.decode()}"})
            self.tokens.append(jwt(self.clock.at + timedelta(hours=self.hours), len(self.tokens)))
            self.valid = True
            return reply(200, {"token": self.tokens[-1]})
        if not self.valid or call.headers.get("authorization") != f"Bearer {self.tokens[-1]}":
            return reply(401, {"code": 401, "message": "Expired JWT Token"})
        page = int(call.query.get("page", 1))
        if page == 2 and len(self.tokens) == 1:
            self.valid = False
            return reply(401, {"code": 401, "message": "Expired JWT Token"})
        return reply(200, [{"uuid": f"{page}-{row}"} for row in range(30 if page < 4 else 5)])


def remote_of(server: Server, clock: Clock, **options: Any) -> Any:
    return connect("acube", base_url=server.url, email="me@example.it", password=PASSWORD, clock=clock, **options)


def test_a_token_that_ends_between_two_pages() -> None:
    clock = Clock()
    service = Service(clock)
    with Server(service) as server, remote_of(server, clock) as remote:
        assert len({row["uuid"] for row in remote.list()}) == 95
    assert len(service.tokens) == 2
    assert [call.query.get("page", "1") for call in server.calls if call.path != "/login"] == ["1", "2", "2", "3", "4"]


def test_the_same_for_programs_that_do_not_wait() -> None:
    clock = Clock()

    async def work(server: Server) -> int:
        async with remote_of(server, clock, asynchronous=True) as remote:
            return len([row async for row in remote.list()])

    with Server(Service(clock)) as server:
        assert asyncio.run(work(server)) == 95


def test_a_token_is_used_until_it_ends() -> None:
    clock = Clock()
    service = Service(clock)
    with Server(service) as server, remote_of(server, clock) as remote:
        for hours, logins in ((0, 1), (23, 1), (0.99, 2), (12, 2)):
            clock.sleep(hours * 3600)
            remote.get("4")
            assert len(service.tokens) == logins


def test_one_new_login_and_no_more() -> None:
    clock = Clock()

    def never(call: Call) -> Answer:
        return reply(200, {"token": jwt(clock.at)}) if call.path == "/login" else reply(401, b"")

    with Server(never) as server, remote_of(server, clock) as remote:
        with pytest.raises(FatturakitError, match="401"):
            remote.get("u")
        assert [call.path for call in server.calls] == ["/login", "/invoices/u"] * 2


def test_a_clock_that_is_days_ahead_does_not_log_in_for_every_call() -> None:
    clock = Clock()
    service = Service(clock, hours=-50)
    service.tokens.append("the first page is not what this is about")
    with Server(service) as server, remote_of(server, clock) as remote:
        assert len(list(remote.list())) == 95
    assert [call.path for call in server.calls].count("/login") == 1


def test_a_token_given_is_never_renewed() -> None:
    with Server(reply(401)) as server, connect("acube", base_url=server.url, token=TOKEN) as remote:
        with pytest.raises(FatturakitError, match="401"):
            remote.get("u")
        assert len(server.calls) == 1


def test_a_token_is_kept_between_runs(tmp_path: Path) -> None:
    clock = Clock()
    service = Service(clock)
    with Server(service) as server:
        for _ in range(3):
            with remote_of(server, clock, tokens=tmp_path) as remote:
                remote.get("4")
        assert len(service.tokens) == 1
        (kept,) = tmp_path.iterdir()
        assert PASSWORD not in kept.read_text()
        assert kept.stat().st_mode & 0o777 == 0o600
        kept.chmod(0o644)
        with remote_of(server, clock, tokens=tmp_path) as remote:
            remote.get("4")
        assert len(service.tokens) == 2, "a file that others can read is not believed"


def test_a_keeper_that_cannot_write_or_read(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    keeper = Keeper(tmp_path / "file", "x")
    keeper.save(Secret(TOKEN), datetime.now(UTC))
    assert keeper.load() is None
    keeper = Keeper(tmp_path, "x")
    keeper.path.write_text("[]")
    keeper.path.chmod(0o600)
    assert keeper.load() is None
    keeper.drop()
    keeper.drop()


def secrets_of(environ: dict[str, str], **options: Any) -> dict[str, str]:
    plan = Plan("acube", options, environ)
    return {name: value.reveal() for name, value in plan.session().auth._secrets.items()}


def test_where_secrets_come_from(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f"{PASSWORD}\nnext line\n", encoding="utf-8")
    command = f"{sys.executable} -c \"print('from a command')\""
    prefix = "FATTURAKIT_ACUBE_PASSWORD"
    assert secrets_of({prefix: "plain"}) == {"password": "plain"}
    assert secrets_of({f"{prefix}_FILE": str(tmp_path / "secret")}) == {"password": PASSWORD}
    assert secrets_of({f"{prefix}_COMMAND": command}) == {"password": "from a command"}
    assert secrets_of({prefix: "plain"}, password="given", token=Secret("t")) == {"password": "given", "token": "t"}
    assert secrets_of({}, password=tmp_path / "secret", email=lambda: "e") == {"password": PASSWORD, "email": "e"}


@pytest.mark.parametrize(
    "environ",
    [
        {"FATTURAKIT_ACUBE_PASSWORD_FILE": "/nowhere/at/all"},
        {"FATTURAKIT_ACUBE_PASSWORD_FILE": os.devnull},
        {"FATTURAKIT_ACUBE_PASSWORD_COMMAND": "/no/such/program"},
        {"FATTURAKIT_ACUBE_PASSWORD_COMMAND": f"{sys.executable} -c \"import sys; print('{KEY}'); sys.exit(1)\""},
        {"FATTURAKIT_ACUBE_PASSWORD_COMMAND": '"'},
    ],
)
def test_a_source_that_gives_none(environ: dict[str, str]) -> None:
    with pytest.raises(UsageError) as caught:
        secrets_of(environ)
    assert KEY not in str(caught.value)


def test_missing_credentials_name_their_variables() -> None:
    rows = {name: provider(name).endpoints[0] for name in NAMES}
    for name in NAMES:
        options = {"account": "acme"} if name == "invoicexpress" else {}
        with connect(name, base_url="http://127.0.0.1:9", **options) as remote, pytest.raises(UsageError) as caught:
            remote.call(rows[name].verb, **{param.word: "1" for param in rows[name].params if param.required})
        assert f"FATTURAKIT_{name.upper()}_" in caught.value.say("en")


def test_openapi_asks_for_a_token_with_its_scopes() -> None:
    clock = Clock()

    def plan(call: Call) -> Answer:
        if call.path == "/tokens":
            return reply(200, {"token": TOKEN, "expireAt": (clock.at + timedelta(days=1)).isoformat()})
        return reply(200, {"data": [], "success": True, "message": "", "error": None})

    options = {"email": "me@x.it", "key": KEY, "clock": clock}
    with Server(plan) as server, connect("openapi", base_url=server.url, **options) as remote:
        assert list(remote.configurations.list()) == []
    login = server.calls[0]
    assert login.headers["authorization"] == "Basic " + b64encode(f"me@x.it:{KEY}".encode()).decode()
    scopes = json.loads(login.body)["scopes"]
    host = server.url.removeprefix("http://")
    assert {f"{method}:{host}/IT-receipts" for method in ("GET", "POST", "PATCH", "DELETE")} <= set(scopes)
    assert server.calls[1].headers["authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize(
    "url",
    [
        "http://example.it", "ftp://127.0.0.1", "https://user:pw@example.it", "https://example.it/?a=1", "example.it",
        "https://exa\nmple.it", "http://127.0.0.1.example.it", "https://", "http://[::1",
    ],
)  # fmt: skip
def test_no_credentials_to_places_like_these(url: str) -> None:
    with pytest.raises(UsageError):
        connect("acube", base_url=url, token=TOKEN)


def test_known_places_know_where_to_log_in() -> None:
    for base, login in (
        ("", "https://common.api.acubeapi.com"),
        ("https://it-sandbox.api.acubeapi.com", "https://common-sandbox.api.acubeapi.com"),
        ("https://mine.example.it/acube/", "https://mine.example.it/acube"),
    ):
        assert Plan("acube", {"base_url": base}, {}).login_base == login
    assert Plan("invoicexpress", {"account": "acme"}, {}).base == "https://acme.app.invoicexpress.com"
    for account in ("", "a.b", "a/b", "à"):
        with pytest.raises(UsageError):
            Plan("invoicexpress", {"account": account}, {})
    with pytest.raises(UsageError):
        Plan("invoicexpress", {"account": "acme", "sandbox": True}, {})
    with pytest.raises(UsageError):
        connect("acube", colour="red")
    with pytest.raises(UsageError):
        connect("nobody")


def forms(secret: str) -> set[str]:
    """A secret as it may turn up."""
    data = secret.encode()
    return {
        secret, quote(secret, safe=""), quote(secret), json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
        b64encode(data).decode(), b64encode(data + b":").decode(), repr(secret)[1:-1],
    }  # fmt: skip


def echo(call: Call) -> Answer:
    """A service that says in its error whatever it was sent, secrets and all."""
    if call.path in {"/login", "/tokens"} and b"wrong" not in call.body:
        return reply(200, {"token": TOKEN, "expireAt": "2099-01-01T00:00:00Z"})
    return reply(400, {"detail": call.raw.decode("utf-8"), "message": call.raw.decode("utf-8")})


OPTIONS: dict[str, dict[str, Any]] = {
    "acube": {"email": "me@example.it", "password": PASSWORD},
    "invoicetronic": {"key": KEY},
    "invoicexpress": {"key": KEY},
    "openapi": {"email": "me@example.it", "key": KEY},
}


@pytest.mark.parametrize("name", NAMES)
def test_no_secret_is_ever_shown(name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for logger in ("httpx2", "httpcore2", "stamina", "fatturakit"):
        logging.getLogger(logger).setLevel(logging.DEBUG)
    shown: list[str] = []
    with Server(echo) as server, connect(name, base_url=server.url, patience=Patience(1), **OPTIONS[name]) as remote:
        for row in provider(name).endpoints:
            values = {param.word: "1" for param in row.params if param.required}
            with pytest.raises(FatturakitError) as caught:
                remote.call(row.id, {"password": PASSWORD} if row.body else None, check=False, **values)
            error = caught.value
            shown += [
                str(error),
                repr(error),
                repr(error.args),
                repr(vars(error)),
                str(pickle.loads(pickle.dumps(error))),
            ]
        shown += [repr(remote), repr(vars(remote)), repr(remote._session), repr(vars(remote._session.auth))]
    shown += [record.getMessage() + repr(vars(record)) for record in caplog.records]
    assert server.calls
    assert any("HTTP Request" in text for text in shown)
    for secret in ALL:
        for form in forms(secret):
            assert not [text for text in shown if form in text], form


def test_secrets_are_not_written_down() -> None:
    secret = Secret(KEY)
    assert KEY not in f"{secret} {secret!r} {[secret]}"
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    masker = Masker()
    masker.learn([secret, Secret("ab")])
    assert masker.text(f"x{KEY}y ab") == "x***y ab"
    assert masker.raw(b"\xff" + KEY.encode()) == b"\xff***"


def test_every_provider_names_a_secret() -> None:
    found: list[Provider] = [provider(name) for name in NAMES]
    assert all(each.auth.secret for each in found)
