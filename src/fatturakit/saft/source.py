"""Where the bytes of an audit file come from: a file, a ZIP archive with one XML inside, or memory; read in pieces.

A source can be opened again from its start: a file that lies about its encoding is read a second time.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import IO, Final

from .. import storage
from ..envelope import zipfiles
from ..envelope.junk import is_junk
from ..errors import InputError
from ..limits import Limits
from ..refusals import reason
from ..texts import Text
from .rules.declare import ERROR, NOWHERE, say
from .rules.reading import READING

CHUNK: Final = 64 * 1024
_ZIP: Final = b"PK\x03\x04"


class Source:
    """One audit file. shown: how reports call it; path, or the bytes themselves; member: the XML inside a ZIP."""

    def __init__(self, shown: str, path: str = "", data: bytes | None = None) -> None:
        self.shown = shown
        self._path, self._data = path, data
        self.layers: tuple[str, ...] = ("xml",)
        self.size = 0

    @contextmanager
    def open(self, limits: Limits) -> Iterator[IO[bytes]]:
        """The bytes of the XML from their start; ``InputError`` when they cannot be had."""
        with ExitStack() as stack:
            with _refusing():
                stream = stack.enter_context(self._raw())
                head = stream.read(len(_ZIP))
                stream.seek(0)
                if head == _ZIP:
                    self.layers = ("zip", "xml")
                    stream = stack.enter_context(_member(stack.enter_context(zipfile.ZipFile(stream)), limits))
            yield stream

    def _raw(self) -> IO[bytes]:
        if self._data is not None:
            return io.BytesIO(self._data)
        path = storage.on_disk(self._path)
        if storage.is_url(path):
            return storage.opened(path)
        return open(path, "rb")  # noqa: PTH123 - closed by the caller


def chunks(stream: IO[bytes], limits: Limits) -> Iterator[bytes]:
    """The bytes in pieces; ``InputError`` when reading fails or the limit is passed."""
    total = 0
    while True:
        with _refusing():
            piece = stream.read(CHUNK)
        if not piece:
            return
        total += len(piece)
        if total > limits.saft_bytes:
            raise refused("PT1014", limit=limits.saft_bytes)
        yield piece


def source_of(given: str | os.PathLike[str] | bytes, shown: str | None = None) -> Source:
    """The source for a path or for bytes in memory."""
    if isinstance(given, bytes):
        return Source(shown or "-", data=given)
    path = os.fspath(given)
    return Source(shown or path, path)


@contextmanager
def naming(source: Source) -> Iterator[None]:
    """Errors about a file say which, for those who read several."""
    try:
        yield
    except InputError as error:
        shown = source.shown.replace("{", "{{").replace("}", "}}")
        named = Text(*(f"{shown}: {words}" if words else "" for words in error.text))
        raise type(error)(named, error.finding, **error.args_) from error


@contextmanager
def _refusing() -> Iterator[None]:
    """What the system or the archive cannot give, as the refusal that says so."""
    try:
        yield
    except OSError as error:
        raise refused("PT1012", reason=reason(error)) from error
    except zipfiles.UNREADABLE as error:
        raise refused("PT1011", reason=_DAMAGED) from error


def _member(archive: zipfile.ZipFile, limits: Limits) -> IO[bytes]:
    wanted = [info for info in archive.infolist() if _is_xml(info)]
    if len(wanted) != 1:
        names = ", ".join(info.filename for info in wanted[:5]) or "-"
        raise refused("PT1010", number=len(wanted), names=names)
    info = wanted[0]
    if zipfiles.is_encrypted(info):
        raise refused("PT1011", reason=_LOCKED)
    if zipfiles.is_bomb(info, limits):
        raise refused("PT1011", reason=_BOMB)
    return archive.open(info)


def _is_xml(info: zipfile.ZipInfo) -> bool:
    return info.filename.lower().endswith(".xml") and not is_junk(info.filename)


def refused(code: str, **args: object) -> InputError:
    """The refusal of a whole file, with the finding that explains it."""
    control = READING[code]
    values = {name: value if isinstance(value, Text) else str(value) for name, value in args.items()}
    place = NOWHERE._replace(line=int(str(args["line"]))) if args.get("line") else NOWHERE
    return InputError(control.message, say(control, ERROR, place, values), **values)


_DAMAGED: Final = Text("i dati sono danneggiati", "its data are damaged", "os dados estão danificados")
_LOCKED: Final = Text("è protetto da password", "it is protected by a password", "está protegido por palavra-passe")
_BOMB: Final = Text(
    "si espande troppo, come una bomba ZIP", "it expands too much, like a ZIP bomb", "expande demasiado (bomba ZIP)"
)
