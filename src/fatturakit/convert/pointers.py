"""Places in a JSON document: JSON Pointers (RFC 6901), and the pointer of an XPath."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from .shapes import Place

_STEP: Final = re.compile(r"(?:p:|\*\[local-name\(\)=')?(?P<name>[^\[\]']+)(?:'\])?(?:\[(?P<number>\d+)\])?")


def pointer(path: Sequence[str]) -> str:
    """The JSON Pointer of a path of keys and numbers; "" is the whole document.

    >>> pointer(("a/b", "0", "c~d"))
    '/a~1b/0/c~0d'
    """
    return "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in path)


def to_pointer(xpath: str, root: Place, above: Sequence[str] = ()) -> str:
    """The pointer of an XPath below ``root`` (whose own is ``above``), as far as the dialect knows the names."""
    path, place = list(above), root
    for step in xpath.split("/")[2:]:
        found = _STEP.fullmatch(step)
        name = found["name"] if found else step
        below = next((child for child in (*place.below, *place.attributes) if child.name == name.lstrip("@")), None)
        if below is None:
            break
        path.append(below.key)
        if below.repeats:
            path.append(str(int((found and found["number"]) or 1) - 1))
        place = below
    return pointer(path)
