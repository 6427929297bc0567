"""The directory of a ZIP archive, read as it is needed: an archive of a million members takes no more memory than one.

``zipfile`` keeps an object for every member, in every process that opens the archive. Here a member is known by where
its record stands in the directory; what is asked for is read again. Members written in any usual way are inflated here,
all others are handed to ``zipfile`` one by one.
"""

from __future__ import annotations

import io
import struct
import threading
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Final, NamedTuple

_END: Final = b"PK\x05\x06"
_END_64: Final = b"PK\x06\x06"
_LOCATOR_64: Final = b"PK\x06\x07"
_RECORD: Final = b"PK\x01\x02"
_LOCAL: Final = b"PK\x03\x04"
_END_SIZE, _END_64_SIZE, _LOCATOR_SIZE, _RECORD_SIZE, _LOCAL_SIZE = 22, 56, 20, 46, 30
_COMMENT: Final = 0xFFFF
_IN_EXTRA: Final = 0xFFFFFFFF
_UTF8: Final = 0x800
_PLAIN: Final = frozenset({0, 0x2, 0x4, 0x6, 0x8, 0xA, 0xC, 0xE})
"""Flags that change nothing about how a member is inflated, but for the encoding of its name."""
_PORTION: Final = 1 << 16


class Entry(NamedTuple):
    """A member as its record tells it, under the names ``zipfile.ZipInfo`` has for them; place: of the record."""

    filename: str
    flag_bits: int
    compress_type: int
    CRC: int
    compress_size: int
    file_size: int
    header_offset: int
    place: int
    record: bytes


class Directory:
    """An archive at a path or in a stream. Raises what ``zipfile`` raises when its directory is damaged."""

    def __init__(self, source: str | IO[bytes]) -> None:
        self._stream: IO[bytes] = open(source, "rb") if isinstance(source, str) else source  # noqa: PTH123, SIM115
        self._turn = threading.Lock()
        self._start, self._size, self._before = _ending(self._stream)

    def __iter__(self) -> Iterator[Entry]:
        """Every member, in the order of the directory."""
        ahead, at, done = b"", 0, 0
        while at < self._size:
            need = _length(ahead, done)
            if len(ahead) - done >= need:
                yield self._entry(ahead[done : done + need], at)
                at, done = at + need, done + need
                continue
            ahead, done = ahead[done:], 0
            more = self._read(self._start + at + len(ahead), min(max(need, _PORTION), self._size - at - len(ahead)))
            if not more:  # the last record says that it is longer than it can be
                yield self._entry(ahead, at)
                return
            ahead += more

    def at(self, place: int) -> Entry:
        """The member whose record stands at ``place``."""
        at = self._start + place
        record = self._read(at, _RECORD_SIZE)
        return self._entry(record + self._read(at + _RECORD_SIZE, _length(record, 0) - _RECORD_SIZE), place)

    def read(self, entry: Entry) -> bytes:
        """The bytes of a member. Its size is to be looked at before: this takes what it says it takes."""
        head = self._read(entry.header_offset, _LOCAL_SIZE)
        if len(head) < _LOCAL_SIZE or head[:4] != _LOCAL:
            raise zipfile.BadZipFile("no member where the directory says")
        name, extra = struct.unpack_from("<HH", head, 26)
        rest = self._read(entry.header_offset + _LOCAL_SIZE, name + extra + entry.compress_size)
        packed = rest[name + extra :]
        usual = entry.compress_type in {0, 8} and (entry.flag_bits & ~_UTF8) in _PLAIN
        if usual and rest[:name] == entry.record[_RECORD_SIZE : _RECORD_SIZE + name]:
            return _inflated(entry, packed)
        return _by_zipfile(entry, head + rest)

    def _read(self, at: int, size: int) -> bytes:
        with self._turn:
            self._stream.seek(at)
            return self._stream.read(size)

    def _entry(self, record: bytes, place: int) -> Entry:
        if len(record) < _RECORD_SIZE or record[:4] != _RECORD:
            raise zipfile.BadZipFile("no record in the directory")
        flags, kind = struct.unpack_from("<HH", record, 8)
        crc, packed, size, name, extra = struct.unpack_from("<LLLHH", record, 16)
        offset = int.from_bytes(record[42:46], "little")
        written = record[_RECORD_SIZE : _RECORD_SIZE + name]
        if _IN_EXTRA in (packed, size, offset):
            more = record[_RECORD_SIZE + name : _RECORD_SIZE + name + extra]
            size, packed, offset = _large(more, size, packed, offset)
        shown = written.decode("utf-8" if flags & _UTF8 else "cp437").partition("\0")[0]
        return Entry(shown, flags, kind, crc, packed, size, offset + self._before, place, record)


def _length(data: bytes, at: int) -> int:
    """How long the record at ``at`` is, as far as its beginning tells."""
    if len(data) - at < _RECORD_SIZE:
        return _RECORD_SIZE
    name, extra, comment = struct.unpack_from("<HHH", data, at + 28)
    return int(_RECORD_SIZE + name + extra + comment)


def _ending(stream: IO[bytes]) -> tuple[int, int, int]:
    """Where the directory begins, how long it is, and how much stands before the archive (a program that opens it)."""
    whole = stream.seek(0, io.SEEK_END)
    first = max(0, whole - _END_SIZE - _COMMENT - _LOCATOR_SIZE - _END_64_SIZE)
    stream.seek(first)
    tail = stream.read(whole - first)
    found = tail.rfind(_END, 0, len(tail) - _END_SIZE + len(_END)) if len(tail) >= _END_SIZE else -1
    if found < 0:
        raise zipfile.BadZipFile("no end of the directory")
    size, offset = struct.unpack_from("<LL", tail, found + 12)
    end = found
    at = found - _LOCATOR_SIZE - _END_64_SIZE
    if at >= 0 and tail[at : at + 4] == _END_64 and tail[found - _LOCATOR_SIZE :][:4] == _LOCATOR_64:
        size, offset = struct.unpack_from("<QQ", tail, at + 40)
        end = at
    before = first + end - size - offset
    if offset + before < 0:
        raise zipfile.BadZipFile("the directory begins before the archive")
    return offset + before, size, before


def _large(extra: bytes, *values: int) -> Iterator[int]:
    """Sizes and offset of ZIP64: those that do not fit their place stand in the extra field, in this order."""
    at = 0
    found: list[int] = []
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == 1:
            found = [each for (each,) in struct.iter_unpack("<Q", extra[at + 4 : at + 4 + length // 8 * 8])]
        at += 4 + length
    for value in values:
        if value == _IN_EXTRA and not found:
            raise zipfile.BadZipFile("no large size where there should be one")
        yield found.pop(0) if value == _IN_EXTRA else value


def _inflated(entry: Entry, packed: bytes) -> bytes:
    """What the checksum vouches for, and no more than the record announces."""
    content = packed
    if entry.compress_type:
        content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, entry.file_size + 1)
    content = content[: entry.file_size]
    if zlib.crc32(content) != entry.CRC:
        raise zipfile.BadZipFile("the member is not what its record says")
    return content


def _by_zipfile(entry: Entry, member: bytes) -> bytes:
    """An archive of this member alone, as ``zipfile`` reads it."""
    ending = _END + struct.pack("<HHHHLLH", 0, 0, 1, 1, len(entry.record), len(member), 0)
    with zipfile.ZipFile(io.BytesIO(member + entry.record + ending)) as archive:
        info = archive.infolist()[0]
        info.header_offset = 0
        return archive.read(info)
