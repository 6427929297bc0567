"""Where a finding about a node is: XPath, line, SdI field number, body. Loaded when the first finding is made."""

from __future__ import annotations

from typing import Any

from lxml import etree

from ..schema import xpath
from ..schema.profiles import profile_of
from ..schema.table import table
from ..xmlio import line_of, local


def place_of(node: etree._Element) -> dict[str, Any]:
    """The keywords of ``Finding`` that say where ``node`` is."""
    root = node.getroottree().getroot()
    profile = profile_of(str(root.tag)[1:].partition("}")[0], local(root))
    rows = table(profile.name) if profile else None
    row = rows.get(xpath.plain(node)) if rows else None
    return {
        "path": xpath.of(node, rows),
        "line": line_of(node),
        "field": (row.field if row else None) or None,
        "body": xpath.body_index(node),
    }
