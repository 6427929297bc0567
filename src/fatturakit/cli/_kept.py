"""What a call reads is never what it writes over, whatever ``--force`` says."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any, Final

import click

from ..errors import OutputError
from ..texts import Text

_File = tuple[int, int]
_KEY: Final = "fatturakit.read"


def refuse_an_input(target: str) -> None:
    """``OutputError`` when a file to be written is one of those named to be read."""
    context = click.get_current_context(silent=True)
    if context is None:
        return
    found = _file(target)
    if found is not None and found in _read(context):
        raise OutputError(_SAME, path=target)


def _read(context: click.Context) -> frozenset[_File]:
    """The files a call names, looked for once: a call may name thousands and write as many."""
    if _KEY not in context.meta:
        context.meta[_KEY] = frozenset(filter(None, map(_file, _named(context.params))))
    kept: frozenset[_File] = context.meta[_KEY]
    return kept


def _file(name: str) -> _File | None:
    """What a system knows a file by, whatever it is called; None for what is not there."""
    try:
        found = os.stat(name)  # noqa: PTH116 - the name may be no path at all
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def _named(params: dict[str, Any]) -> Iterator[str]:
    for key, value in params.items():
        if key != "target":
            yield from (word for word in (value if isinstance(value, tuple) else (value,)) if isinstance(word, str))


_SAME: Final = Text(
    "«{path}» è fra i file da leggere, e non va perso: scegli un altro nome.",
    "“{path}” is one of the files to be read, and must not be lost: choose another name.",
)
