"""The HTTP client, and the only module that knows which one it is: performs the steps of a flow, waiting or not.

Credentials are put on a request in the transport, below everything that logs; redirects are never followed here.
"""

from __future__ import annotations

import asyncio
import math
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from http import HTTPStatus
from typing import Any, Final, NamedTuple

import httpcore2
import httpx2
import stamina

from ..limits import MIB, Limits
from .clock import Clock
from .course import Course
from .endpoints import Provider
from .errors import NoAnswer, NotSent, RemoteFailure, UnexpectedAnswer
from .failing import failure
from .masking import Masker
from .patience import Patience, Waits
from .steps import Answer, Credentials, Flow, Request, Step, Value, Wait

_OURS: Final = "fatturakit"
_SLOWEST: Final = 10_000
"""Bytes a second: an answer may take its deadline and the time its size takes at this rate."""
_ENDS: Final[ContextVar[float]] = ContextVar("ends", default=math.inf)
_BEFORE_SENDING: Final = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.ProxyError)


class Setup(NamedTuple):
    """What both drivers need: whom they talk to, how patiently, and what they must not show."""

    provider: Provider
    masker: Masker
    clock: Clock
    patience: Patience
    timeout: float
    limits: Limits
    transport: Any = None
    deadline: float = 300


class Driver:
    """Performs flows and waits for them."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._client = httpx2.Client(transport=_Signing(setup), timeout=setup.timeout, follow_redirects=False)

    def run(self, flow: Flow[Value]) -> Value:
        """The result of a flow; its failures reach the flow first, which may know what to do."""
        course = Course(flow)
        while (step := course.step) is not None:
            try:
                answer = self._perform(step)
            except RemoteFailure as error:
                course.fail(error)
            else:
                course.go(answer)
        return course.result

    def _perform(self, step: Step) -> Answer | None:
        if isinstance(step, Wait):
            self._setup.clock.sleep(step.seconds)
            return None
        try:
            return self._once(step)
        except RemoteFailure as error:
            failed = error
        for attempt in stamina.retry_context(**_trying(step, self._setup)):
            with attempt:
                if attempt.num == 1:
                    raise failed  # the attempt that was made above: most requests need no others
                return self._once(step)
        raise failed

    def _once(self, request: Request) -> Answer:
        with _translated(request, self._setup):
            _ENDS.set(time.monotonic() + self._setup.deadline)
            response = self._client.send(_written(request, self._setup), stream=True)
            try:
                taking = _Taking(request, response, self._setup)
                for piece in response.iter_bytes():
                    taking.take(piece)
                return taking.answer()
            finally:
                response.close()

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()


class AsyncDriver:
    """The same for programs that do other things meanwhile."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._client = httpx2.AsyncClient(transport=_AsyncSigning(setup), timeout=setup.timeout, follow_redirects=False)

    async def run(self, flow: Flow[Value]) -> Value:
        """The result of a flow; its failures reach the flow first, which may know what to do."""
        course = Course(flow)
        while (step := course.step) is not None:
            try:
                answer = await self._perform(step)
            except RemoteFailure as error:
                course.fail(error)
            except asyncio.CancelledError:
                course.close()
                raise
            else:
                course.go(answer)
        return course.result

    async def _perform(self, step: Step) -> Answer | None:
        if isinstance(step, Wait):
            await self._setup.clock.pause(step.seconds)
            return None
        try:
            return await self._once(step)
        except RemoteFailure as error:
            failed = error
        async for attempt in stamina.retry_context(**_trying(step, self._setup)):
            with attempt:
                if attempt.num == 1:
                    raise failed  # the attempt that was made above: most requests need no others
                return await self._once(step)
        raise failed

    async def _once(self, request: Request) -> Answer:
        with _translated(request, self._setup):
            response = await self._answered(_written(request, self._setup))
            try:
                taking = _Taking(request, response, self._setup)
                async for piece in _pieces(response):
                    taking.take(piece)
                return taking.answer()
            finally:
                await response.aclose()

    async def _answered(self, request: httpx2.Request) -> httpx2.Response:
        """The head of the answer, in time."""
        _ENDS.set(time.monotonic() + self._setup.deadline)
        try:
            async with asyncio.timeout(self._setup.deadline):
                return await self._client.send(request, stream=True)
        except TimeoutError:
            raise httpx2.ReadTimeout(_LATE) from None

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()


async def _pieces(response: httpx2.Response) -> AsyncIterator[bytes]:
    async for piece in response.aiter_bytes():
        yield piece


class _Taking:
    """The body of one response: into the sink of the request when it succeeded, else into memory within the limit."""

    def __init__(self, request: Request, response: httpx2.Response, setup: Setup) -> None:
        self._request, self._response, self._setup = request, response, setup
        self._held, self._came = bytearray(), 0
        self._ends = _ENDS.get()
        self._sink = request.sink if response.status_code == HTTPStatus.OK else None
        if self._sink:
            self._sink.restart()

    def take(self, piece: bytes) -> None:
        self._ends += len(piece) / _SLOWEST
        _ENDS.set(self._ends)
        if time.monotonic() > self._ends:
            raise httpx2.ReadTimeout(_LATE)
        self._came += len(piece)
        self._measure()
        if self._sink:
            self._sink.write(piece)
        else:
            self._held += piece

    def _measure(self) -> None:
        """Refuse what is too much: in memory, on disk, or out of little that was compressed."""
        limits = self._setup.limits
        most = limits.saved_bytes if self._sink else limits.answer_bytes
        if self._came > MIB:
            most = min(most, max(MIB, limits.zip_ratio * self._response.num_bytes_downloaded))
        if self._came > most:
            raise UnexpectedAnswer(
                provider=self._setup.provider.title, verb=self._request.row.verb, status=self._response.status_code,
                detail=f"> {most} bytes",
            )  # fmt: skip

    def answer(self) -> Answer:
        headers = {name.lower(): value for name, value in self._response.headers.items()}
        answer = Answer(self._response.status_code, headers, bytes(self._held))
        if answer.status >= HTTPStatus.BAD_REQUEST:
            raise failure(self._setup.provider, self._request, answer, self._setup.masker, self._setup.clock.now())
        return answer


