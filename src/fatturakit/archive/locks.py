"""A lock on a file between processes; the system releases it when its holder ends, however it ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def held(path: str) -> Iterator[bool]:
    """Whether we have the lock until the end of the block; never waits."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        yield path == os.devnull or _taken(handle)
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    try:
        import fcntl
    except ImportError:
        return _taken_on_windows(handle)
    with suppress(BlockingIOError):
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def _taken_on_windows(handle: int) -> bool:
    import importlib

    msvcrt = importlib.import_module("msvcrt")
    with suppress(OSError):
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        return True
    return False
