"""The sandbox as an ASGI application: the rows of the tables are its routes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from ..errors import FatturakitError
from ..limits import DEFAULT
from ..remote.endpoints import Endpoint
from . import control, describe, faults, hooks
from .box import Box
from .call import Answer, Call, Refusal
from .checks import check
from .service import Service
from .services import SERVICES

Endpoint_ = Callable[[Request], Awaitable[Response]]
_LOG: Final = logging.getLogger("fatturakit.sandbox")
_EVERY: Final = 0.1  # seconds between two looks at what is due


class _Front:
    """The application: paths without names in them go straight to their rows, everything else through the router."""

    def __init__(self, routes: list[Route], router: Starlette) -> None:
        self._literal = {route.path: route.app for route in routes if "{" not in route.path}
        self._router = router

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._literal.get(scope["path"]) if scope["type"] == "http" else None
        await (app or self._router)(scope, receive, send)


def create(box: Box) -> ASGIApp:
    """The application of one sandbox."""
    routes: list[BaseRoute] = [*describe.routes(box), *control.routes(box)]
    for service in SERVICES:
        for row in sorted(service.rows, key=_literal_first):
            routes += [_Row(box, service, row, prefix + row.path) for prefix in service.prefixes]
    merged = _merged(routes)
    return _Front(merged, Starlette(routes=merged, lifespan=_lifespan(box)))


def _literal_first(row: Endpoint) -> tuple[bool, str]:
    """``/invoices/draft`` before ``/invoices/{id}``: the first route that fits is taken."""
    return "{" in row.path, row.path.replace("{", "~")


class _Row(Route):
    """One row of a table under one prefix."""

    def __init__(self, box: Box, service: Service, row: Endpoint, path: str) -> None:
        async def answer(request: Request) -> Response:
            return await respond(box, service, row, request)

        super().__init__(path, answer, methods=[row.method])
        self.methods = {row.method}  # HEAD is not documented


def _merged(routes: list[BaseRoute]) -> list[Route]:
    """Rows of one path as one route, so that 405 and its Allow header are told of all of them."""
    paths: dict[str, dict[str, Route]] = {}
    for route in routes:
        if isinstance(route, Route):
            for method in route.methods or ():
                paths.setdefault(route.path, {})[method] = route
    named = [path for path in paths if "{" in path]
    for path, found in paths.items():
        for other in named if "{" not in path else ():
            if Route(other, _nobody).path_regex.match(path):  # GET /invoices/validate is an invoice of that name
                paths[path] = paths[other] | found
    return [Route(path, _Methods(found)) for path, found in paths.items()]


def _nobody(_request: Request) -> Response:
    return Response(status_code=404)


class _Methods:
    """The routes of one path by method, as an application."""

    def __init__(self, routes: dict[str, Route]) -> None:
        self._routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        route = self._routes.get(scope["method"])
        if route is None:
            allowed = ", ".join(sorted(self._routes))
            await Response(status_code=405, headers={"Allow": allowed})(scope, receive, send)
            return
        if "{" in route.path and not scope.get("path_params"):
            found = route.path_regex.match(scope["path"])
            scope["path_params"] = found.groupdict() if found else {}
        await route.app(scope, receive, send)


async def respond(box: Box, service: Service, row: Endpoint, request: Request) -> Response:
    """One request to its end: let in, checked, handled, dressed as the provider does; never a traceback."""
    call = Call(
        box,
        row,
        request.path_params,
        tuple(request.query_params.multi_items()),
        {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in request.headers.raw},
        await _body(request),
    )
    planned = faults.next_of(box, row.id)
    if planned is not None:
        return await faults.shown(planned)
    try:
        if row.id in service.slow:
            answer = await run_in_threadpool(_handled, service, call)
        else:
            with box.lock:
                answer = _handled(service, call)
    except Refusal as refusal:
        answer = faults.dressed(box, refusal, service.refused(box, refusal))
    headers = {} if box.has("missing-headers") else {**service.decorate(box), **answer.headers}
    return Response(answer.body, answer.status, headers, answer.kind or None)


def _handled(service: Service, call: Call) -> Answer:
    service.tick(call.box)
    if not call.row.open:
        service.enter(call)
    check(call, service.bad if service.bad in call.row.errors else 400, service.optional)
    try:
        return service.handlers[call.row.id](call)
    except FatturakitError as error:
        raise Refusal(400, error.say("en")) from error
    except Refusal:
        raise
    except Exception as error:
        _LOG.exception("%s failed", call.row.id)
        raise Refusal(500, f"The sandbox itself failed: {type(error).__name__}. Please report it.") from error


async def _body(request: Request) -> bytes:
    """The body, as far as a document may be long."""
    data = bytearray()
    async for piece in request.stream():
        data += piece
        if len(data) > DEFAULT.document_bytes:
            break
    return bytes(data)


def _lifespan(box: Box) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def alive(_: Starlette) -> AsyncIterator[None]:
        task = asyncio.create_task(_watch(box))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    return alive


async def _watch(box: Box) -> None:
    """Let time do its work, also when nobody asks: markings move, callbacks are sent."""
    while True:
        with box.lock:
            for service in SERVICES:
                service.tick(box)
            due = hooks.due(box)
        for delivery in due:
            status = await run_in_threadpool(hooks.post, delivery, box)
            with box.lock:
                hooks.told(box, delivery, status)
        await asyncio.sleep(_EVERY)
