"""What was named on the command line: nothing, one document, or perhaps many."""

from __future__ import annotations

import os
import sys
import zipfile
from glob import has_magic
from typing import Final

import click

from ._language import words

_ONE: Final = (".xml", ".p7m", ".pk7", ".json")


def is_one_file(names: tuple[str, ...]) -> bool:
    """True when one document comes of what was named: no folder, list, pattern or archive, be it there or not."""
    if len(names) != 1 or names[0].startswith("@"):
        return False
    name = names[0]
    if "://" in name:
        return name.lower().endswith(_ONE) and not has_magic(name)
    if not os.path.lexists(name):
        return not has_magic(name)
    return not os.path.isdir(name) and not (os.path.isfile(name) and zipfile.is_zipfile(name))  # noqa: PTH112, PTH113


def named(names: tuple[str, ...], what: str = "FILE") -> tuple[str, ...]:
    """What the user named, standard input when it was nothing and something stands there."""
    if names:
        return names
    if sys.stdin is not None and not sys.stdin.isatty():
        return ("-",)
    raise click.UsageError(words(f"Manca {what}.", f"{what} is missing."), click.get_current_context())
