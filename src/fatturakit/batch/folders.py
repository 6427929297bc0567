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
        listed = _listed(home)
        if listed is None:
            yield home
            continue
        files, folders = listed
        for name in files:
            path = os.path.join(home, name)  # noqa: PTH118 - a Path costs more
            if name.lower().endswith(suffixes) or _is_document(name, path):
                yield path
        waiting += [os.path.join(home, name) for name in reversed(folders)]  # noqa: PTH118


def _listed(folder: str) -> tuple[list[str], list[str]] | None:
    """The names of its files and of its folders, in order: of a hundred thousand files nothing more is kept."""
    files: list[str] = []
    folders: list[str] = []
    try:
        with os.scandir(folder) as found:
            for entry in found:
                if not is_junk(entry.name):
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.name)
                    elif _is_file(entry):
                        files.append(entry.name)
    except OSError:
        return None
    return sorted(files), sorted(folders)


def _is_file(entry: os.DirEntry[str]) -> bool:
    """True for a file and for a link to one or to nothing; a pipe nobody writes to would be waited for without end."""
    if not entry.is_symlink():
        return entry.is_file()
    return os.path.isfile(entry.path) or not os.path.exists(entry.path)  # noqa: PTH110, PTH113


def _is_document(name: str, path: str) -> bool:
    """True for a document whose name does not say so, as mail and portals give them."""
    from ..envelope.recognise import LOOK, is_document, may_be

    if not may_be(name):
        return False
    try:
        with open(path, "rb") as stream:  # noqa: PTH123
            return is_document(stream.read(LOOK))
    except OSError:
        return False
