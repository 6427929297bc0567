"""The sandbox measured: validating through it, over real HTTP, beside validating in this process.

The sandbox runs in a process of its own; four connections that stay open keep it busy. Both sides judge the same XML.
"""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import threading
import time
from itertools import repeat
from typing import Any

import clock
import inputs
from cases import Case, Result, at_least, compared
from clock import Effort

_EACH, _CONNECTIONS = 25, 4
_LIMIT = at_least(0.5)


def table(*, quick: bool) -> tuple[Case, ...]:
    """The one row there is, the same when it is quick."""
    del quick
    return (Case("sandbox", "validate over HTTP", "fatturakit.validate", _LIMIT, _measured),)


def _measured(effort: Effort) -> Result:
    from fatturakit import validate

    data = inputs.small().read_bytes()
    words = [sys.executable, "-m", "fatturakit", "sandbox", "--port", "0", "--format", "json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            visitor = Visitor(json.loads(process.stdout.readline()), data)
            count = _EACH * _CONNECTIONS
            pair = clock.pair(visitor.rounds, lambda: [validate(data) for _ in range(count)], effort)
            return compared(pair, _LIMIT, f"{count} documents a round")
        finally:
            process.terminate()


class Visitor:
    """Four connections with a token."""

    def __init__(self, told: dict[str, Any], data: bytes) -> None:
        facts = told["providers"]["acube"]
        self._data = data
        self._host = told["url"].removeprefix("http://")
        body = json.dumps({name: facts[name] for name in ("email", "password")})
        self._connections = [http.client.HTTPConnection(self._host) for _ in repeat(None, _CONNECTIONS)]
        token = json.loads(self._asked("/acube/login", body.encode(), {"Content-Type": "application/json"}))["token"]
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/xml"}

    def rounds(self) -> None:
        """Every connection asks its share, at the same time."""
        threads = [threading.Thread(target=self._share, args=(each,)) for each in self._connections]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _share(self, connection: http.client.HTTPConnection) -> None:
        for _ in range(_EACH):
            connection.request("POST", "/acube/invoices/validate", self._data, self._headers)
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 202, answer.status

    def _asked(self, path: str, body: bytes, headers: dict[str, str]) -> bytes:
        for _ in range(100):
            try:
                self._connections[0].request("POST", path, body, headers)
                return self._connections[0].getresponse().read()
            except OSError:
                self._connections[0].close()
                time.sleep(0.05)
        raise RuntimeError("the sandbox did not start")
