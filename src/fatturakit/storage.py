"""Places with an address (``s3://bucket/key`` and whatever fsspec knows): read, listed, written; nothing else here is.

Only what the user named by its address is ever reached. Credentials are those of the storage's own configuration and
environment; an address that carries a password is refused, so that none is ever shown. Every failure is an ``OSError``
with a sentence.
"""

from __future__ import annotations

import errno
import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import IO, Any, Final, NamedTuple

from .errors import MissingExtra, UsageError
from .texts import Text

INSTALL: Final = "pip install 'fatturakit[cloud]'"
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_MANGLED: Final = re.compile(r"(s3a?|gc?s|abfss?|adl|az|memory|s?ftp|https?|hdfs):/(?!/)")
_PASSWORD: Final = re.compile(r"[a-z0-9+.-]+://[^/@]*:[^/@]*@", re.IGNORECASE)
_DRIVE: Final = re.compile(r"/[A-Za-z]:")
_MAGIC: Final = re.compile(r"[*?[]")
_DENIED: Final = frozenset(["NoCredentialsError", "PartialCredentialsError", "CredentialRetrievalError"])
_QUOTE: Final = '"'
_BLOCK: Final = 1 << 20
_PAGE: Final = 1000


class Stored(NamedTuple):
    """One object: its address, its size in bytes, and what changes when its content does (entity tag or time)."""

    url: str
    size: int = 0
    stamp: str = ""


def is_url(name: object) -> bool:
    """True for an address, as against a path on disk."""
    return isinstance(name, str) and "://" in name and _ADDRESS.match(name) is not None


def restored(path: str | os.PathLike[str]) -> str | os.PathLike[str]:
    """The address a ``Path`` was made of (it loses a slash, also when it is a text again); anything else as it is."""
    text = os.fspath(path).replace(os.sep, "/")
    return text.replace(":/", "://", 1) if _MANGLED.match(text) else path


def on_disk(name: str) -> str:
    """The path a ``file://`` address means; anything else as it is."""
    if not name.startswith("file://"):
        return name
    path = name.removeprefix("file://").removeprefix("localhost")
    if os.name == "nt" and _DRIVE.match(path):
        path = path[1:]
    if os.path.lexists(path):
        return path
    from urllib.parse import unquote

    return unquote(path)


def read(url: str, most: int) -> bytes:
    """The bytes of an object, at most ``most`` and one more (so that the caller sees that there are too many)."""
    files, path = _place(url)
    with _worded():
        try:
            return bytes(files.cat_file(path, start=0, end=most + 1))
        except (FileNotFoundError, PermissionError):
            raise
        except Exception:
            if files.size(path) == 0:  # stores refuse a part of nothing
                return b""
            raise


def whole(url: str) -> bytes:
    """All the bytes of an object, whatever their number."""
    files, path = _place(url)
    with _worded():
        return bytes(files.cat_file(path))


def opened(url: str) -> IO[bytes]:
    """The object as a stream that can be sought in, read block by block where it lies."""
    files, path = _place(url)
    with _worded():
        stream = files.open(path, "rb", block_size=_BLOCK)
        size = int(files.size(path) or 0)
    return io.BufferedReader(_Part(stream, size), _BLOCK)


def facts(url: str) -> Stored:
    """Size and stamp of an object; ``FileNotFoundError`` when there is none (a folder is none)."""
    files, path = _place(url)
    with _worded():
        found = files.info(path)
    if found.get("type") == "directory":
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), url)
    return _stored(url, found)


def exists(url: str) -> bool:
    """Whether there is an object at the address."""
    try:
        facts(url)
    except FileNotFoundError:
        return False
    return True


def below(url: str) -> Iterator[Stored]:
    """Every object below a folder (a prefix that ends at a slash), by key, as the store gives them page by page."""
    return _listed(url.rstrip("/") + "/")


def matching(pattern: str) -> Iterator[Stored]:
    """Every object whose address matches a pattern with ``*``, ``**``, ``?`` and ``[…]``, by key."""
    from fsspec.utils import glob_translate

    fits = re.compile(glob_translate(pattern)).match
    magic = _MAGIC.search(pattern)
    start = pattern[: magic.start()] if magic else pattern
    hidden = pattern.rpartition("/")[2].startswith(".")  # as in a shell, * leaves them out
    return (found for found in _listed(start) if fits(found.url) and (hidden or "/." not in found.url))


def put(local: str | os.PathLike[str], url: str, *, force: bool) -> None:
    """A finished file to its address, whole or not at all; ``FileExistsError`` when taken (without ``force``)."""
    files, path = _place(url)
    with _worded():
        if not force and files.exists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), url)
        if _is_s3(files):
            files.put_file(os.fspath(local), path, mode="overwrite" if force else "create")
        elif files.protocol == "memory":
            files.put_file(os.fspath(local), path)
        else:
            _by_another_name(files, local, path)


