"""The two engines that judge a document against a schema, compiled once per process and only when needed.

libxml2 (through lxml) is fast and answers first. The ``xmlschema`` package is slower to load and strict about the
standard: it is asked only to word a rejection that our own reading of the document cannot explain.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from lxml import etree

from ..resources import schema_name
from ..xmlio import parse_own
from .profiles import Profile

if TYPE_CHECKING:
    from xmlschema import XMLSchema10

XS: Final = "{http://www.w3.org/2001/XMLSchema}"
_COUNTED: Final = re.compile(
    r"\[?\\p\{IsBasicLatin\}(?P<latin>\\p\{IsLatin-1Supplement\}\])?\{(?P<least>\d+),(?P<most>\d+)\}"
)


@cache
def fast(profile: Profile, ascii_only: bool = False) -> etree.XMLSchema:
    """The schema of ``profile`` compiled by libxml2 (3 ms, once), in the equivalent form that it judges faster.

    ascii_only: for documents of nothing but ASCII, whose characters every pattern of a character block takes.
    """
    return etree.XMLSchema(quickened(parse_own(schema_name(profile.file)), ascii_only=ascii_only))


def quickened(schema: etree._ElementTree, *, ascii_only: bool = False) -> etree._ElementTree:
    """The same schema with the facets libxml2 is slow at written another way.

    Counted patterns over character blocks become a range and two lengths (the base is xs:normalizedString, so tabs and
    line ends are blanks by then). A decimal restricted by nothing but a pattern is decimal by that pattern already.
    """
    for pattern in list(schema.iter(f"{XS}pattern")):
        restriction = pattern.getparent()
        if restriction is None or len(restriction) > 1:
            continue
        counted = _COUNTED.fullmatch(pattern.get("value", ""))
        if counted and restriction.get("base") == "xs:normalizedString":
            if ascii_only:
                restriction.remove(pattern)
            else:
                pattern.set("value", "[ -\xff]*" if counted["latin"] else "[ -\x7f]*")
            etree.SubElement(restriction, f"{XS}minLength", value=counted["least"])
            etree.SubElement(restriction, f"{XS}maxLength", value=counted["most"])
        elif restriction.get("base") == "xs:decimal":
            restriction.set("base", "xs:token")
    return schema


@cache
def arbiter(profile: Profile) -> XMLSchema10:
    """The schema of ``profile`` in the ``xmlschema`` package (about a second, once); local files only."""
    from xmlschema import XMLSchema10

    return XMLSchema10(schema_name(profile.file), allow="local", defuse="never")
