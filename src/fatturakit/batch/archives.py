"""The documents inside a ZIP archive or an e-mail, and inside the archives and e-mails in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache

from ..document import from_path_bytes, unopenable
from ..envelope import containers, zipfiles
from ..envelope.containers import Container, Member
from ..errors import InputError
from ..limits import Limits
from .inputs import Input


def inside(home: Input, limits: Limits) -> Iterator[Input]:
    """The archive itself (an ``Input`` with ``archive`` set), then every document in it, nested archives too."""
    try:
        archive = _opened(home.path, home.data, limits)
        size = len(home.data) if home.data is not None else os.path.getsize(home.path)  # noqa: PTH202
    except zipfiles.BadArchive as error:
        yield home._replace(archive=error.reason)
        return
    except OSError as error:
        yield home._replace(trouble=unopenable(error))
        return
    except InputError as error:
        yield home._replace(trouble=error)
        return
    members = list(_members(archive, home, limits))
    if archive.kind == "zip" and members[0].shown != home.shown:
        yield home._replace(archive="", size=size)
    yield from members


def read_member(item: Input, limits: Limits) -> bytes:
    """The bytes of a document in an archive; ``InputError`` when they cannot be had."""
    archive = _opened(item.path, item.data, limits)
    steps = [Member(name, place) for name, place in zip(item.members, item.places, strict=True)]
    for step in steps[:-1]:
        archive = containers.opened(archive.read(step), limits)
    return archive.read(steps[-1])


def _members(archive: Container, above: Input, limits: Limits) -> Iterator[Input]:
    """``above``: the archive as an input, whose members lead to it."""
    if len(above.members) >= limits.zip_nesting:
        yield Input(above.shown, above.path, archive="nesting")
        return
    if not archive.members:
        yield Input(above.shown, above.path, archive="empty")
    for member in archive.members:
        inner = _input(archive, member, above)
        if containers.is_container(member.name):
            yield from _inner(archive, member, inner, limits)
        else:
            yield inner


def _input(archive: Container, member: Member, above: Input) -> Input:
    return above._replace(
        shown=f"{above.shown}!{member.name}",
        members=(*above.members, member.name),
        places=(*above.places, member.place),
        containers=(*above.containers, archive.kind),
        name=containers.base(member.name),
    )


def _inner(archive: Container, member: Member, home: Input, limits: Limits) -> Iterator[Input]:
    try:
        inner = containers.opened(archive.read(member), limits)
    except InputError as error:
        yield Input(home.shown, home.path, trouble=error)
    except zipfiles.BadArchive as error:
        yield Input(home.shown, home.path, archive=error.reason)
    else:
        yield from _members(inner, home, limits)


@lru_cache(maxsize=2)
def _opened(path: str, data: bytes | None, limits: Limits) -> Container:
    if data is not None or not path.lower().endswith(".eml"):
        return containers.opened(path if data is None else data, limits)
    return containers.opened(from_path_bytes(path, limits), limits)
