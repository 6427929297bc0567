"""Codes that a later version of the schemas brought: on an earlier day SdI answered them with 00200.

Only a call about a day before ``SETTLED`` has to look; today's schemas have every code.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Final, NamedTuple

from lxml import etree

from ..schema.codes import list_for
from ..schema.table import table
from ..xmlio import text

_ANNOUNCED: Final = {date(2020, 10, 1): date(2020, 5, 4)}
"""Version 1.6 has schema 1.2.1 from the second day, version 1.6.1 from the first: in between both answers are right."""


class Early(NamedTuple):
    """A code that did not exist on a day: its node, the code, and the first day it may be used."""

    node: etree._Element
    code: str
    since: date


def early(root: etree._Element, profile: str, day: date) -> Iterator[Early]:
    """The codes in a document (without comments) that its schema did not have on ``day``."""
    news = _news(profile)
    for node in root.iter(*news):
        code = text(node).strip()
        since = news[str(node.tag)].get(code)
        if since and day < _ANNOUNCED.get(since, since):
            yield Early(node, code, since)


@cache
def _news(profile: str) -> dict[str, dict[str, date]]:
    """Element to its codes that are younger than the format, with the first day of each."""
    found: dict[str, dict[str, date]] = {}
    for row in table(profile):
        codes = list_for(row)
        since = {code.code: code.since for code in codes or () if code.since}
        if since:
            found.setdefault(row.name, {}).update(since)
    return found
