"""Inputs that lie in a storage: objects, prefixes and patterns by their address, each listed but not read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .. import storage
from ..envelope.containers import is_container
from ..envelope.junk import is_junk
from ..envelope.sniff import is_zip
from ..limits import Limits
from ..sources import unopenable
from ..texts import Text
from . import inputs
from .inputs import Input

__all__ = ["files", "is_url", "listed", "named", "on_disk"]

_MAGIC: Final = frozenset("*?[")
_KNOWN: Final = (*inputs.SUFFIXES, ".json")
_HEAD: Final = 4


def is_url(name: str) -> bool:
    """True for an address that is not one of this machine's own disks."""
    return storage.is_url(name) and not name.startswith("file://")


def on_disk(name: str) -> str:
    """The path of a ``file://`` address; any other name as it is."""
    return storage.on_disk(name)


def named(url: str, limits: Limits, suffixes: tuple[str, ...]) -> Iterator[Input]:
    """What an address means: one object, else everything that matches a pattern, else everything below a prefix.

    A plain name with the ending of a document is taken at its word, so that a list of a million costs no question.
    """
    try:
        if not _MAGIC.isdisjoint(url) and not storage.exists(url):
            yield from _found(storage.matching(url), inputs.NO_MATCH, url, limits, suffixes)
        elif url.lower().endswith(_KNOWN) or (not url.endswith("/") and storage.exists(url)):
            yield from _object(storage.Stored(url), limits, suffixes, sniff=not url.lower().endswith(_KNOWN))
        else:
            wanted = (found for found in storage.below(url) if _is_document(found.url, url, suffixes))
            yield from _found(wanted, inputs.EMPTY_FOLDER, url, limits, suffixes)
    except OSError as error:
        yield Input(url, url, trouble=unopenable(error))


def files(url: str, suffixes: tuple[str, ...]) -> Iterator[str]:
    """The address of every object an address means, unopened; the address itself when there is none."""
    if not _MAGIC.isdisjoint(url) and not storage.exists(url):
        found = storage.matching(url)
    elif url.lower().endswith(suffixes) or (not url.endswith("/") and storage.exists(url)):
        found = iter(())
    else:
        found = (each for each in storage.below(url) if _is_document(each.url, url, suffixes))
    yield from inputs.or_itself((each.url for each in found), url)


def listed(url: str, limits: Limits) -> bytes:
    """The bytes of a list that lies in a storage."""
    return storage.read(url, limits.list_bytes)


def _found(
    found: Iterator[storage.Stored], otherwise: Text, url: str, limits: Limits, suffixes: tuple[str, ...]
) -> Iterator[Input]:
    none = True
    for each in found:
        none = False
        yield from _object(each, limits, suffixes)
    if none:
        yield Input(url, trouble=inputs.nothing(otherwise))


def _object(
    found: storage.Stored, limits: Limits, suffixes: tuple[str, ...], *, sniff: bool = False
) -> Iterator[Input]:
    item = Input(found.url, found.url, name=found.url.rpartition("/")[2], stamp=found.stamp)
    if is_container(found.url) or (sniff and _is_zip(found.url)):
        yield from inputs.in_archive(item._replace(name=""), limits, suffixes)
    else:
        yield item


def _is_zip(url: str) -> bool:
    return is_zip(storage.read(url, _HEAD))


def _is_document(url: str, folder: str, suffixes: tuple[str, ...]) -> bool:
    return url.lower().endswith(suffixes) and not is_junk(url[len(folder) :])
