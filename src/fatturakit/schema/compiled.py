"""The two engines that judge a document against a schema, compiled once per process and only when needed.

libxml2 (through lxml) is fast and answers first. The ``xmlschema`` package is slower to load and strict about the
standard: it is asked only to word a rejection that our own reading of the document cannot explain.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lxml import etree

from ..resources import schema_file
from ..xmlio import parse_own
from .profiles import Profile

if TYPE_CHECKING:
    from xmlschema import XMLSchema10


@cache
def fast(profile: Profile) -> etree.XMLSchema:
    """The schema of ``profile`` compiled by libxml2 (about 3 ms, once)."""
    return etree.XMLSchema(parse_own(schema_file(profile.file)))


@cache
def arbiter(profile: Profile) -> XMLSchema10:
    """The schema of ``profile`` in the ``xmlschema`` package (about a second, once); local files only."""
    from xmlschema import XMLSchema10

    return XMLSchema10(str(schema_file(profile.file)), allow="local", defuse="never")
