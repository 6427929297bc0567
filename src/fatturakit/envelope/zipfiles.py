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
from .junk import is_junk

DOCUMENTS: Final = (".xml", ".p7m", ".pk7", ".tsd", ".m7m")
ARCHIVES: Final = (".zip", ".eml")
_ENCRYPTED: Final = 0x1
UNREADABLE: Final = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError, OverflowError, IndexError, zipfile.LargeZipFile),
)
"""What ``zipfile`` raises for archives that were damaged, each by another place of the damage."""


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


def documents(archive: zipfile.ZipFile, limits: Limits) -> Iterator[zipfile.ZipInfo]:
    """The members that may be documents or archives, in archive order; ``BadArchive`` when there is none to read."""
    infos = archive.infolist()
    if len(infos) > limits.zip_members or sum(info.file_size for info in infos) > limits.zip_bytes:
        raise BadArchive("limits")
    files = [info for info in infos if not is_folder(info) and not is_junk(info.filename)]
    wanted = [info for info in files if info.filename.lower().endswith(DOCUMENTS + ARCHIVES)]
    wanted = wanted or [info for info in files if _is_document(archive, info)]
    if not wanted:
        raise BadArchive("empty")
    if all(map(is_encrypted, wanted)):
        raise BadArchive("encrypted")
    yield from wanted


def is_folder(info: zipfile.ZipInfo) -> bool:
    """Whether a member is a folder (``ZipInfo.is_dir`` stumbles over a name that is empty)."""
    return info.filename.endswith("/")


def is_encrypted(info: zipfile.ZipInfo) -> bool:
    """Whether a member needs a password."""
    return bool(info.flag_bits & _ENCRYPTED)


def is_bomb(info: zipfile.ZipInfo, limits: Limits) -> bool:
    """Whether a member says that it grows beyond all proportion."""
    return info.file_size > MIB and info.file_size > limits.zip_ratio * max(info.compress_size, 1)


def read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> bytes:
    """One member's bytes; ``InputError`` (00106, or 00003 when it is too large) when it cannot be had."""
    name = info.filename
    if is_encrypted(info):
        raise refused("encrypted", name)
    _check_size(info, limits)
    try:
        return archive.read(info)
    except UNREADABLE as error:
        raise refused("damaged", name) from error


def _is_document(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    """Whether a member is a document under another name."""
    from .recognise import LOOK, is_document, may_be

    if is_encrypted(info) or not may_be(info.filename.replace("\\", "/").rpartition("/")[2]):
        return False
    try:
        with archive.open(info) as stream:
            return is_document(stream.read(LOOK))
    except UNREADABLE:
        return False


def _check_size(info: zipfile.ZipInfo, limits: Limits) -> None:
    if info.file_size > limits.document_bytes:
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
