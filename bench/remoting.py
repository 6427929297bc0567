"""Asking a service for something, beside the bare HTTP client asking the same of the same sandbox on this machine."""

from __future__ import annotations

import atexit
import json
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache, partial
from typing import Any

import cases
import clock
import inputs
from clock import Call, Effort

Ways = Callable[[], tuple[Call, Call]]


def table(*, quick: bool) -> tuple[cases.Case, ...]:
    """The rows of this group."""
    pages = 2 if quick else 10
    return (
        _row("one invoice", _getting, cases.at_most(1.5)),
        _row(f"a list of {pages * 30} invoices", partial(_listing, pages), cases.at_most(1.5)),
        _row("an invoice sent", _sending, cases.at_most(1.5)),
    )


def _row(name: str, ways: Ways, limit: cases.Limit) -> cases.Case:
    return cases.Case("remote", name, "httpx2", limit, partial(_measure, ways, limit))


def _measure(ways: Ways, limit: cases.Limit, effort: Effort) -> cases.Result:
    try:
        ours, theirs = ways()
    except ImportError as error:
        return cases.Result(None, note=f"not installed: {error}")
    return cases.compared(clock.pair(ours, theirs, effort), limit, "")


@cache
def _world() -> tuple[Any, Any, str]:
    """A client of ours and a bare one for the same sandbox, and an invoice that is there."""
    import httpx2

    import fatturakit
    from fatturakit.sandbox import Running

    stack = ExitStack()
    atexit.register(stack.close)
    place = stack.enter_context(Running()).providers["acube"]
    remote = stack.enter_context(fatturakit.connect("acube", **place))
    uuid = remote.send(_invoice())
    who = {"email": place["email"], "password": place["password"]}
    token = httpx2.post(f"{place['base_url']}/login", json=who).json()["token"]
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    bare = stack.enter_context(httpx2.Client(base_url=place["base_url"], headers=headers))
    return remote, bare, uuid


def _invoice() -> bytes:
    return inputs.invoice(inputs.SMALL_LINES, 1)


def _getting() -> tuple[Call, Call]:
    remote, bare, uuid = _world()
    return lambda: remote.get(uuid), lambda: _bare_invoice(bare.get(f"/invoices/{uuid}").json())


def _bare_invoice(row: Any) -> Any:
    row["payload"] = json.loads(row["payload"])
    return row


def _listing(pages: int) -> tuple[Call, Call]:
    remote, bare, _ = _world()
    while sum(1 for _ in remote.list(type="0")) < pages * 30:
        remote.send(_invoice(), check=False)
    wanted = pages * 30

    def theirs() -> int:
        found: list[Any] = []
        while len(found) < wanted:
            rows = bare.get("/invoices", params={"type": "0", "page": len(found) // 30 + 1}).json()
            found += map(_bare_invoice, rows)
        return len(found)

    def ours() -> int:
        rows = remote.list(type="0")
        return sum(1 for _ in zip(range(wanted), rows, strict=False))

    return ours, theirs


def _sending() -> tuple[Call, Call]:
    remote, bare, _ = _world()
    data = _invoice()
    kind = {"Content-Type": "application/xml"}
    return (
        lambda: remote.send(data, check=False),
        lambda: bare.post("/invoices", content=data, headers=kind).json()["uuid"],
    )
