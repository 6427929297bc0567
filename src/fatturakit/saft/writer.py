"""Writing: sections go to temporary files, and the whole is put together when header and totals are known."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import IO, BinaryIO, Final

from ..errors import UsageError
from ..texts import Text

ENCODINGS: Final = {"windows-1252": ("cp1252", "Windows-1252"), "utf-8": ("utf-8", "UTF-8")}
"""Name on the command line: Python's codec and the name in the XML declaration."""
_FULL: Final = 1 << 18
_PIECE: Final = 1 << 20
_COMMON: Final = 1 << 9
_ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)


def codec(name: str) -> tuple[str, str]:
    """The codec and the declared name of an encoding; ``UsageError`` for one we do not write."""
    found = ENCODINGS.get(name.lower())
    if found is None:
        raise UsageError(_ENCODING, name=name, known=", ".join(ENCODINGS))
    return found


def encoded(text: str, codec: str) -> bytes:
    """Bytes in an encoding, characters it lacks as references.

    Latin 1 is Windows-1252 without its signs from 0x80 to 0x9F (``kinds.escaped`` lets none through) and much faster.
    """
    if codec == "cp1252":
        with suppress(UnicodeEncodeError):
            return text.encode("latin-1")
    return text.encode(codec, "xmlcharrefreplace")


class Spool:
    """Text on its way into a file: kept until it is worth a write, then encoded; other characters become references."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        self._waiting: list[str] = []
        self._size = 0
        self._file: IO[bytes] | None = None

    def write(self, text: str) -> None:
        """Take a piece."""
        self._waiting.append(text)
        self._size += len(text)
        if self._size > _FULL:
            self._flush()

    def extend(self, pieces: Sequence[str]) -> None:
        """Take some pieces of common length, which is not worth measuring."""
        self._waiting += pieces
        self._size += len(pieces) * _COMMON
        if self._size > _FULL:
            self._flush()

    def _flush(self) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - closed by close()
        self._file.write(encoded("".join(self._waiting), self._encoding))
        self._waiting.clear()
        self._size = 0

    def copy(self, write: Callable[[bytes], object]) -> None:
        """Hand everything on."""
        if self._file is not None:
            self._flush()
            self._file.seek(0)
            while piece := self._file.read(_PIECE):
                write(piece)
        elif self._waiting:
            write(encoded("".join(self._waiting), self._encoding))

    def close(self) -> None:
        """Forget everything."""
        self._waiting.clear()
        if self._file is not None:
            self._file.close()
            self._file = None


@contextmanager
def zipped(stream: BinaryIO, name: str) -> Iterator[Callable[[bytes], object]]:
    """Write one member of a ZIP archive: same bytes in, same archive out."""
    import zipfile  # most files are plain

    with zipfile.ZipFile(stream, "w") as archive:
        member = zipfile.ZipInfo(name, _ZIP_TIME)
        member.compress_type = zipfile.ZIP_DEFLATED
        member.external_attr = 0o644 << 16
        with archive.open(member, "w", force_zip64=True) as inside:
            yield inside.write


_ENCODING: Final = Text(
    "Codifica «{name}»: si scrive in {known}.",
    "Encoding “{name}”: it is one of {known}.",
    "Codificação «{name}»: é uma de {known}.",
)
