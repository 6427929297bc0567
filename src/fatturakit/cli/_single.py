"""Whether one document comes of what was named."""

from __future__ import annotations

import os
import zipfile
from glob import has_magic
from typing import Final

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
