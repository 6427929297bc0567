"""What a call reads is never what it writes over, whatever ``--force`` says."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import click

from ..errors import OutputError
from ..texts import Text


def refuse_an_input(target: str) -> None:
    """``OutputError`` when a file to be written is one of those named to be read."""
    context = click.get_current_context(silent=True)
    if context is None or not os.path.lexists(target):
        return
    for name in _named(context.params):
        with suppress(OSError, ValueError):
            if Path(name).samefile(target):
                raise OutputError(_SAME, path=target)


def _named(params: dict[str, Any]) -> Iterator[str]:
    for key, value in params.items():
        if key != "target":
            yield from (word for word in (value if isinstance(value, tuple) else (value,)) if isinstance(word, str))


_SAME: Final = Text(
    "«{path}» è fra i file da leggere, e non va perso: scegli un altro nome.",
    "“{path}” is one of the files to be read, and must not be lost: choose another name.",
)
