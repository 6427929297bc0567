"""Files written whole or not at all, and never over another one unless asked."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from .errors import OutputError
from .texts import Text


def write_whole(path: str | os.PathLike[str], data: bytes, *, force: bool = False) -> None:
    """Put ``data`` at ``path``; ``OutputError`` when it exists (without ``force``) or cannot be written."""
    with whole_file(path, force=force) as stream:
        stream.write(data)


@contextmanager
def whole_file(path: str | os.PathLike[str], *, force: bool = False) -> Iterator[IO[bytes]]:
    """A stream whose content is at ``path`` once the block has ended well; errors as ``write_whole``."""
    target = Path(path)
    try:
        if not force and target.exists():
            raise FileExistsError(target)  # noqa: TRY301 - before the work; ``_publish`` looks again after it
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                yield stream
            _publish(Path(temporary), target, force=force)
        finally:
            Path(temporary).unlink(missing_ok=True)
    except FileExistsError as error:
        raise OutputError(_EXISTS, path=str(path)) from error
    except OSError as error:
        raise OutputError(_NOT_WRITTEN, path=str(path), reason=error.strerror or str(error)) from error


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
)
_NOT_WRITTEN: Final = Text("«{path}» non si può scrivere: {reason}.", "“{path}” cannot be written: {reason}.")
