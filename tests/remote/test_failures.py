"""Servers that hang, reset, cut, break and lie, over real HTTP on this machine; and what is repeated, or never."""

from __future__ import annotations

import asyncio
import gzip
import io
import json
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from fatturakit import RemoteError, UsageError, connect
from fatturakit.remote.errors import (
    Conflict,
    Forbidden,
    NoAnswer,
    NotFound,
    NotSent,
    PaymentRequired,
    Refused,
    RemoteFailure,
    ServerFailure,
    TooManyRequests,
    Unauthorized,
    UnexpectedAnswer,
)
from fatturakit.remote.patience import Patience

from .loopback import HANG, RESET, Answer, Call, Server, half, reply

QUICK = Patience(attempts=3, budget=10, first=0.01, longest=0.02)
TOKEN = "a-token-nobody-may-see"
KEY = "ik_test_a-key-nobody-may-see"


def zipped(**files: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return made.getvalue()


def acube(server: Server, **options: Any) -> Any:
    return connect("acube", base_url=server.url, token=TOKEN, timeout=0.4, patience=QUICK, **options)


def invoicetronic(server: Server) -> Any:
    return connect("invoicetronic", base_url=server.url, key=KEY, timeout=0.4, patience=QUICK)


@pytest.fixture
def invoice() -> dict[str, Any]:
    return {"fattura_elettronica_header": {}, "fattura_elettronica_body": []}


BROKEN = {"hang": HANG, "reset": RESET, "half": half(), "500": reply(500), "503": reply(503, b"no", "text/plain")}


@pytest.mark.parametrize("name", BROKEN)
def test_a_get_is_tried_again(name: str) -> None:
    answers = iter([BROKEN[name], reply(200, {"uuid": "u"})])
    with Server(lambda call: next(answers)) as server, acube(server) as remote:
        assert remote.get("u") == {"uuid": "u"}
        assert len(server.calls) == 2


@pytest.mark.parametrize("name", BROKEN)
def test_a_post_is_not(name: str, invoice: dict[str, Any]) -> None:
    with Server(BROKEN[name]) as server, acube(server) as remote:
        with pytest.raises(NoAnswer if name in {"hang", "reset", "half"} else ServerFailure):
            remote.send(invoice, check=False)
        assert len(server.calls) == 1


def test_a_post_that_did_not_leave_is_tried_again(invoice: dict[str, Any]) -> None:
    with Server(None) as server:
        pass  # nobody listens there any more
    with acube(server) as remote, pytest.raises(NotSent) as caught:
        remote.send(invoice, check=False)
    assert caught.value.exit_code == 5
    assert "Non è partito nulla" in caught.value.say("it")


def test_retry_after_is_kept() -> None:
    answers = iter([reply(429, b"", "", Retry_After="1"), reply(200, [])])
    with Server(lambda call: next(answers)) as server, acube(server) as remote:
        began = time.monotonic()
        assert list(remote.list()) == []
        assert time.monotonic() - began >= 1


def test_a_wait_beyond_the_budget_is_said_at_once() -> None:
    with Server(reply(429, b"", "", Retry_After="3600")) as server, acube(server) as remote:
        with pytest.raises(TooManyRequests) as caught:
            list(remote.list())
        assert caught.value.retry_after == 3600
        assert len(server.calls) == 1


def dripping(answer: bytes, at: int) -> Callable[[Call], Iterator[bytes]]:
    """An answer that comes whole up to a place, and then byte by byte, without end and without a pause."""

    def plan(call: Call) -> Iterator[bytes]:
        yield answer[:at]
        while True:
            time.sleep(0.05)
            yield b"x"

    return plan


HEAD = len(b"HTTP/1.1 200 X\r\nContent-Length: ")


@pytest.mark.parametrize("at", [HEAD - 5, -1000], ids=["head", "body"])
@pytest.mark.parametrize("asynchronous", [False, True])
def test_an_answer_that_never_stops_coming(at: int, asynchronous: bool) -> None:
    slow = dripping(reply(200, b"y" * 5000, X=str(at)), at)
    with Server(slow) as server:
        given = {"base_url": server.url, "token": TOKEN, "timeout": 5, "deadline": 0.3, "patience": Patience(1)}
        began = time.monotonic()
        with pytest.raises(NoAnswer):
            asyncio.run(_later(given)) if asynchronous else _now(given)
        assert time.monotonic() - began < 4


def _now(given: dict[str, Any]) -> None:
    with connect("acube", **given) as remote:
        remote.get("u")


async def _later(given: dict[str, Any]) -> None:
    async with connect("acube", asynchronous=True, **given) as remote:
        await remote.get("u")


@pytest.mark.parametrize("saved", [False, True])
def test_much_out_of_little(saved: bool, tmp_path: Path) -> None:
    bomb = reply(200, gzip.compress(b"x" * 8_000_000), "application/zip", Content_Encoding="gzip")
    with Server(bomb) as server, acube(server) as remote, pytest.raises(UnexpectedAnswer) as caught:
        remote.download(tmp_path / "out.zip") if saved else remote.get("u", "raw")
    assert "bytes" in caught.value.detail
    assert list(tmp_path.iterdir()) == []


PAID = {**BROKEN, "429": reply(429, b"", "", Retry_After="0")}


@pytest.mark.parametrize("name", PAID)
def test_a_paid_call_is_never_repeated(name: str, tmp_path: Path) -> None:
    with Server(PAID[name]) as server, invoicetronic(server) as remote, pytest.raises(RemoteFailure):
        remote.export(tmp_path / "out.zip", year=2026, month=11)
    assert len(server.calls) == 1
    assert list(tmp_path.iterdir()) == []


LIMIT = "usage_limit_exceeded"
SHAPES: list[tuple[str, int, Any, type[RemoteFailure], str | None, str]] = [
    ("invoicetronic", 400, {"title": "Bad", "detail": "period"}, Refused, None, "period"),
    ("invoicetronic", 400, {"problem_details": {"title": "Wrapped"}, "status_code": 400}, Refused, None, "Wrapped"),
    ("invoicetronic", 403, {"detail": "out", "code": LIMIT}, PaymentRequired, LIMIT, "out"),
    ("invoicetronic", 403, b"", Forbidden, None, "Forbidden"),
    ("acube", 401, {"code": 401, "message": "Invalid JWT Token"}, Unauthorized, "401", "Invalid JWT Token"),
    ("acube", 409, {"title": "An error occurred", "detail": "not a draft"}, Conflict, None, "not a draft"),
    ("acube", 404, b"<html>", NotFound, None, "Not Found"),
    ("acube", 422, {"violations": [{"propertyPath": "a.b", "message": "blank"}]}, Refused, None, "a.b: blank"),
    ("acube", 418, b'{"detail": ', Refused, None, "I'm a Teapot"),
    ("acube", 599, b"", ServerFailure, None, "?"),
    ("invoicexpress", 422, b"", Refused, None, "Unprocessable"),
    ("invoicexpress", 422, {"errors": [{"error": "no month"}]}, Refused, None, "no month"),
    ("invoicexpress", 422, {"errors": {"month": ["missing"]}}, Refused, None, "month: missing"),
    ("openapi", 400, {"data": "null", "success": False, "message": "Missing", "error": 423}, Refused, "423", "Missing"),
    ("openapi", 404, {"data": "null", "success": True, "message": "Fiscal", "error": 111}, NotFound, "111", "Fiscal"),
    ("openapi", 402, {"success": False, "message": "Credit", "error": 611}, PaymentRequired, "611", "Credit"),
    ("openapi", 200, {"success": False, "message": "no", "error": None}, Refused, None, "no"),
    ("openapi", 400, {"message": "odd", "error": "nulll"}, Refused, None, "odd"),
]  # fmt: skip
CALLS: dict[str, Callable[[Any, Path], Any]] = {
    "invoicetronic": lambda remote, home: remote.export(home / "x.zip"),
    "acube": lambda remote, home: remote.drafts.send("u"),
    "invoicexpress": lambda remote, home: remote.saft(2026, 10, home / "x"),
    "openapi": lambda remote, home: remote.configurations.get("123"),
}
SECRETS = {"invoicetronic": {"key": KEY}, "invoicexpress": {"key": KEY}}


@pytest.mark.parametrize(("name", "status", "body", "kind", "code", "detail"), SHAPES)
def test_every_shape_of_error_is_one_exception(
    name: str, status: int, body: Any, kind: type[RemoteFailure], code: str | None, detail: str, tmp_path: Path
) -> None:
    options: dict[str, Any] = {"patience": Patience(1), **SECRETS.get(name, {"token": TOKEN})}
    with (
        Server(reply(status, body)) as server,
        connect(name, base_url=server.url, **options) as remote,
        pytest.raises(kind) as caught,
    ):
        CALLS[name](remote, tmp_path)
    error = caught.value
    assert type(error) is kind
    assert (error.status, error.code, error.exit_code) == (status, code, 5)
    assert detail in error.detail
    assert error.raw == (body if isinstance(body, bytes) else json.dumps(body).encode())
    assert detail.split(":")[0] in error.say("it")
    assert isinstance(error, RemoteError)


NONSENSE = {
    "a page": reply(200, b"<html>login</html>", "text/html"),
    "not JSON": reply(200, b'{"uuid": '),
    "nothing": reply(200, b""),
    "no list": reply(200, {"rows": []}),
    "not gzip": reply(200, b"{}", Content_Encoding="gzip"),
}


@pytest.mark.parametrize("name", NONSENSE)
def test_an_answer_that_is_none(name: str) -> None:
    with Server(NONSENSE[name]) as server, acube(server) as remote, pytest.raises((UnexpectedAnswer, NoAnswer)):
        list(remote.list())


def test_no_content_type_is_forgiven() -> None:
    with Server(reply(200, [{"uuid": "u"}], "")) as server, acube(server) as remote:
        assert [row["uuid"] for row in remote.list()] == ["u"]


WHOLE = zipped(**{"IT1/send/a.xml": "<a/>" * 100})
NO_ZIP = {
    "a page": reply(200, b"<html>", "text/html"),
    "data": reply(200, {"url": "somewhere"}),
    "half": reply(200, WHOLE[: len(WHOLE) // 2], "application/zip"),
    "nothing": reply(200, b"", "application/zip"),
}


@pytest.mark.parametrize("name", NO_ZIP)
def test_an_export_that_is_no_zip_leaves_nothing(name: str, tmp_path: Path) -> None:
    with Server(NO_ZIP[name]) as server, invoicetronic(server) as remote, pytest.raises(UnexpectedAnswer):
        remote.export(tmp_path / "out.zip")
    assert list(tmp_path.iterdir()) == []


def test_an_export_and_none(tmp_path: Path) -> None:
    answers = iter([reply(200, zipped(a="b"), "application/zip"), b"HTTP/1.1 204 No Content\r\n\r\n"])
    with Server(lambda call: next(answers)) as server, invoicetronic(server) as remote:
        assert remote.export(tmp_path / "a.zip", year=2026, quarter=4, type="send") == tmp_path / "a.zip"
        assert remote.export(tmp_path / "b.zip") is None
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]
    assert server.calls[0].query == {"type": "send", "year": "2026", "quarter": "4"}


@pytest.mark.parametrize(
    "period",
    [
        {"year": 2026}, {"month": 3}, {"quarter": 1}, {"year": 2026, "month": 1, "quarter": 1},
        {"month": 13, "year": 2026}, {"year": 2026, "month": 1, "document_date_from": "2026-01-01"}, {"type": "all"},
        {"document_date_to": "ieri"},
        {"year": 2026, "quarter": 5}, {"colour": "red"},
    ],
)  # fmt: skip
def test_a_wrong_period_costs_nothing(period: dict[str, Any], tmp_path: Path) -> None:
    with Server(reply(200)) as server, invoicetronic(server) as remote, pytest.raises(UsageError):
        remote.export(tmp_path / "a.zip", **period)
    assert server.calls == []


def test_a_taken_name_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.zip").touch()
    with Server(reply(200)) as server, invoicetronic(server) as remote, pytest.raises(Exception, match=r"a\.zip"):
        remote.export(tmp_path / "a.zip")
    assert server.calls == []


def pages(total: int, size: int = 30) -> Callable[[Call], Answer]:
    def plan(call: Call) -> Answer:
        page = int(call.query.get("page", 1))
        rows = range(total)[(page - 1) * size : page * size]
        return reply(
            200, [{"uuid": str(row), "marking": "a new one", "payload": json.dumps({"n": row})} for row in rows]
        )

    return plan


@pytest.mark.parametrize("total", [0, 1, 29, 30, 31, 90])
def test_pages(total: int) -> None:
    with Server(pages(total)) as server, acube(server) as remote:
        found = list(remote.list(type="0"))
    assert [row["payload"]["n"] for row in found] == list(range(total))
    assert {call.query["type"] for call in server.calls} == {"0"}


def test_a_server_that_does_not_turn_pages() -> None:
    with Server(pages(30, size=10**9)) as server, acube(server) as remote:
        rows: Iterator[Any] = remote.list()
        assert next(rows)["uuid"] == "0"
    same = reply(200, [{"uuid": "same"}] * 30)
    with Server(same) as server, acube(server) as remote, pytest.raises(UnexpectedAnswer):
        list(remote.list())


def test_a_list_that_goes_round() -> None:
    turns = {number: reply(200, [{"uuid": f"{number}-{row}"} for row in range(30)]) for number in range(3)}
    with (
        Server(lambda call: turns[int(call.query.get("page", 1)) % 3]) as server,
        acube(server) as remote,
        pytest.raises(UnexpectedAnswer),
    ):
        list(remote.list())
    assert len(server.calls) == 4


def test_redirects_get_no_credentials(tmp_path: Path, invoice: dict[str, Any]) -> None:
    with Server(reply(200, {"uuid": "u"})) as other:
        with (
            Server(reply(302, b"", "", Location=f"{other.url}/there?x=1")) as server,
            acube(server) as remote,
        ):
            assert remote.get("u") == {"uuid": "u"}
            with pytest.raises(UnexpectedAnswer):
                remote.send(invoice, check=False)
            assert TOKEN.encode() in server.calls[0].raw
        assert len(other.calls) == 1
        assert b"uthorization" not in other.calls[0].raw
        assert TOKEN.encode() not in other.calls[0].raw


def test_two_kinds_of_program_are_told_the_same() -> None:
    async def work(server: Server) -> list[Any]:
        async with acube(server, asynchronous=True) as remote:
            found = [row async for row in remote.list()]
            with pytest.raises(NotFound):
                await remote.get("missing")
            return found

    def plan(call: Call) -> Answer:
        return reply(404) if call.path.endswith("missing") else pages(31)(call)

    with Server(plan) as server:
        assert len(asyncio.run(work(server))) == 31
