"""What tells an input from another, and from itself after a change."""

from __future__ import annotations

import os
from hashlib import blake2b
from typing import Final

from .. import storage
from .inputs import Input

_UNKNOWN: Final = "?"


def key_of(item: Input) -> bytes:
    """What names an input, in 16 bytes."""
    parts = (item.shown, *item.members, *map(str, item.places), str(item.archive))
    return blake2b("\0".join(parts).encode("utf-8", "surrogateescape"), digest_size=16).digest()


def stamped(item: Input) -> Input:
    """The input with its version, as it is before it is read: size and time, the tag of a storage, or a digest."""
    return item if item.stamp else item._replace(stamp=_stamp(item))


def _stamp(item: Input) -> str:
    if item.data is not None:
        return blake2b(item.data, digest_size=16).hexdigest()
    try:
        if "://" in item.path:
            return storage.facts(item.path).stamp
        found = os.stat(item.path)  # noqa: PTH116 - a Path costs more
    except OSError:
        return _UNKNOWN
    return f"{found.st_size} {found.st_mtime_ns}"
