"""A ZIP written straight through: no seeking back, no clock, the same bytes for the same entries; ZIP64 where needed.

The standard library's writer spends more on each small file than on compressing it. Format: PKWARE APPNOTE 6.3.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from typing import Final, NamedTuple

from ..errors import MissingExtra
from ..texts import Text

Write = Callable[[bytes], object]
Deflate = Callable[[bytes], bytes]
_LOCAL: Final = struct.Struct("<4s5H3I2H")
_CENTRAL: Final = struct.Struct("<4s6H3I5H2I")
_END: Final = struct.Struct("<4s4H2IH")
_END64: Final = struct.Struct("<4sQ2H2I4Q")
_PLACE64: Final = struct.Struct("<4sIQI")
_MOST: Final = 0xFFFFFFFF
_MANY: Final = 0xFFFF
_DAY: Final = (1 << 5) | 1  # 1980-01-01, the first day ZIP knows
_UTF8: Final = 1 << 11
_UNIX: Final = 3 << 8
_PLAIN_FILE: Final = 0o100644 << 16
_STORED, _DEFLATED = 0, 8
_LEVEL: Final = 6


def deflate(data: bytes) -> bytes:
    """Compressed by the standard library, as zipfile would."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


class Packing(NamedTuple):
    """What compresses an entry, and what computes its CRC-32."""

    deflate: Deflate = deflate
    checksum: Callable[[bytes], int] = zlib.crc32


PLAIN: Final = Packing()


def fast_packing() -> Packing:
    """The same by isal, several times as fast and a little larger. ``MissingExtra`` when it is not installed."""
    try:
        from isal import isal_zlib
    except ImportError as error:
        raise MissingExtra(_EXTRA) from error

    return Packing(lambda data: bytes(isal_zlib.compress(data, 1, -zlib.MAX_WBITS)), isal_zlib.crc32)


class ZipStream:
    """A ZIP in the making; what stays in memory is a line of the directory for each entry."""

    def __init__(self, write: Write, packing: Packing = PLAIN, start: int = 0) -> None:
        """start: how many bytes stand before, for an archive that does not begin the file."""
        self._write = write
        self._pack, self._checksum = packing
        self._place = start
        self._directory = bytearray()
        self.count = 0

    def add(self, name: str, data: bytes) -> None:
        """Put one file in; names are paths with "/"."""
        packed = self._pack(data)
        method = _DEFLATED if len(packed) < len(data) else _STORED
        if method == _STORED:
            packed = data
        path = name.encode()
        facts = (_UTF8 if not name.isascii() else 0, method, 0, _DAY, self._checksum(data), len(packed), len(data))
        self._remember(path, facts)
        self._put(_LOCAL.pack(b"PK\3\4", 20, *facts, len(path), 0) + path)
        self._put(packed)
        self.count += 1

    def close(self) -> None:
        """Write the directory."""
        start, size = self._place, len(self._directory)
        self._put(bytes(self._directory))
        if start > _MOST or self.count >= _MANY or size > _MOST:
            end = self._place
            whole = (self.count, self.count, size, start)
            self._put(_END64.pack(b"PK\6\6", 44, 45, 45, 0, 0, *whole) + _PLACE64.pack(b"PK\6\7", 0, end, 1))
        count = min(self.count, _MANY)
        self._put(_END.pack(b"PK\5\6", 0, 0, count, count, min(size, _MOST), min(start, _MOST), 0))

    def _remember(self, path: bytes, facts: tuple[int, ...]) -> None:
        far = self._place >= _MOST
        extra = struct.pack("<2HQ", 1, 8, self._place) if far else b""
        needed = 45 if far else 20
        ends = (len(path), len(extra), 0, 0, 0, _PLAIN_FILE, min(self._place, _MOST))
        self._directory += _CENTRAL.pack(b"PK\1\2", _UNIX | needed, needed, *facts, *ends) + path + extra

    def _put(self, data: bytes) -> None:
        self._write(data)
        self._place += len(data)


_EXTRA: Final = Text(
    "La compressione veloce vuole un extra: pip install 'fatturakit[fast]'",
    "Fast compression needs an extra: pip install 'fatturakit[fast]'",
)
