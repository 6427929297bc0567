"""A sandbox being served: in a thread, for tests and programs, or in the foreground, for the command line."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from ..errors import OutputError, RemoteError
from ..refusals import reason
from ..texts import Text
from . import extra
from .box import Box
from .clock import Clock

HOST: Final = "127.0.0.1"
_PATIENCE: Final = 20


class Running:
    """A sandbox on a port of this machine while the ``with`` block lasts; ``url`` is where, ``box`` what is in it.

    port: 0 takes a free one; quirks: names to switch on, ``no-…`` off; state: an SQLite file that is kept.
    """

    def __init__(
        self, *, port: int = 0, clock: Clock | None = None, quirks: Iterable[str] = (), state: str | Path | None = None
    ) -> None:
        extra.require()
        self._socket = bound(port)
        self.box = Box(clock=clock, quirks=quirks, state=state)
        self.box.base = self.url = f"http://{HOST}:{self._socket.getsockname()[1]}"
        self.server = _server(self.box)
        self._thread = threading.Thread(target=self.server.run, args=([self._socket],), daemon=True)

    @property
    def providers(self) -> dict[str, Any]:
        """The base address and the credentials of every provider."""
        from .control import places

        return places(self.box)

    def serve(self) -> None:
        """Serve in this thread until interrupted, which ``KeyboardInterrupt`` says."""
        try:
            self.server.run([self._socket])
        finally:
            self.box.close()
        raise KeyboardInterrupt  # the server says so itself, but not always on a busy machine

    def __enter__(self) -> Self:
        self._thread.start()
        end = time.monotonic() + _PATIENCE
        while not self.server.started:
            if not self._thread.is_alive() or time.monotonic() > end:
                raise RemoteError(_NOT_UP)
            time.sleep(0.005)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.should_exit = True
        self._thread.join(_PATIENCE)
        self._socket.close()
        self.box.close()


def bound(port: int) -> socket.socket:
    """A socket of this machine only; ``OutputError`` when the port is taken."""
    # by its number: asyncio sends small packets at once only where it sees TCP
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((HOST, port))
    except OSError as error:
        made.close()
        raise OutputError(_TAKEN, port=port, reason=reason(error)) from error
    return made


def _server(box: Box) -> Any:
    import uvicorn

    from .app import create
    from .wire import Gathered

    quiet: dict[str, Any] = {"log_level": "error", "access_log": False, "server_header": False}
    return uvicorn.Server(uvicorn.Config(create(box), http=Gathered, timeout_graceful_shutdown=1, **quiet))


_TAKEN: Final = Text("La porta {port} non si può usare: {reason}.", "Port {port} cannot be used: {reason}.")
_NOT_UP: Final = Text("Il banco di prova non è partito.", "The sandbox did not start.")
