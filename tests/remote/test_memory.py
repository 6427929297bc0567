"""Ten thousand documents are listed in the memory of one page."""

from __future__ import annotations

import json
import tracemalloc
from typing import Any

import httpx2
import pytest

import fatturakit

PAGE = 30


def transport(total: int) -> httpx2.MockTransport:
    """A service with so many invoices of some kilobytes each."""

    def answer(request: httpx2.Request) -> httpx2.Response:
        first = (int(request.url.params.get("page", 1)) - 1) * PAGE
        payload = json.dumps({"text": "x" * 4000})
        rows = [{"uuid": str(number), "payload": payload} for number in range(first, min(first + PAGE, total))]
        return httpx2.Response(200, json=rows)

    return httpx2.MockTransport(answer)


def peak(total: int) -> int:
    with fatturakit.connect("acube", token="t", transport=transport(total)) as remote:
        tracemalloc.start()
        try:
            assert sum(1 for _ in remote.list()) == total
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


def test_ten_thousand_documents_take_the_memory_of_few() -> None:
    peak(PAGE)
    few, many = peak(10 * PAGE), peak(10_000)
    assert many < few + 4_000_000, (few, many)  # the documents together are ten times that


def test_a_body_that_is_too_long_is_not_kept() -> None:
    def endless(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(
            200, content=b"[" + b" " * 5_000_000 + b"]", headers={"content-type": "application/json"}
        )

    limits: Any = fatturakit.Limits(answer_bytes=1_000_000)
    with (
        fatturakit.connect("acube", token="t", transport=httpx2.MockTransport(endless), limits=limits) as remote,
        pytest.raises(fatturakit.RemoteError, match="1000000"),
    ):
        list(remote.list())
