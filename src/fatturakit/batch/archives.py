"""The documents inside a ZIP archive or an e-mail, and inside the archives and e-mails in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from .. import storage
from ..envelope import containers, zipfiles
from ..envelope.containers import Container, Member
from ..envelope.mail import is_mail
from ..envelope.sniff import is_zip
from ..envelope.unwrap import is_wrapped
from ..errors import InputError
from ..limits import Limits
from ..sources import from_path_bytes, unopenable
from .inputs import Input


class NotSeveral(Exception):
    """What was taken for an archive, by its name, is one document."""


def inside(home: Input, limits: Limits, suffixes: tuple[str, ...]) -> Iterator[Input]:
    """The archive itself (an ``Input`` with ``archive`` set), then every document in it, nested archives too.

    suffixes: the endings of what counts as a document (or an archive).
    """
    forget()  # what is kept open may have been replaced since
    try:
        archive = _opened(home.path, home.data, limits)
        found = archive.members(suffixes)
        size = len(home.data) if home.data is not None else _size(home.path)
    except zipfiles.BadArchive as error:
        yield home._replace(archive=error.reason)
        return
    except NotSeveral:
        yield home._replace(name=os.path.basename(home.path or home.shown))  # noqa: PTH119
        return
    except OSError as error:
        yield home._replace(trouble=unopenable(error))
        return
    except InputError as error:
        yield home._replace(trouble=error)
        return
    members = _members(archive, found, home, limits, suffixes)
    first = next(members)
    if archive.kind == "zip" and first.shown != home.shown:
        yield home._replace(archive="", size=size)
    yield first
    yield from members


def read_member(item: Input, limits: Limits) -> bytes:
    """The bytes of a document in an archive; ``InputError`` when they cannot be had."""
    *outer, last = (Member(name, place) for name, place in zip(item.members, item.places, strict=True))
    return _inside(item.path, item.data, tuple(outer), limits).read(last)


@lru_cache(maxsize=3)
def _inside(path: str, data: bytes | None, members: tuple[Member, ...], limits: Limits) -> Container:
    """The archive ``members`` lead to; kept, because its next document is likely to be asked for next."""
    if not members:
        return _opened(path, data, limits)
    *outer, last = members
    return containers.opened(_inside(path, data, tuple(outer), limits).read(last), limits)


def _members(
    archive: Container, found: Iterator[Member], above: Input, limits: Limits, suffixes: tuple[str, ...]
) -> Iterator[Input]:
    """``above``: the archive as an input, whose members lead to it."""
    if len(above.members) >= limits.zip_nesting:
        yield Input(above.shown, above.path, archive="nesting")
        return
    none = True
    for member in found:
        none = False
        inner = _input(archive, member, above)
        if containers.is_container(member.name):
            yield from _inner(archive, member, inner, limits, suffixes)
        else:
            yield inner
    if none:
        yield Input(above.shown, above.path, archive="empty")


def _input(archive: Container, member: Member, above: Input) -> Input:
    return above._replace(
        shown=f"{above.shown}!{member.name}",
        members=(*above.members, member.name),
        places=(*above.places, member.place),
        containers=(*above.containers, archive.kind),
        name=containers.base(member.name),
    )


def _inner(
    archive: Container, member: Member, home: Input, limits: Limits, suffixes: tuple[str, ...]
) -> Iterator[Input]:
    try:
        inner = _several(archive.read(member), limits)
        found = inner.members(suffixes)
    except InputError as error:
        yield Input(home.shown, home.path, trouble=error)
    except zipfiles.BadArchive as error:
        yield Input(home.shown, home.path, archive=error.reason)
    except NotSeveral:
        yield home
    else:
        yield from _members(inner, found, home, limits, suffixes)


def _size(path: str) -> int:
    if "://" in path:
        return storage.facts(path).size
    return os.path.getsize(path)  # noqa: PTH202


@lru_cache(maxsize=2)
def _opened(path: str, data: bytes | None, limits: Limits) -> Container:
    """A ZIP archive on disk or in a storage is read where it lies, a letter as a whole."""
    if data is None and "://" in path and not path.lower().endswith(".eml"):
        return containers.opened(storage.opened(path), limits)
    if data is None and not _is_zip_file(path):
        data = from_path_bytes(path, limits)
    return containers.opened(path, limits) if data is None else _several(data, limits)


def _several(data: bytes, limits: Limits) -> Container:
    """The container ``data`` is; ``NotSeveral`` when it holds one document, whatever its name says."""
    if is_wrapped(data):
        raise NotSeveral
    found = containers.opened(data, limits)
    if containers.is_one(found):
        raise NotSeveral
    return found


def forget() -> None:
    """Let go of the archives that are kept open."""
    _inside.cache_clear()
    _opened.cache_clear()


if hasattr(os, "register_at_fork"):  # an open file has one place to read at, which a forked process would share
    os.register_at_fork(after_in_child=forget)


def _is_zip_file(path: str) -> bool:
    """By its first bytes; by its name when they say nothing (there may be a program before the archive)."""
    with open(path, "rb") as stream:  # noqa: PTH123
        head = stream.read(_LOOK)
    return is_zip(head[:4]) or (path.lower().endswith(".zip") and not is_wrapped(head) and not is_mail(head))


_LOOK: Final = 32_768
