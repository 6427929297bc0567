"""Files written whole or not at all, and never over another one unless asked."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO, Final, Self

from . import storage
from .errors import OutputError
from .refusals import reason
from .texts import Text

_ENOUGH: Final = 24
"""How much of a name is in that of its temporary file: a name may be as long as a system takes."""


def write_whole(path: str | os.PathLike[str], data: bytes, *, force: bool = False) -> None:
    """Put ``data`` at ``path``; ``OutputError`` when it exists (without ``force``) or cannot be written."""
    with whole(path, force=force) as stream:
        stream.write(data)


@contextmanager
def whole(path: str | os.PathLike[str], *, force: bool = False) -> Iterator[BinaryIO]:
    """A stream whose content is at ``path`` once the block has ended well; errors as ``write_whole``.

    path: on disk, or an address (``s3://bucket/key``): the object is there whole or not at all.
    """
    path = storage.restored(path)
    if storage.is_url(path):
        with _sent(str(path), force=force) as stream:
            yield stream
        return
    with Staged(path, force=force) as staged:
        with staged.explained():
            yield staged.stream
        staged.publish()


def make_folder(path: str | os.PathLike[str]) -> Path:
    """A folder, made with those above it where there is none; ``OutputError`` when that cannot be.

    A storage needs no folders; the path may be an address (``whole`` restores what ``Path`` does to it).
    """
    found = Path(path)
    if storage.is_url(storage.restored(path)):
        return found
    try:
        found.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(_NO_FOLDER, path=str(path), reason=reason(error)) from error
    return found


def is_empty(folder: str | os.PathLike[str]) -> bool:
    """Whether nothing is in a folder; ``OutputError`` when it may not be listed."""
    with explained(os.fspath(folder)):
        return not any(Path(folder).iterdir())


@contextmanager
def _sent(url: str, *, force: bool) -> Iterator[BinaryIO]:
    """The same for an address: written to a temporary file, which is sent when it is whole."""
    with explained(url), tempfile.TemporaryDirectory(prefix="fatturakit-") as home:
        if not force and storage.exists(url):
            raise FileExistsError(url)
        local = Path(home) / "whole"
        with local.open("w+b") as stream:
            yield stream
        storage.put(local, url, force=force)


@contextmanager
def explained(path: str) -> Iterator[None]:
    """Failures of the block as ``OutputError``."""
    try:
        yield
    except FileExistsError as error:
        raise OutputError(_EXISTS, path=path) from error
    except OSError as error:
        raise OutputError(_NOT_WRITTEN, path=path, reason=reason(error)) from error


class Staged:
    """A file that is written beside its place and appears there whole, by ``publish``; dropped when it is not.

    ``OutputError`` when the place is taken (without ``force``), at once and again at the end, or cannot be written.
    """

    def __init__(self, path: str | os.PathLike[str], *, force: bool = False) -> None:
        self.path = Path(path)
        self._force = force
        self._temporary: Path | None = None
        self._stream: BinaryIO | None = None

    def __enter__(self) -> Self:
        with self.explained():
            if not self._force and self.path.exists():
                raise FileExistsError(self.path)
            handle, name = tempfile.mkstemp(prefix=f".{self.path.name[:_ENOUGH]}.", dir=self.path.parent)
            self._temporary, self._stream = Path(name), os.fdopen(handle, "w+b")
        return self

    def __exit__(self, *_: object) -> None:
        if self._stream is not None and self._temporary is not None:
            self._stream.close()
            self._temporary.unlink(missing_ok=True)

    def write(self, piece: bytes) -> None:
        """The next piece."""
        with self.explained():
            self.stream.write(piece)

    def restart(self) -> None:
        """Forget what was written so far."""
        self.stream.seek(0)
        self.stream.truncate()

    @property
    def temporary(self) -> Path:
        """Where it is until it is published, for whom must read it there."""
        if self._temporary is None:
            raise ValueError(self.path)
        return self._temporary

    @property
    def stream(self) -> BinaryIO:
        """The file as far as it is written, to be looked at."""
        if self._stream is None:
            raise ValueError(self.path)
        return self._stream

    def publish(self, path: str | os.PathLike[str] | None = None) -> Path:
        """Put it at its place, or at ``path`` in the same folder; where it is."""
        self.path = Path(path) if path is not None else self.path
        with self.explained():
            self.stream.close()
            _publish(self.temporary, self.path, force=self._force)
        return self.path

    def explained(self) -> AbstractContextManager[None]:
        """Failures of the block as ``OutputError``."""
        return explained(str(self.path))


def _publish(temporary: Path, target: Path, *, force: bool) -> None:
    umask = os.umask(0)
    os.umask(umask)
    temporary.chmod(0o666 & ~umask)
    if force:
        temporary.replace(target)
        return
    try:
        os.link(temporary, target)  # fails when the name is taken, also by somebody who was quicker
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if target.exists():
            raise FileExistsError(target) from None
        temporary.replace(target)


_EXISTS: Final = Text(
    "«{path}» esiste già: chiedi di sovrascriverlo (--force, force=True) o scegli un altro nome.",
    "“{path}” already exists: ask for it to be overwritten (--force, force=True) or choose another name.",
    "«{path}» já existe: peça que seja substituído (--force, force=True) ou escolha outro nome.",
)
_NO_FOLDER: Final = Text(
    "La cartella «{path}» non si può creare: {reason}.", "The folder “{path}” cannot be made: {reason}."
)
_NOT_WRITTEN: Final = Text(
    "«{path}» non si può scrivere: {reason}.",
    "“{path}” cannot be written: {reason}.",
    "Não se pode escrever «{path}»: {reason}.",
)