def _trying(request: Request, setup: Setup) -> dict[str, Any]:
    patience = setup.patience
    return {
        "on": Waits(request.row, patience),
        "attempts": patience.attempts,
        "timeout": patience.budget,
        "wait_initial": patience.first,
        "wait_max": patience.longest,
        "wait_jitter": patience.first,
    }


def _written(request: Request, setup: Setup) -> httpx2.Request:
    extensions = {"timeout": httpx2.Timeout(setup.timeout).as_dict()}
    if request.credentials:
        extensions[_OURS] = request.credentials  # type: ignore[assignment]  # extensions carry anything
    content = request.content or None
    return httpx2.Request(request.method, request.url, headers=request.headers, content=content, extensions=extensions)


@contextmanager
def _translated(request: Request, setup: Setup) -> Iterator[None]:
    """Failures of the client as ours: what surely did not arrive, and what may have."""
    try:
        yield
    except httpx2.RequestError as error:
        kind = NotSent if isinstance(error, _BEFORE_SENDING) else NoAnswer
        detail = setup.masker.text(f"{type(error).__name__}: {error}".rstrip(": "))
        host = dict(request.headers).get("Host", "")
        raise kind(provider=setup.provider.title, verb=request.row.verb, detail=detail, host=host) from None
    except httpx2.InvalidURL as error:
        raise NotSent(
            provider=setup.provider.title, verb=request.row.verb, detail=setup.masker.text(str(error)), host="?"
        ) from None


def _signed(request: httpx2.Request) -> httpx2.Request:
    """The request with its credentials, as a copy: the one the client holds, and logs, never has them."""
    credentials: Credentials | None = request.extensions.get(_OURS)
    if credentials is None:
        return request
    url, headers = request.url, request.headers.copy()
    if credentials.place == "query":
        url = url.copy_merge_params({credentials.name: credentials.reveal()})
    else:
        headers[credentials.name] = credentials.reveal()
    extensions = {name: value for name, value in request.extensions.items() if name != _OURS}
    return httpx2.Request(request.method, url, headers=headers, stream=request.stream, extensions=extensions)


def _proxy(url: httpx2.URL) -> str | None:
    """The proxy the environment names for an address; none for this machine."""
    if url.host in {"localhost", "127.0.0.1", "::1"} or urllib.request.proxy_bypass(url.host):
        return None
    return urllib.request.getproxies().get(url.scheme)


class _Signing(httpx2.BaseTransport):
    def __init__(self, setup: Setup) -> None:
        self._given = setup.transport
        self._opened: dict[str | None, httpx2.BaseTransport] = {}

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        return self._for(request.url).handle_request(_signed(request))

    def _for(self, url: httpx2.URL) -> httpx2.BaseTransport:
        if self._given is not None:
            given: httpx2.BaseTransport = self._given
            return given
        proxy = _proxy(url)
        if proxy not in self._opened:
            made = httpx2.HTTPTransport(proxy=proxy)
            pool = made._pool  # noqa: SLF001 - there is no other way to a network of one's own
            pool._network_backend = _Network(pool._network_backend)  # noqa: SLF001
            self._opened[proxy] = made
        return self._opened[proxy]

    def close(self) -> None:
        for transport in self._opened.values():
            transport.close()


class _AsyncSigning(httpx2.AsyncBaseTransport):
    def __init__(self, setup: Setup) -> None:
        self._given = setup.transport
        self._opened: dict[str | None, httpx2.AsyncBaseTransport] = {}

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        return await self._for(request.url).handle_async_request(_signed(request))

    def _for(self, url: httpx2.URL) -> httpx2.AsyncBaseTransport:
        if self._given is not None:
            given: httpx2.AsyncBaseTransport = self._given
            return given
        proxy = _proxy(url)
        if proxy not in self._opened:
            self._opened[proxy] = httpx2.AsyncHTTPTransport(proxy=proxy)
        return self._opened[proxy]

    async def aclose(self) -> None:
        for transport in self._opened.values():
            await transport.aclose()


class _Network(httpcore2.NetworkBackend):
    """The network, where no answer takes longer than it may: not one that comes byte by byte either."""

    def __init__(self, network: httpcore2.NetworkBackend) -> None:
        self._network = network

    def connect_tcp(self, *args: Any, **given: Any) -> httpcore2.NetworkStream:
        return _Stream(self._network.connect_tcp(*args, **given))

    def sleep(self, seconds: float) -> None:
        self._network.sleep(seconds)


class _Stream(httpcore2.NetworkStream):
    def __init__(self, stream: httpcore2.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        left = _ENDS.get() - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout(_LATE)
        return self._stream.read(max_bytes, left if timeout is None else min(timeout, left))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout)

    def close(self) -> None:
        self._stream.close()

    def start_tls(self, *args: Any, **given: Any) -> httpcore2.NetworkStream:
        return _Stream(self._stream.start_tls(*args, **given))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


_LATE: Final = "too slow"
