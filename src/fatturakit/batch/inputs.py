"""From what the user names to single documents: files, folders, globs, lists, ZIP archives, standard input.

Lazy and in order. Whatever is named gives at least one ``Input``; what cannot be used gives one with its trouble.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from ..envelope.sniff import is_zip, looks_like_xml
from ..errors import InputError, UsageError
from ..findings import Layer
from ..limits import Limits
from ..refusals import reason
from ..sources import from_path_bytes, too_large, unopenable
from ..texts import Text
from ..xmlio import refusal
from .folders import flows, mode, walk

_NO_ARCHIVE: Final = (b"<", b"0\x80", b"0\x82", b"0\x83")
_MAGIC: Final = frozenset("*?[")
SUFFIXES: Final = (".xml", ".p7m", ".pk7", ".zip", ".eml", ".tsd", ".m7m")


class Input(NamedTuple):
    """One document to be: ``shown`` as the user sees it, ``path`` on disk, ``members`` inside nested archives.

    data: the bytes themselves (standard input); name: its file name; trouble: why there is nothing to read;
    archive: the key of 00106 when an archive as a whole is the matter ("" for a usable one); containers: the kind of
    every archive around the document, outermost first ("zip", "eml"); places: where each member stands in its archive;
    stamp: the version of an object in a storage, when its listing told.
    """

    shown: str
    path: str = ""
    members: tuple[str, ...] = ()
    name: str = ""
    data: bytes | None = None
    trouble: InputError | None = None
    archive: str | None = None
    size: int = 0
    containers: tuple[str, ...] = ()
    places: tuple[int, ...] = ()
    stamp: str = ""

    def read(self, limits: Limits) -> bytes:
        """The bytes of the document; ``InputError`` when they cannot be had."""
        if self.trouble:
            raise self.trouble
        if not self.members:
            return self.data if self.data is not None else from_path_bytes(self.path, limits)
        from .archives import read_member

        return read_member(self, limits)

    @property
    def layers(self) -> tuple[str, ...]:
        """What was peeled to get at the bytes, outermost first."""
        return self.containers


def expand(
    names: Iterable[str], limits: Limits, *, stdin_name: str = "", suffixes: tuple[str, ...] = SUFFIXES
) -> Iterator[Input]:
    """Every document in what the user named, in order. suffixes: what counts as one in folders and archives."""
    for name in names:
        if name == "-":
            yield from _standard_input(stdin_name, limits, suffixes)
        elif name.startswith("@"):
            yield from expand(_listed(name[1:], limits), limits, stdin_name=stdin_name, suffixes=suffixes)
        elif "://" in name:
            yield from _addressed(name, limits, suffixes)
        else:
            yield from _named(name, limits, suffixes)


def paths(names: Iterable[str], limits: Limits) -> Iterator[str]:
    """Every file in what the user named, in order, archives unopened.

    "-", what is missing and what has nothing in it are given as they are: who opens them says so.
    """
    for name in names:
        if name.startswith("@"):
            yield from paths(_listed(name[1:], limits), limits)
        elif "://" in name:
            yield from _addresses(name)
        elif os.path.isdir(name):  # noqa: PTH112
            yield from or_itself(walk(name, SUFFIXES), name)
        elif not _MAGIC.isdisjoint(name) and not os.path.lexists(name):
            import glob

            found = sorted(glob.glob(name, recursive=True))  # noqa: PTH207
            yield from paths(found, limits) if found else (name,)
        else:
            yield name


def or_itself(found: Iterator[str], name: str) -> Iterator[str]:
    """What was found in ``name``, or the name when that is nothing."""
    first = next(found, None)
    yield name if first is None else first
    yield from found


def _addresses(name: str) -> Iterator[str]:
    from . import addresses

    try:
        yield from addresses.files(name, SUFFIXES) if addresses.is_url(name) else (addresses.on_disk(name),)
    except OSError:
        yield name  # who opens it says why it cannot be


def _addressed(name: str, limits: Limits, suffixes: tuple[str, ...]) -> Iterator[Input]:
    from . import addresses  # what it takes to reach a storage is for those who name one

    if addresses.is_url(name):
        yield from addresses.named(name, limits, suffixes)
    else:
        yield from _named(addresses.on_disk(name), limits, suffixes)


def _named(name: str, limits: Limits, suffixes: tuple[str, ...]) -> Iterator[Input]:
    found = mode(name)
    if stat.S_ISDIR(found):
        yield from _folder(name, limits, suffixes)
    elif flows(found):
        yield from _poured(name, limits, suffixes)
    elif not _MAGIC.isdisjoint(name) and not os.path.lexists(name):
        yield from _glob(name, limits, suffixes)
    else:
        yield from _file(name, limits, suffixes, explicit=True)


def _poured(path: str, limits: Limits, suffixes: tuple[str, ...]) -> Iterator[Input]:
    """What comes through a pipe or a device, as ``<(…)`` of a shell, which can be read only once."""
    try:
        with open(path, "rb") as stream:  # noqa: PTH123
            data = stream.read(limits.document_bytes + 1)
    except OSError as error:
        yield Input(_printable(path), trouble=unopenable(error))
    else:
        yield from _of_bytes(Input(_printable(path), data=data), limits, suffixes)


def _of_bytes(item: Input, limits: Limits, suffixes: tuple[str, ...]) -> Iterator[Input]:
    data = item.data or b""
    if len(data) > limits.document_bytes:
        yield item._replace(data=None, trouble=too_large(len(data), limits))
    elif is_zip(data[:4]) or _is_mail(data):
        yield from in_archive(item._replace(name=""), limits, suffixes)
    else:
        yield item


def _folder(folder: str, limits: Limits, suffixes: tuple[str, ...]) -> Iterator[Input]:
    found = False
    for path in walk(folder, suffixes):
        found = True
        yield from _file(path, limits, suffixes)
    if not found:
        yield Input(_printable(folder), trouble=nothing(EMPTY_FOLDER))


def _glob(pattern: str, limits: Limits, suffixes: tuple[str, ...]) -> Iterator[Input]:
    import glob

    paths = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - the pattern may be absolute
    if not paths:
        yield Input(_printable(pattern), trouble=nothing(NO_MATCH))
    for path in paths:
        yield from _named(path, limits, suffixes)


def _file(path: str, limits: Limits, suffixes: tuple[str, ...], *, explicit: bool = False) -> Iterator[Input]:
    name = path.lower()
    if name.endswith((".zip", ".eml")) or ((explicit or not name.endswith((".xml", ".json"))) and _is_archive(path)):
        yield from in_archive(Input(_printable(path), path), limits, suffixes)
    else:
        yield Input(_printable(path), path, name=os.path.basename(path))  # noqa: PTH119


def in_archive(archive: Input, limits: Limits, suffixes: tuple[str, ...]) -> Iterator[Input]:
    from .archives import inside  # zipfile costs a cold start more than it is worth to those without archives

    return inside(archive, limits, suffixes)


def _is_archive(path: str) -> bool:
    """True for a ZIP archive or an e-mail by its first bytes, whatever its name."""
    try:
        with open(path, "rb") as stream:  # noqa: PTH123
            head = stream.read(4)
            return is_zip(head) or (not head.startswith(_NO_ARCHIVE) and _is_mail(head + stream.read(32_768)))
    except OSError:
        return False


def _standard_input(name: str, limits: Limits, suffixes: tuple[str, ...]) -> Iterator[Input]:
    data = sys.stdin.buffer.read(limits.document_bytes + 1)
    yield from _of_bytes(Input(name or "-", name=os.path.basename(name), data=data), limits, suffixes)  # noqa: PTH119


def in_memory(name: str, data: bytes, limits: Limits, suffixes: tuple[str, ...] = SUFFIXES) -> Iterator[Input]:
    """Bytes under a name, or every document in them when they are an archive (of any size) or a letter."""
    item = Input(name or "-", name=os.path.basename(name), data=data)  # noqa: PTH119
    return (
        in_archive(item._replace(name=""), limits, suffixes) if is_zip(data[:4]) else _of_bytes(item, limits, suffixes)
    )


def _is_mail(data: bytes) -> bool:
    if data.startswith(_NO_ARCHIVE) or looks_like_xml(data) or b":" not in data[:256]:
        return False
    from ..envelope.mail import is_mail, is_smime

    return is_mail(data) and not is_smime(data)


def _listed(name: str, limits: Limits) -> list[str]:
    try:
        if name == "-":
            return _lines(sys.stdin.buffer.read(limits.list_bytes))
        if "://" in name:
            from .addresses import listed

            return _lines(listed(name, limits))
        with open(name, "rb") as stream:  # noqa: PTH123 - pathlib is slow to load
            return _lines(stream.read(limits.list_bytes))
    except OSError as error:
        raise UsageError(_NO_LIST, name=name, reason=reason(error)) from error


def _lines(data: bytes) -> list[str]:
    text = os.fsdecode(data.removeprefix(b"\xef\xbb\xbf"))
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def nothing(text: Text) -> InputError:
    return refusal(text, _NOTHING_FIX, code="00106", layer=Layer.ENVELOPE)


def _printable(path: str) -> str:
    """A path that can be written in UTF-8, whatever bytes its name has."""
    return path if path.isascii() else os.fsencode(path).decode("utf-8", "replace")


EMPTY_FOLDER: Final = Text(
    "La cartella non contiene file .xml, .p7m, .zip o .eml.", "The folder has no .xml, .p7m, .zip or .eml file."
)
NO_MATCH: Final = Text("Nessun file corrisponde.", "No file matches.")
_NOTHING_FIX: Final = Text("Controlla il percorso.", "Check the path.")
_NO_LIST: Final = Text("L'elenco «{name}» non si può leggere: {reason}.", "The list “{name}” cannot be read: {reason}.")
