"""Somebody who uses the sandbox over real HTTP, and somebody who listens for its callbacks."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

import httpx2

from fatturakit.sandbox import Running
from fatturakit.sandbox.clock import Clock

from ..shared import ROOT

NOON = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
XML = {"Content-Type": "application/xml"}
PRIVATE = (ROOT / "fixtures" / "invoices" / "IT07654320071_00001.xml").read_bytes()
PUBLIC = (ROOT / "fixtures" / "invoices" / "IT07599810939_PA001.xml").read_bytes()


def still() -> Clock:
    """A clock that stands at noon in Rome until it is told to go on."""
    return Clock(lambda: NOON)


class Visitor:
    """Requests to one sandbox, with the credentials of every provider."""

    def __init__(self, running: Running) -> None:
        self.running, self.box, self.url = running, running.box, running.url
        self.http = httpx2.Client(trust_env=False, timeout=20)
        self._token = ""

    def acube(self, method: str, path: str, **given: Any) -> httpx2.Response:
        """A request to A-Cube; ``token=`` in place of the own one."""
        headers = {"Authorization": f"Bearer {given.pop('token', None) or self.token}"} | given.pop("headers", {})
        return self.http.request(method, f"{self.url}/acube{path}", headers=headers, **given)

    @property
    def token(self) -> str:
        if not self._token:
            body = {"email": "sandbox@example.test", "password": "sandbox"}
            self._token = self.http.post(f"{self.url}/acube/login", json=body).json()["token"]
        return self._token

    def export(self, key: str = "ik_test_sandbox", **query: Any) -> httpx2.Response:
        """An export from Invoicetronic."""
        return self.http.get(f"{self.url}/invoicetronic/v1/export", params=query, auth=(key, ""))

    def saft(self, **query: Any) -> httpx2.Response:
        """A SAF-T from InvoiceXpress."""
        params = {"api_key": "sandbox-key", **query}
        return self.http.get(f"{self.url}/invoicexpress/api/export_saft.json", params=params)

    def openapi(self, method: str, path: str, token: str = "sandbox-token", **given: Any) -> httpx2.Response:
        """A request to OpenAPI.com."""
        headers = {"Authorization": f"Bearer {token}"} | given.pop("headers", {})
        return self.http.request(method, f"{self.url}/openapi{path}", headers=headers, **given)

    def control(self, door: str, **body: Any) -> Any:
        """One of the sandbox's own doors."""
        answer = self.http.post(f"{self.url}/sandbox/{door}", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def wait(self, seconds: int) -> None:
        """Let time pass."""
        self.control("clock", advance=seconds)

    def document(self, data: bytes = PRIVATE, **query: Any) -> str:
        """A document taken in; its uuid."""
        answer = self.http.post(f"{self.url}/sandbox/documents", params=query, content=data)
        assert answer.status_code == 200, answer.text
        key: str = answer.json()["uuid"]
        return key

    def sent(self, data: bytes = PRIVATE, **headers: str) -> str:
        """An invoice sent through A-Cube; its uuid."""
        answer = self.acube("POST", "/invoices", content=data, headers=XML | headers)
        assert answer.status_code == 202, answer.text
        key: str = answer.json()["uuid"]
        return key

    def marking(self, key: str) -> str:
        marking: str = self.acube("GET", f"/invoices/{key}").json()["marking"]
        return marking


@contextmanager
def visiting(**given: Any) -> Iterator[Visitor]:
    """A sandbox of one's own."""
    with Running(**({"clock": still()} | given)) as running:
        visitor = Visitor(running)
        try:
            yield visitor
        finally:
            visitor.http.close()


class Heard(NamedTuple):
    """One callback as it arrived."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def data(self) -> Any:
        return json.loads(self.body)


class Listener:
    """A server that takes callbacks; ``answers`` are the statuses it gives, the last one for good."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self.answers = [200]
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                found = {key.lower(): value for key, value in self.headers.items()}
                listener.heard.append(Heard(self.path, found, body))
                self.send_response(listener.answers.pop(0) if len(listener.answers) > 1 else listener.answers[0])
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/hook"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def until(self, enough: Callable[[list[Heard]], bool]) -> list[Heard]:
        """Wait until what was heard is enough."""
        until(lambda: enough(self.heard))
        return self.heard

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def listening() -> Iterator[Listener]:
    listener = Listener()
    try:
        yield listener
    finally:
        listener.close()


def until(done: Callable[[], bool]) -> None:
    """Wait for something that happens elsewhere."""
    end = time.monotonic() + 10
    while not done():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)
