"""The documents inside a ZIP archive, and inside the archives in it."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from functools import lru_cache

from ..document import unopenable
from ..envelope import zipfiles
from ..errors import InputError
from ..limits import Limits
from .inputs import Input


def inside(home: Input, limits: Limits) -> Iterator[Input]:
    """The archive itself (an ``Input`` with ``archive`` set), then every document in it, nested archives too."""
    try:
        archive = _opened(home.path, home.data)
        size = len(home.data) if home.data is not None else os.path.getsize(home.path)  # noqa: PTH202
    except zipfiles.BadArchive as error:
        yield home._replace(archive=error.reason)
        return
    except OSError as error:
        yield home._replace(trouble=unopenable(error))
        return
    members = list(_members(archive, (), home, limits))
    if members[0].shown != home.shown:
        yield home._replace(archive="", size=size)
    yield from members


def read_member(item: Input, limits: Limits) -> bytes:
    """The bytes of a document in an archive; ``InputError`` when they cannot be had."""
    *outer, last = item.members
    archive = _opened(item.path, item.data)
    for name in outer:
        archive = zipfiles.nested(zipfiles.read(archive, name, limits))
    return zipfiles.read(archive, last, limits)


def _members(archive: zipfile.ZipFile, above: tuple[str, ...], home: Input, limits: Limits) -> Iterator[Input]:
    shown = "!".join((home.shown, *above))
    if len(above) >= limits.zip_nesting:
        yield Input(shown, home.path, archive="nesting")
        return
    try:
        for info in zipfiles.documents(archive, limits):
            members = (*above, info.filename)
            if info.filename.lower().endswith(zipfiles.ARCHIVES):
                yield from _inner(archive, members, home, limits)
            else:
                name = info.filename.replace("\\", "/").rpartition("/")[2]
                yield Input("!".join((home.shown, *members)), home.path, members, name=name, data=home.data)
    except zipfiles.BadArchive as error:
        yield Input(shown, home.path, archive=error.reason)


def _inner(archive: zipfile.ZipFile, members: tuple[str, ...], home: Input, limits: Limits) -> Iterator[Input]:
    shown = "!".join((home.shown, *members))
    try:
        inner = zipfiles.nested(zipfiles.read(archive, members[-1], limits))
    except InputError as error:
        yield Input(shown, home.path, trouble=error)
    except zipfiles.BadArchive as error:
        yield Input(shown, home.path, archive=error.reason)
    else:
        yield from _members(inner, members, home, limits)


@lru_cache(maxsize=2)
def _opened(path: str, data: bytes | None) -> zipfile.ZipFile:
    return zipfiles.nested(data) if data is not None else zipfiles.open_zip(path)
