"""ZIP archives as the archive exports them: the same files give the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from ..archive.zips import ZipStream
from ..envelope.safenames import SafeNames


def packed(files: Iterable[tuple[str, str, bytes]]) -> bytes:
    """Folders, names and contents as a ZIP, sorted; equal names are told apart by a number, by their content."""
    made = bytearray()
    stream = ZipStream(made.extend)
    for path, data in sorted(_placed(files)):
        stream.add(path, data)
    stream.close()
    return bytes(made)


def _placed(files: Iterable[tuple[str, str, bytes]]) -> Iterator[tuple[str, bytes]]:
    folders: dict[str, SafeNames] = {}
    for folder, name, data in sorted(files, key=lambda row: (row[0], hashlib.sha256(row[2]).digest())):
        safe = folders.setdefault(folder, SafeNames()).give(name, "invoice.xml", ".xml")
        yield (f"{folder}/{safe}" if folder else safe), data
