"""The JSON documents in ZIP archives, for the verbs that take JSON too."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Final

from ..envelope import zipfiles
from ..envelope.junk import is_junk
from ..errors import InputError
from ..limits import Limits
from .inputs import Input

SUFFIX: Final = ".json"


def with_json(items: Iterable[Input], limits: Limits) -> Iterator[Input]:
    """The same inputs, and for every archive among them its JSON members, read when it is their turn.

    An archive with nothing but JSON is a usable one. Archives inside archives are left as they are.
    """
    for item in items:
        if item.archive in {"", "empty"} and not item.members:
            yield from _and_members(item, limits)
        else:
            yield item


def _and_members(home: Input, limits: Limits) -> Iterator[Input]:
    try:
        archive = zipfiles.open_zip(home.path if home.data is None else io.BytesIO(home.data))
    except (zipfiles.BadArchive, OSError):  # a letter, or gone meanwhile
        yield home
        return
    with archive:
        found = [info for info in archive.infolist() if _is_json(info)]
        if len(found) > limits.zip_members:
            yield home._replace(archive="limits")
            return
        yield home._replace(archive="") if found else home
        for info in found:
            yield _member(home, archive, info, limits)


def _is_json(info: zipfile.ZipInfo) -> bool:
    return info.filename.lower().endswith(SUFFIX) and not is_junk(info.filename)


def _member(home: Input, archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> Input:
    shown = Input(f"{home.shown}!{info.filename}", name=PurePosixPath(info.filename.replace("\\", "/")).name)
    try:
        return shown._replace(data=zipfiles.read(archive, info, limits), containers=("zip",))
    except InputError as error:
        return shown._replace(trouble=error)
