"""Where tables go: a file, a folder with a file a sheet, or a stream; whole or not at all.

Everything is written to a hidden folder beside the destination (same disk, so that publishing is a renaming) and moved
when it is complete. An error or an interruption leaves what was there before.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from ...errors import OutputError
from ...refusals import reason
from ...texts import Text

Target = str | os.PathLike[str] | IO[bytes]


def is_folder(target: Target) -> bool:
    """Whether a target is a folder: it ends with a separator, or there is one of that name."""
    if not isinstance(target, str | os.PathLike):
        return False
    name = os.fspath(target)
    return name.endswith(("/", os.sep)) or os.path.isdir(name)  # noqa: PTH112


@contextmanager
def staged(target: Target, names: list[str], *, force: bool) -> Iterator[Path]:
    """A scratch folder in which the files ``names`` are to be written; they are published at the end of the block.

    A target that is a file or a stream takes the first of ``names``. ``OutputError`` when something is there already
    and ``force`` is not given, or when it cannot be written.
    """
    if not isinstance(target, str | os.PathLike):
        with _scratch(None) as scratch:
            yield scratch
            _copy(scratch / names[0], target)
        return
    finals = _finals(Path(target), names, folder=is_folder(target))
    for path in finals.values():
        if path.exists() and not force:
            raise OutputError(_EXISTS, path=str(path))
    try:
        with _scratch(_existing(Path(target).absolute().parent)) as scratch:
            yield scratch
            _publish(scratch, finals)
    except OSError as error:
        raise OutputError(_NOT_WRITTEN, path=os.fspath(target), reason=reason(error)) from error


def _finals(target: Path, names: list[str], *, folder: bool) -> dict[str, Path]:
    return {name: target / name for name in names} if folder else {names[0]: target}


def _existing(parent: Path) -> Path:
    """The nearest folder there is, the parent or above; what is missing is made when everything is written."""
    return parent if parent.exists() or parent == parent.parent else _existing(parent.parent)


@contextmanager
def _scratch(parent: Path | None) -> Iterator[Path]:
    scratch = Path(tempfile.mkdtemp(prefix=".fatturakit-", dir=parent))
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _publish(scratch: Path, finals: dict[str, Path]) -> None:
    for name, path in finals.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        (scratch / name).replace(path)


def _copy(path: Path, stream: IO[bytes]) -> None:
    try:
        with path.open("rb") as source:
            shutil.copyfileobj(source, stream)
        stream.flush()
    except BrokenPipeError:
        raise  # whoever read has gone, which is no failure
    except OSError as error:
        raise OutputError(_NOT_WRITTEN, path="-", reason=reason(error)) from error


_EXISTS: Final = Text(
    "«{path}» esiste già: usa --force per sovrascriverlo.", "“{path}” already exists: use --force to overwrite it."
)
_NOT_WRITTEN: Final = Text("«{path}» non si può scrivere: {reason}.", "“{path}” cannot be written: {reason}.")
