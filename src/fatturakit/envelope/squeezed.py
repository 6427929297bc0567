"""Single files made small: gzip, bzip2, xz, and tar archives inside or outside them, opened within limits."""

from __future__ import annotations

import bz2
import io
import lzma
import tarfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any, Final

from .zipfiles import BadArchive

_MOST_STREAMS: Final = 64
_OPENERS: Final[dict[str, Callable[[], Any]]] = {
    "GZ": lambda: zlib.decompressobj(wbits=31),
    "BZ2": bz2.BZ2Decompressor,
    "XZ": lzma.LZMADecompressor,
}
_ENDINGS: Final = {"GZ": (".gz", ".gzip"), "BZ2": (".bz2",), "XZ": (".xz", ".lzma")}
KINDS: Final = (*_OPENERS, "TAR")
CLOSED: Final = ("RAR", "7Z", "Z")
"""Archives that are recognised and not opened: their formats need programs of their own."""


def files(kind: str, name: str, data: bytes, most_bytes: int, most_files: int) -> Iterator[tuple[str, bytes]]:
    """(name, content) of what is in ``data`` of a kind of ``KINDS``; ``BadArchive`` for what is broken or too large."""
    if kind == "TAR":
        yield from _tar(data, most_bytes, most_files)
        return
    content = _expanded(kind, data, most_bytes)
    if content[257:262] == b"ustar":
        yield from _tar(content, most_bytes, most_files)
    else:
        yield _inner(kind, name), content


def _inner(kind: str, name: str) -> str:
    """The name without the ending of its compression."""
    lowered = name.lower()
    ending = next((each for each in _ENDINGS[kind] if lowered.endswith(each)), "")
    return name[: len(name) - len(ending)] or name


def _expanded(kind: str, data: bytes, most: int) -> bytes:
    """Everything in the streams of ``data``, one after the other; never more than ``most`` bytes."""
    found: list[bytes] = []
    left = most
    for _ in range(_MOST_STREAMS):
        opener = _OPENERS[kind]()
        try:
            piece = opener.decompress(data, left + 1)
        except (zlib.error, OSError, lzma.LZMAError, ValueError, EOFError) as error:
            if found:  # padding after the last stream
                break
            raise BadArchive("broken") from error
        left -= len(piece)
        if left < 0:
            raise BadArchive("limits")
        if not opener.eof:
            raise BadArchive("broken")
        found.append(piece)
        data = opener.unused_data.lstrip(b"\x00")
        if not data:
            break
    return b"".join(found)


def _tar(data: bytes, most_bytes: int, most_files: int) -> Iterator[tuple[str, bytes]]:
    left = most_bytes
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for number, member in enumerate(archive):
                left -= member.size
                if number >= most_files or left < 0:
                    raise BadArchive("limits")
                stream = archive.extractfile(member) if member.isreg() else None
                if stream is not None:
                    yield member.name, stream.read()
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        raise BadArchive("broken") from error
