"""What systems leave in folders and archives beside the files people mean: hidden files, resource forks of a Mac."""

from __future__ import annotations

from typing import Final

_LEFT: Final = (".", "__MACOSX")


def is_junk(name: str) -> bool:
    """Whether a file, a folder or a path within a folder or an archive is not meant to be looked at."""
    parts = name.replace("\\", "/").split("/")
    return any(part.startswith(_LEFT) for part in parts if part.strip("."))
