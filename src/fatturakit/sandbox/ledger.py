"""ZIP archives with the same bytes for the same files, as exports are."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Final

_DAWN: Final = (1980, 1, 1, 0, 0, 0)
_MODE: Final = 0o644 << 16


def packed(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Names and contents as a ZIP: sorted, without dates; a name met again gets a number."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(_apart(files)):
            info = zipfile.ZipInfo(name, _DAWN)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, _MODE, 3
            archive.writestr(info, data)
    return made.getvalue()


def _apart(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    used: dict[str, int] = {}
    for name, data in files:
        used[name] = used.get(name, 0) + 1
        yield name if used[name] == 1 else _numbered(name, used[name]), data


def _numbered(name: str, number: int) -> str:
    """``a/b.xml`` for the second time: ``a/b-2.xml``."""
    head, slash, tail = name.rpartition("/")
    stem, dot, ending = tail.partition(".")
    return f"{head}{slash}{stem}-{number}{dot}{ending}"
