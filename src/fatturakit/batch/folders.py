"""What stands at a path; the documents in a folder and those below it, in a steady order."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

from ..envelope.junk import is_junk


def mode(path: str) -> int:
    """What stands at a path, as ``stat`` has it; 0 for nothing that can be told."""
    try:
        return os.stat(path).st_mode  # noqa: PTH116 - a Path costs more
    except (OSError, ValueError):
        return 0


def is_pipe(path: str) -> bool:
    """True for a pipe or a device, as ``<(…)`` of a shell, which can be read only once."""
    return flows(mode(path))


def flows(found: int) -> bool:
    """The same of a ``mode``."""
    return bool(found) and not stat.S_ISREG(found) and not stat.S_ISDIR(found)


def walk(folder: str, suffixes: tuple[str, ...]) -> Iterator[str]:
    """The files of a folder with one of the suffixes, and documents whose name does not say so, in a steady order.

    A folder that may not be listed is given itself: who opens it says so.
    """
    waiting = [folder]
    while waiting:
        home = waiting.pop()
        entries = _entries(home)
        if entries is None:
            yield home
            continue
        for entry in entries:
            if (entry.name.lower().endswith(suffixes) and _is_file(entry)) or _is_document(entry):
                yield entry.path
        waiting += [entry.path for entry in reversed(entries) if entry.is_dir(follow_symlinks=False)]


def _entries(folder: str) -> list[os.DirEntry[str]] | None:
    try:
        with os.scandir(folder) as found:
            return sorted((entry for entry in found if not is_junk(entry.name)), key=lambda entry: entry.name)
    except OSError:
        return None


def _is_file(entry: os.DirEntry[str]) -> bool:
    """True for a file and for a link to one or to nothing; a pipe nobody writes to would be waited for without end."""
    if not entry.is_symlink():
        return entry.is_file()
    return os.path.isfile(entry.path) or not os.path.exists(entry.path)  # noqa: PTH110, PTH113


def _is_document(entry: os.DirEntry[str]) -> bool:
    """True for a document whose name does not say so, as mail and portals give them."""
    from ..envelope.recognise import LOOK, is_document, may_be

    if not may_be(entry.name) or not _is_file(entry):
        return False
    try:
        with open(entry.path, "rb") as stream:  # noqa: PTH123
            return is_document(stream.read(LOOK))
    except OSError:
        return False
