"""Where our own data files are: ``schemas/`` and ``stylesheets/``.

A wheel carries them inside the package (``fatturakit/_data``); a checkout and an editable install keep them at the
top of the tree. Nothing is ever fetched.
"""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_HOMES = (_PACKAGE / "_data", _PACKAGE.parent.parent)


@cache
def folder(name: str) -> Path:
    """The folder ``schemas`` or ``stylesheets``; ``FileNotFoundError`` when the installation is damaged."""
    for home in _HOMES:
        candidate = home / name
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"fatturakit is installed without its {name}/ folder: reinstall it")


def schema_file(name: str) -> Path:
    """The path of one of our schemas, e.g. ``fatturapa-ordinary-1.2.3.xsd``."""
    return folder("schemas") / name
