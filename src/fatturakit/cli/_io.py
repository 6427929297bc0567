"""Streams: data on stdout, messages on stderr, files written whole or not at all, closed pipes taken quietly."""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import IO, TYPE_CHECKING

from ..errors import OutputError
from ..refusals import reason
from ..texts import Text

if TYPE_CHECKING:
    from ..batch.state import State


class PipeClosed(Exception):
    """Whoever read our output has gone: stop quietly."""


class Output:
    """Where the data of a verb goes; ``write`` takes text and turns a closed pipe into ``PipeClosed``."""

    def __init__(self, stream: IO[str], name: str = "-") -> None:
        self._stream = stream
        self._name = name

    def write(self, piece: str) -> None:
        """Write a piece of text."""
        try:
            self._stream.write(piece)
        except OSError as error:
            raise failed(error, self._name) from error

    def flush(self) -> None:
        """Hand everything written so far to the reader."""
        try:
            self._stream.flush()
        except OSError as error:
            raise failed(error, self._name) from error


class WholePieces:
    """Ctrl-C waits for the document being written: inside ``with``, the interruption comes at the end.

    Enter ``listening()`` once around the work; then ``with pieces:`` around each document.
    """

    def __init__(self) -> None:
        self._writing = self._pending = False

    def __enter__(self) -> None:
        self._writing = True

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self._writing = False
        if self._pending:
            self._pending = False
            raise KeyboardInterrupt

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take over SIGINT for the length of the block (only the main thread can)."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = signal.signal(signal.SIGINT, self._interrupted)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    def _interrupted(self, number: int, frame: object) -> None:
        if not self._writing:
            raise KeyboardInterrupt
        self._pending = True


def prepare_streams() -> None:
    """UTF-8 and plain line feeds in pipes and files, and never an exception for what a terminal cannot show."""
    _fill_streams()
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            how = {} if stream.isatty() else {"encoding": "utf-8", "newline": "\n"}
            stream.reconfigure(errors="backslashreplace", **how)  # type: ignore[union-attr]


def _fill_streams() -> None:
    """Streams that the caller has closed: nothing comes in, messages are lost, and data fail as any writing does."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115 - open to the end
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def use_color(choice: str, stream: IO[str] | None = None) -> bool:
    """--color, then NO_COLOR, FORCE_COLOR, TERM=dumb, then whether the stream is a terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return os.environ.get("TERM") != "dumb" and bool((stream or sys.stdout).isatty())


@contextmanager
def destination(target: str | None, *, force: bool, state: State | None = None) -> Iterator[Output]:
    """stdout for None and "-"; else a file that appears only when everything has been written.

    state: what is gone on from; its own earlier report is no obstacle.
    """
    if target is None or target == "-":
        output = Output(sys.stdout)
        yield output
        output.flush()
        return
    from ..writing import whole  # with tempfile and pathlib, only for those who write files
    from ._kept import refuse_an_input

    refuse_an_input(target)
    force = force or (state is not None and state.is_mine(target))
    with whole(target, force=force) as raw, TextIOWrapper(raw, encoding="utf-8", newline="\n") as stream:
        yield Output(stream, target)
    if state is not None:
        state.is_written(target)


@contextmanager
def binary(target: str | None, *, force: bool) -> Iterator[Callable[[bytes], object]]:
    """The same for bytes: yields what writes them."""
    if target is not None and target != "-":
        from ..writing import whole
        from ._kept import refuse_an_input

        refuse_an_input(target)
        with whole(target, force=force) as stream:
            yield stream.write
        return
    sys.stdout.flush()
    try:
        yield sys.stdout.buffer.write
        sys.stdout.flush()
    except OSError as error:
        raise failed(error, "-") from error


def write_bytes(target: str | None, data: bytes, *, force: bool) -> None:
    """Bytes as they are to stdout (None and "-") or to a file that appears whole or not at all."""
    with binary(target, force=force) as write:
        write(data)


def is_folder(target: str | None) -> bool:
    """True when ``-o`` names a folder: it is one, or it ends as one (also at an address)."""
    if not target or target == "-":
        return False
    return target.endswith(("/", os.sep)) or os.path.isdir(target)  # noqa: PTH112


def message(text: str, *, painted: bool = False) -> None:
    """A line, or several, on stderr; what a terminal would obey is shown escaped, unless the text is ``painted``."""
    if not (painted or text.isprintable()):
        from ..report._visible import visible

        text = "\n".join(visible(line) for line in text.split("\n"))
    with suppress(OSError, ValueError):
        print(text, file=sys.stderr)  # noqa: T201


def settle_stdout() -> None:
    """After a failure: what cannot be written any more shall not fail once again at the end."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        silence_stdout()


def silence_stdout() -> None:
    """After a closed pipe: let the interpreter's last flush go nowhere."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def is_output(error: OSError) -> bool:
    """Whether an error of the system can only come of writing to a stream."""
    return error.errno in _OF_WRITING and error.filename is None


def failed(error: OSError, name: str) -> OutputError | PipeClosed:
    """What a failed write means; Windows calls a pipe that nobody reads any more an invalid argument."""
    if isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == errno.EINVAL):
        return PipeClosed()
    return refused(error, name)


def refused(error: OSError, name: str) -> OutputError:
    """The refusal of a destination."""
    return OutputError(_NOT_WRITTEN, path=name, reason=reason(error))


_NOT_WRITTEN = Text("«{path}» non si può scrivere: {reason}.", "“{path}” cannot be written: {reason}.")
_OF_WRITING = {errno.ENOSPC, errno.EDQUOT, errno.EBADF, errno.EFBIG}
