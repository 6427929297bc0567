"""Waiting for a SAF-T: start and ask are one request, with a deadline, news, a way to stop, and a file of two kinds."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from fatturakit import RemoteError, UsageError, connect
from fatturakit.remote.errors import ServerFailure, UnexpectedAnswer
from fatturakit.remote.patience import Patience
from fatturakit.remote.saft import Cancelled, Late, Progress

from .loopback import Answer, Call, Server, reply
from .test_credentials import Clock

KEY = "sk-nobody-may-see"
XML = b'<?xml version="1.0" encoding="windows-1252"?><AuditFile/>'


def packed() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("saft.xml", XML)
    return made.getvalue()


class Service:
    """Says 202 some times, then where the file is; ``empty`` months have none."""

    def __init__(self, asked: int = 2, file: bytes = XML, empty: tuple[int, ...] = (), body: Any = None) -> None:
        self.asked, self.file, self.empty = asked, file, empty
        self.body = {"message": "The SAF-T file generation was started."} if body is None else body
        self.count: dict[int, int] = {}
        self.server: Server

    def __call__(self, call: Call) -> Answer:
        if call.path.startswith("/file"):
            return reply(200, self.file, "binary/octet-stream")
        month = int(call.query["month"])
        self.count[month] = self.count.get(month, 0) + 1
        if self.count[month] <= self.asked:
            return reply(202, self.body)
        if month in self.empty:
            return reply(200, {"message": "No documents."})
        return reply(200, {"url": f"{self.server.url}/file/{month}?signature=x"})


def served(service: Service, clock: Clock) -> tuple[Server, Any]:
    server = Server(service)
    service.server = server
    return server, connect("invoicexpress", base_url=server.url, key=KEY, clock=clock, patience=Patience(1))


@pytest.mark.parametrize(("file", "ending"), [(XML, ".xml"), (b"\xef\xbb\xbf" + XML, ".xml"), (packed(), ".zip")])
def test_a_month(file: bytes, ending: str, tmp_path: Path) -> None:
    clock, told = Clock(), []
    server, remote = served(Service(3, file), clock)
    with server, remote:
        (made,) = remote.saft(2026, 10, tmp_path, progress=told.append)
    assert (made.name, made.read_bytes()) == (f"saft-2026-10{ending}", file)
    asked = [call for call in server.calls if call.path.endswith("export_saft.json")]
    assert {
        (call.query["month"], call.query["year"], call.query["years"], call.query["api_key"]) for call in asked
    } == {("10", "2026", "2026", KEY)}
    assert KEY.encode() not in server.calls[-1].raw
    assert [news.asked for news in told] == [1, 2, 3]
    assert told[0] == Progress(2026, 10, 1, 0, "The SAF-T file generation was started.")
    assert [round(news.seconds, 2) for news in told] == [0, 3, 7.5]


def test_a_year_is_twelve_months_and_some_have_nothing(tmp_path: Path) -> None:
    server, remote = served(Service(1, empty=(2, 11)), Clock())
    with server, remote:
        made = remote.saft(2026, to=tmp_path)
        with pytest.raises(UsageError):
            remote.saft(2026, to=tmp_path / "missing")
    assert [path.name for path in made] == [
        f"saft-2026-{month:02d}.xml" for month in range(1, 13) if month not in (2, 11)
    ]


@pytest.mark.parametrize("body", [b"", {}, []])
def test_a_202_may_say_nothing(body: Any, tmp_path: Path) -> None:
    server, remote = served(Service(2, body=body), Clock())
    with server, remote:
        assert remote.saft(2026, 1, tmp_path)


def test_the_deadline(tmp_path: Path) -> None:
    clock = Clock()
    began = clock.monotonic()
    server, remote = served(Service(10**6), clock)
    with server, remote, pytest.raises(Late) as caught:
        remote.saft(2026, 10, tmp_path, deadline=60)
    assert clock.monotonic() - began <= 60
    assert "2026-10" in caught.value.say("en")
    assert list(tmp_path.iterdir()) == []


def test_stopping(tmp_path: Path) -> None:
    told: list[Progress] = []
    server, remote = served(Service(10**6), Clock())
    with server, remote, pytest.raises(Cancelled):
        remote.saft(2026, 10, tmp_path, progress=told.append, cancelled=lambda: len(told) > 3)
    assert len(server.calls) == 4


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (reply(500, {"message": "Error generating SAF-T. Please try again."}), ServerFailure),
        (reply(422, b"", ""), RemoteError),
        (reply(200, {}), UnexpectedAnswer),
        (reply(200, {"url": "file:///etc/passwd"}), UnexpectedAnswer),
        (reply(200, {"url": "http://example.it/x"}), UnexpectedAnswer),
        (reply(200, {"url": 7}), UnexpectedAnswer),
        (reply(200, b"<html>", "text/html"), UnexpectedAnswer),
    ],
)
def test_what_else_may_come(answer: bytes, error: type[Exception], tmp_path: Path) -> None:
    options: dict[str, Any] = {"key": KEY, "clock": Clock(), "patience": Patience(1)}
    with (
        Server(answer) as server,
        connect("invoicexpress", base_url=server.url, **options) as remote,
        pytest.raises(error),
    ):
        remote.saft(2026, 10, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_neither(tmp_path: Path) -> None:
    for file in (b"", b"<html>", b"PK\x03\x04cut"):
        server, remote = served(Service(0, file), Clock())
        with server, remote, pytest.raises(UnexpectedAnswer):
            remote.saft(2026, 10, tmp_path)
    assert list(tmp_path.iterdir()) == []
