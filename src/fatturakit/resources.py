"""Where our own data files are: ``schemas/`` and ``stylesheets/``.

A wheel carries them inside the package (``fatturakit/_data``); a checkout and an editable install keep them at the
top of the tree. Nothing is ever fetched. (Plain strings inside: ``pathlib`` is loaded for those who want a ``Path``.)
"""

from __future__ import annotations

import os.path
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_PACKAGE = os.path.dirname(os.path.realpath(__file__))
_HOMES = (os.path.join(_PACKAGE, "_data"), os.path.dirname(os.path.dirname(_PACKAGE)))


@cache
def folder_name(name: str) -> str:
    """The path of ``schemas`` or ``stylesheets``; ``FileNotFoundError`` when the installation is damaged."""
    for home in _HOMES:
        candidate = os.path.join(home, name)
        if os.path.isdir(candidate):
            return candidate
    raise FileNotFoundError(f"fatturakit is installed without its {name}/ folder: reinstall it")


def folder(name: str) -> Path:
    """``folder_name`` as a ``Path``."""
    from pathlib import Path

    return Path(folder_name(name))


def schema_name(name: str) -> str:
    """The path of one of our schemas, e.g. ``fatturapa-ordinary-1.2.3.xsd``."""
    return os.path.join(folder_name("schemas"), name)


def schema_file(name: str) -> Path:
    """``schema_name`` as a ``Path``."""
    return folder("schemas") / name
