"""ZIP archives as they come: members listed and read one at a time, junk skipped, bombs refused."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Final

from ..errors import InputError
from ..findings import Layer
from ..limits import MIB, Limits
from ..texts import Text
from ..xmlio import refusal
from .directory import Directory, Entry
from .junk import is_junk

DOCUMENTS: Final = (".xml", ".p7m", ".pk7", ".tsd", ".m7m")
ARCHIVES: Final = (".zip", ".eml")
_ENCRYPTED: Final = 0x1
Info = zipfile.ZipInfo | Entry
UNREADABLE: Final = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError),
    *(RuntimeError, ValueError, OverflowError, IndexError, zipfile.LargeZipFile),
)
"""What ``zipfile`` raises for archives that were damaged, each by another place of the damage.

``RuntimeError``: also for ways of packing that it does not know.
"""


class BadArchive(Exception):
    """The archive as a whole cannot be used; ``reason`` is a key of rule 00106 ("empty", "broken", "encrypted")."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def open_zip(source: str | IO[bytes]) -> zipfile.ZipFile:
    """The archive at a path or in a stream; ``BadArchive`` when its directory is damaged."""
    try:
        return zipfile.ZipFile(source)
    except OSError:  # of the path, not of what is there
        raise
    except UNREADABLE as error:
        raise BadArchive("broken") from error


def open_directory(source: str | IO[bytes]) -> Directory:
    """As ``open_zip``, for archives whose members are asked for one by one."""
    try:
        return Directory(source)
    except OSError:
        raise
    except UNREADABLE as error:
        raise BadArchive("broken") from error


def documents(archive: Directory, limits: Limits, suffixes: tuple[str, ...]) -> Iterator[Entry]:
    """The members with one of the suffixes, in archive order; where there is none, those known by their first bytes.

    ``BadArchive``, at once, when there is none to read.
    """
    try:
        wanted, closed = _counted(archive, limits, suffixes)
        found = [] if wanted else [entry for entry in archive if _is_document(archive, entry, limits)]
    except OSError:
        raise
    except UNREADABLE as error:
        raise BadArchive("broken") from error
    if wanted and closed == wanted:
        raise BadArchive("encrypted")
    if not wanted and not found:
        raise BadArchive("empty")
    return iter(found) if found else (entry for entry in archive if _is_wanted(entry, suffixes))


def _counted(archive: Directory, limits: Limits, suffixes: tuple[str, ...]) -> tuple[int, int]:
    """How many members have one of the suffixes, and how many of those need a password."""
    members = size = wanted = closed = 0
    for entry in archive:
        members, size = members + 1, size + entry.file_size
        if members > limits.zip_members or size > limits.zip_bytes:
            raise BadArchive("limits")
        if _is_wanted(entry, suffixes):
            wanted, closed = wanted + 1, closed + is_encrypted(entry)
    return wanted, closed


def is_folder(info: Info) -> bool:
    """Whether a member is a folder (``ZipInfo.is_dir`` stumbles over a name that is empty)."""
    return info.filename.endswith("/")


def is_encrypted(info: Info) -> bool:
    """Whether a member needs a password."""
    return bool(info.flag_bits & _ENCRYPTED)


def is_bomb(info: Info, limits: Limits) -> bool:
    """Whether a member says that it grows beyond all proportion."""
    return info.file_size > MIB and info.file_size > limits.zip_ratio * max(info.compress_size, 1)


def read_at(archive: Directory, place: int, name: str, limits: Limits) -> bytes:
    """The bytes of the member whose record stands at ``place``; as ``read``."""
    try:
        entry = archive.at(place)
    except UNREADABLE as error:
        raise refused("damaged", name) from error
    return read(archive, entry, limits)


def read(archive: zipfile.ZipFile | Directory, info: Info, limits: Limits) -> bytes:
    """One member's bytes; ``InputError`` (00106, or 00003 when it is too large) when it cannot be had."""
    name = info.filename
    if is_encrypted(info):
        raise refused("encrypted", name)
    _check_size(info, limits)
    try:
        return archive.read(info)  # type: ignore[arg-type]  # each knows its own
    except UNREADABLE as error:
        raise refused("damaged", name) from error


def _is_wanted(info: Info, suffixes: tuple[str, ...]) -> bool:
    return info.filename.lower().endswith(suffixes) and not is_junk(info.filename)


def _is_document(archive: Directory, entry: Entry, limits: Limits) -> bool:
    """Whether a member is a document under another name."""
    from .recognise import LOOK, is_document, may_be

    name = entry.filename
    if is_folder(entry) or is_junk(name) or not may_be(name.replace("\\", "/").rpartition("/")[2]):
        return False
    try:
        return is_document(read(archive, entry, limits)[:LOOK])
    except InputError:
        return False


def _check_size(info: Info, limits: Limits) -> None:
    if info.file_size > limits.document_bytes or info.compress_size > 2 * limits.document_bytes:
        raise refused("large", info.filename)
    if is_bomb(info, limits):
        raise refused("bomb", info.filename)


def refused(reason: str, name: str) -> InputError:
    """The refusal of one member; reason: a key of ``_REASONS``."""
    code = "00003" if reason in {"large", "bomb"} else "00106"
    return refusal(_MEMBER, _MEMBER_FIX, {"name": name, "reason": _REASONS[reason]}, code=code, layer=Layer.ENVELOPE)


_MEMBER: Final = Text("«{name}» non si può leggere dall'archivio: {reason}.", "“{name}” cannot be read: {reason}.")
_MEMBER_FIX: Final = Text("Rifai l'archivio o manda il file da solo.", "Make the archive again or send the file alone.")
_REASONS: Final = {
    "encrypted": Text("è protetto da password", "it is protected by a password"),
    "damaged": Text("i dati sono danneggiati", "its data are damaged"),
    "large": Text("supera il limite di lettura", "it passes the reading limit"),
    "bomb": Text("si espande troppo, come una bomba ZIP", "it expands too much, like a ZIP bomb"),
}
