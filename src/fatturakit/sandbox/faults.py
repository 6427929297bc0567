"""Accidents on demand: the next answers of a row can be late, cut, empty, of the wrong kind, or no answer at all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Final

from starlette.responses import Response, StreamingResponse

from .box import Box
from .call import Answer, Refusal

KINDS: Final = ("status", "empty", "html", "half", "reset", "hang")
_PAGE: Final = b"<!doctype html><title>error</title><h1>Bad gateway</h1>"


def next_of(box: Box, row: str) -> dict[str, Any] | None:
    """The accident that is planned for a row (or for all), used up by one."""
    for fault in box.faults:
        if fault["row"] in {row, "*"}:
            fault["times"] = int(str(fault.get("times", 1))) - 1
            if not fault["times"]:
                box.faults.remove(fault)
            return fault
    return None


async def shown(fault: dict[str, Any]) -> Response:
    """The accident as an answer."""
    status, kind = int(fault.get("status", 500)), fault["kind"]
    headers = {str(name): str(value) for name, value in fault.get("headers", {}).items()}
    if kind == "hang":
        await asyncio.sleep(min(int(fault.get("seconds", 30)), 600))
        return Response(status_code=504)
    if kind in {"half", "reset"}:
        size = {"content-length": "1000"} if kind == "half" else {}
        return StreamingResponse(_cut(b'{"half": ' if kind == "half" else b""), 200, {**headers, **size}, _JSON)
    if kind == "html":
        return Response(_PAGE, status, headers, "text/html")
    return Response(b"" if kind == "empty" else b'{"detail":"planned"}', status, headers, _JSON)


async def _cut(piece: bytes) -> AsyncIterator[bytes]:
    yield piece
    raise ConnectionResetError  # the server closes the connection in the middle


def dressed(box: Box, refusal: Refusal, answer: Answer) -> Answer:
    """A refusal as the quirks of all providers have it."""
    headers = {**refusal.headers, **answer.headers}
    if box.has("empty-errors"):
        return Answer(answer.status, b"", "", headers)
    if box.has("html-errors"):
        return Answer(answer.status, _PAGE, "text/html", headers)
    return answer._replace(headers=headers)


_JSON: Final = "application/json"