def require() -> None:
    """``MissingExtra`` (exit 4) with the line that installs the extra, when it is absent."""
    from importlib.util import find_spec

    if find_spec("fsspec") is None:
        raise MissingExtra(_MISSING, line=INSTALL)


class _Part(io.RawIOBase):
    """What ``io.BufferedReader`` reads from: the failures of the network are ``OSError`` here too."""

    def __init__(self, stream: Any, size: int) -> None:
        self._stream, self._size, self._at = stream, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._at = offset + (0, self._at, self._size)[whence]
        return self._at

    def readinto(self, buffer: Any) -> int:
        with _worded():
            self._stream.seek(self._at)
            data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


def _listed(start: str) -> Iterator[Stored]:
    """Every object whose address begins with ``start``, by key."""
    files, path = _place(start)
    with _worded():
        if _is_s3(files):
            yield from _pages(files, start)
            return
        files.invalidate_cache()
        folder = path if start.endswith("/") else path.rpartition("/")[0]
        home = start.rstrip("/")
        home = home.removesuffix(path) if home.endswith(path) else start[: start.index("://") + 3]
        for key, found in sorted(files.find(folder, detail=True).items()):
            url = key if "://" in key else home + key
            if url.startswith(start):
                yield _stored(url, found)


def _pages(files: Any, start: str) -> Iterator[Stored]:
    """The pages of a bucket one after the other: a million keys are never held together."""
    scheme, _, rest = start.partition("://")
    bucket, _, prefix = rest.partition("/")
    more: dict[str, str] = {}
    while True:
        page = files.call_s3("list_objects_v2", Bucket=bucket, Prefix=prefix, MaxKeys=_PAGE, **more)
        for row in page.get("Contents", ()):
            yield Stored(f"{scheme}://{bucket}/{row['Key']}", int(row["Size"]), _stamp(row))
        if not page.get("IsTruncated"):
            return
        more = {"ContinuationToken": page["NextContinuationToken"]}


def _stored(url: str, found: dict[str, Any]) -> Stored:
    return Stored(url, int(found.get("size") or 0), _stamp(found))


def _stamp(found: dict[str, Any]) -> str:
    """What the store says of the version of an object."""
    for name in ("ETag", "etag", "md5", "content_md5", "LastModified", "last_modified", "mtime", "created", "modify"):
        if found.get(name):
            size = found.get("Size", found.get("size"))
            return f"{size} {str(found[name]).strip(_QUOTE)}"
    return str(found.get("size"))


def _by_another_name(files: Any, local: str | os.PathLike[str], path: str) -> None:
    """A store where a file grows as it is written: under another name first."""
    folder, _, name = path.rpartition("/")
    part = f"{folder}/.{name}.part"
    if folder:
        files.makedirs(folder, exist_ok=True)
    files.put_file(os.fspath(local), part)
    files.mv(part, path)


def _is_s3(files: Any) -> bool:
    return "s3" in files.protocol if isinstance(files.protocol, tuple | list) else files.protocol == "s3"


def _place(url: str) -> tuple[Any, str]:
    """The file system of an address and the path there."""
    if _PASSWORD.match(url):
        raise UsageError(_SECRET)
    kind = _kind(url.partition("://")[0].lower())
    with _worded():  # what fsspec's own url_to_fs does, without its chains ("::" may be in a key)
        return kind(**kind._get_kwargs_from_urls(url)), kind._strip_protocol(url)  # noqa: SLF001


@lru_cache(maxsize=16)
def _kind(scheme: str) -> Any:
    require()
    import fsspec

    try:
        return fsspec.get_filesystem_class(scheme)
    except ValueError as error:
        raise OSError(errno.EPROTONOSUPPORT, f"{os.strerror(errno.EPROTONOSUPPORT)} ({scheme}://)") from error
    except ImportError as error:
        raise MissingExtra(_DRIVER, scheme=scheme, reason=str(error)) from error


@contextmanager
def _worded() -> Iterator[None]:
    """Whatever a storage raises, as an ``OSError`` with a sentence."""
    try:
        yield
    except (FileNotFoundError, PermissionError, FileExistsError, MissingExtra, UsageError):
        raise
    except OSError as error:
        if error.strerror:
            raise
        raise OSError(errno.EIO, _sentence(error)) from error
    except Exception as error:
        if type(error).__name__ in _DENIED:
            raise PermissionError(errno.EACCES, _sentence(error)) from error
        raise OSError(errno.EIO, _sentence(error)) from error


def _sentence(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]


_MISSING: Final = Text(
    "Per gli indirizzi come s3:// serve un extra: {line}", "Addresses such as s3:// need an extra: {line}"
)
_DRIVER: Final = Text("Per {scheme}:// manca un pacchetto: {reason}", "{scheme}:// needs a package: {reason}")
_SECRET: Final = Text(
    "Un indirizzo non deve contenere una password: mettila nella configurazione o nell'ambiente del servizio.",
    "An address must not carry a password: put it into the configuration or the environment of the storage.",
)
